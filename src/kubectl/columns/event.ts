import type { KubeEvent } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { PrintTime, TablePrinter } from '../table.ts'
import { ageOf } from './age.ts'
import { columns } from './columns.ts'

/** When an event was first and last seen, as ages, and how often. EV-1.4 */
export function eventTimes(event: KubeEvent, time: Pick<PrintTime, 'nowMs'>): { first: string; last: string; count: number } {
  const first = ageOf(event.firstTimestamp || event.eventTime, time)
  if (event.series) return { first, last: ageOf(event.series.lastObservedTime, time), count: event.series.count ?? 0 }
  return { first, last: event.lastTimestamp ? ageOf(event.lastTimestamp, time) : first, count: event.count || 1 }
}

/** `daemonset/agent`: what the event is about. Events written by hand may lack any field. */
export function eventObject({ involvedObject: { kind = '', name } }: KubeEvent): string {
  return name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase()
}

function sourceText({ source, reportingComponent, reportingInstance }: KubeEvent): string {
  const component = source?.component || reportingComponent || ''
  const host = source?.host || reportingInstance
  return host ? `${component}, ${host}` : component
}

/** @source pkg/printers/internalversion printEvent */
export const eventPrinter: TablePrinter<KubeEvent> = {
  columns: () => [...columns('LAST SEEN,TYPE,REASON,OBJECT', 'SUBOBJECT,SOURCE'), ...columns('MESSAGE', 'FIRST SEEN,COUNT,NAME')],
  cells: (event, time) => {
    const { first, last, count } = eventTimes(event, time)
    // a series did not count its first event then
    const uncounted = event.series && !since(time.version, 'seriesCountsFirst') ? 1 : 0
    return [
      last,
      event.type ?? '',
      event.reason ?? '',
      eventObject(event),
      event.involvedObject.fieldPath ?? '',
      sourceText(event),
      event.message?.trim() ?? '',
      first,
      String(count + uncounted),
      event.metadata.name,
    ]
  },
}
