import { memo } from 'react'
import { parseTimestamp } from '#k8s/time.ts'
import type { KubeEvent } from '#k8s/types.ts'
import { useCluster } from '#state/use-store.ts'
import { durationText } from '../cards/duration-text.ts'
import { Empty } from '../parts/Empty.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { en } from '../text/en.ts'
import { eventsText } from '../text/events.ts'
import { useEpochSecond } from '../use-time.ts'
import styles from './EventsPanel.module.css'

const most = 200

const timeOf = (event: KubeEvent) =>
  parseTimestamp(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '') || 0

function Age({ event }: { event: KubeEvent }) {
  return <span className={styles.age}>{durationText(Math.max(0, useEpochSecond() - timeOf(event)))}</span>
}

const Row = memo(function Row({ event }: { event: KubeEvent }) {
  const count = event.series?.count ?? event.count ?? 1
  const source = event.source?.component ?? event.reportingComponent
  return (
    <li className={styles.event} data-type={event.type}>
      <div className={styles.head}>
        <span className={styles.reason}>{event.reason}</span>
        <span className={styles.object}>
          {event.involvedObject.kind.toLowerCase()}/{event.involvedObject.name}
        </span>
        {count > 1 && <span className={styles.count}>{eventsText.count(count)}</span>}
        <Age event={event} />
      </div>
      <p>{event.message}</p>
      <small>{source}</small>
    </li>
  )
})

/** The events of all namespaces, newest first, as `kubectl get events` would have them. */
export function EventsPanel() {
  const table = useCluster((state) => state.tables.Event)
  if (table.size === 0) return <Empty title={eventsText.empty} hint={eventsText.emptyHint} />
  const events = [...table.values()].reverse().sort((a, b) => timeOf(b) - timeOf(a))
  return (
    <ScrollRegion className={styles.events} label={en.panels.events}>
      <ol>
        {events.slice(0, most).map((event) => (
          <Row key={event.metadata.uid ?? event.metadata.name} event={event} />
        ))}
      </ol>
    </ScrollRegion>
  )
}
