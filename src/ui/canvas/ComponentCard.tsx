import { memo, useEffect, useRef, useState } from 'react'
import type { JournalEntry } from '#protocol/messages.ts'
import { isWords } from '#state/journal.ts'
import { useJournal } from '#state/use-store.ts'
import { type Lane, laneOf } from '../lanes.ts'
import { en } from '../text/en.ts'
import styles from './ComponentCard.module.css'

const activeMs = 900

/** `create pod/node-agent-x`: what a component last did, as short as a log line. */
function shortText(entry: JournalEntry): string {
  return isWords(entry) ? (entry.text ?? entry.verb) : `${entry.verb} ${entry.kind.toLowerCase()}/${entry.name}`
}

function lastOf(entries: readonly JournalEntry[], lane: Lane | 'api-server'): JournalEntry | undefined {
  return entries.findLast((entry) => (lane === 'api-server' ? !isWords(entry) : laneOf(entry.component) === lane))
}

/** A component of the control plane: its name, what it did last, and a glow while it acts. */
export const ComponentCard = memo(function ComponentCard({ lane }: { lane: Lane | 'api-server' }) {
  const last = useJournal((state) => lastOf(state.entries, lane))
  const [active, setActive] = useState(false)
  const known = useRef(last?.id)
  useEffect(() => {
    const fresh = last !== undefined && last.id !== known.current
    known.current = last?.id
    setActive(fresh)
    if (!fresh) return
    const timer = setTimeout(() => setActive(false), activeMs)
    return () => clearTimeout(timer)
  }, [last])
  const key = lane as keyof typeof en.componentsShort
  return (
    <div className={styles.component} data-component={lane} data-active={active || undefined}>
      <b className={styles.long}>{en.components[key]}</b>
      <b className={styles.short}>{en.componentsShort[key]}</b>
      <small>{last ? shortText(last) : en.components.idle}</small>
    </div>
  )
})
