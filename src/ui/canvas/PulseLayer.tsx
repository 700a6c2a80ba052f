import { ViewportPortal } from '@xyflow/react'
import { memo, useEffect, useState } from 'react'
import { journalStore } from '#state/journal.ts'
import styles from './PulseLayer.module.css'
import { type Places, type Pulse, pulsesOf } from './pulses.ts'

/** More at once would be noise. */
const most = 16
const lifeMs = 1100

/** Draws what just happened as dots that travel between components and nodes; without motion as the ways between them. Purely decorative: hidden from screen readers. */
export const PulseLayer = memo(function PulseLayer({ places }: { places: Places }) {
  const [pulses, setPulses] = useState<readonly Pulse[]>([])
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>()
    const unsubscribe = journalStore.subscribe(({ latest }, before) => {
      if (latest === before.latest || latest.length === 0 || document.hidden) return
      const fresh = pulsesOf(latest, places, most)
      if (fresh.length === 0) return
      setPulses((old) => [...old, ...fresh].slice(-most))
      const timer = setTimeout(() => {
        timers.delete(timer)
        setPulses((old) => old.filter((pulse) => !fresh.includes(pulse)))
      }, lifeMs)
      timers.add(timer)
    })
    return () => {
      unsubscribe()
      for (const timer of timers) clearTimeout(timer)
      // their ways led between other places
      setPulses((old) => (old.length === 0 ? old : []))
    }
  }, [places])
  return (
    <ViewportPortal>
      <svg className={styles.layer} aria-hidden="true" width="1" height="1">
        {pulses.map((pulse) => (
          <g key={pulse.id} data-lane={pulse.lane}>
            <path className={styles.way} d={pulse.path} />
            <circle className={styles.dot} r="4.5" style={{ offsetPath: `path("${pulse.path}")` }} />
          </g>
        ))}
      </svg>
    </ViewportPortal>
  )
})
