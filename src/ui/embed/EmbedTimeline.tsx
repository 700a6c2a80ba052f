import { useMemo } from 'react'
import { useClock, useJournal } from '#state/use-store.ts'
import { createFoldedScale } from '../timeline/scale.ts'
import { useClusterMs } from '../use-time.ts'
import styles from './EmbedTimeline.module.css'

const pixel = 1 / 160

/** All components in one strip: when something happened, and where time stands. */
export function EmbedTimeline() {
  const entries = useJournal((state) => state.entries)
  const next = useClock((state) => state.nextChangeAtMs)
  const ms = useClusterMs()
  const lastMs = entries.at(-1)?.atMs ?? 0
  const scale = useMemo(
    () =>
      createFoldedScale(
        entries.map((entry) => entry.atMs),
        Math.max(lastMs, next ?? 0) + 2000,
      ),
    [entries, lastMs, next],
  )
  const marks = useMemo(() => [...new Set(entries.map((entry) => Math.round(scale.at(entry.atMs) / pixel)))], [entries, scale])
  return (
    <div aria-hidden="true" className={styles.strip}>
      {marks.map((mark) => (
        <i key={mark} style={{ left: `${mark * pixel * 100}%` }} />
      ))}
      <u style={{ left: `${Math.min(1, scale.at(ms)) * 100}%` }} />
    </div>
  )
}
