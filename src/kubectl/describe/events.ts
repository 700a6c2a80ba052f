import type { AnyObject, KubeEvent } from '#k8s/types.ts'
import { clientSince } from '../client-version.ts'
import { ageOf } from '../columns/age.ts'
import { goSort } from '../output/go-sort.ts'
import type { DescribeWriter } from './describe-writer.ts'
import type { DescribeContext } from './describer.ts'
import { searchEvents } from './describer.ts'

/** `3s`, or `3s (x4 over 2m)` for an event that was seen several times. EV-1.7 */
export function intervalText(event: KubeEvent, time: { nowMs: number }): string {
  const first = ageOf(event.eventTime || event.firstTimestamp, time)
  if (event.series) return `${ageOf(event.series.lastObservedTime, time)} (x${event.series.count ?? 0} over ${first})`
  return (event.count ?? 0) > 1 ? `${ageOf(event.lastTimestamp, time)} (x${event.count} over ${first})` : first
}

/** `Events:` at the end of a description, oldest first. @source kubectl/pkg/describe DescribeEvents */
export function writeEvents(w: DescribeWriter, events: readonly KubeEvent[], { client }: Pick<DescribeContext, 'client'>): void {
  if (events.length === 0) {
    w.write(0, 'Events:\t<none>\n')
    return
  }
  w.flush()
  const time = { nowMs: client.now() }
  w.write(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage\n')
  w.write(1, '----\t------\t----\t----\t-------\n')
  const last = (e: KubeEvent) => e.lastTimestamp ?? ''
  for (const e of goSort([...events], (a, b) => last(a) < last(b))) {
    const source = e.source?.component || e.reportingComponent || ''
    const place = e.involvedObject.fieldPath
    const said = e.message?.trim() ?? ''
    const message = place && clientSince(client, 'eventPlaces') ? `${place}: ${said}` : said
    w.write(1, `${e.type ?? ''}\t${e.reason ?? ''}\t${intervalText(e, time)}\t${source}\t${message}\n`)
  }
}

/** The events of an object, unless they are not wanted (`--show-events=false`). */
export function writeEventsOf(w: DescribeWriter, object: AnyObject, context: DescribeContext): void {
  if (!context.showEvents) return
  const { kind, metadata } = object
  writeEvents(w, searchEvents(context, { kind, namespace: metadata.namespace, name: metadata.name, uid: metadata.uid }), context)
}
