/**
 * The recorder of the scheduler (EV-1.4): it counts repeats about the same version of an object, whatever their text. The server hears of the
 * first event and of its first repeat at once, of later ones in passes: every half hour, and when a series has ended. Modelled: passes
 * are made only while there is something to tell, at the times at which the periodic ones would be made.
 * @source client-go/tools/events/event_broadcaster.go
 */
import { toMicroTimestamp } from '#k8s/time.ts'
import type { KubeEvent } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { Core } from '../core.ts'
import { eventMeta, isEnding, keepSaid, recreate, rewrite, storedOf, versionOf } from './event-writes.ts'
import type { ObjectMemory, SaidEvent, WaitingEvent } from './recorder-state.ts'

/** Between two passes that look for series that have ended; so long nothing was added to those. */
const finishMs = 360_000
/** Between two passes that tell of all series. */
const refreshMs = 1_800_000

/** Payload of the timer that makes a pass for this component's events. */
export type SeriesPass = { readonly series: string }

/** Whether the last pass before `nowMs`, or at it, has found the series ended, or the event without a repeat. @source finishSeries */
const isFinished = (said: SaidEvent, nowMs: number): boolean => said.atMs < Math.floor(nowMs / finishMs) * finishMs - finishMs

/** Whether all series about an object have ended. One about which something waits to be filed has not. */
export const hasEnded = ({ said }: ObjectMemory, nowMs: number): boolean => said.length > 0 && said.every((one) => isFinished(one, nowMs))

/** What the recorder has counted in a series with so many repeats. */
function seriesOf({ version, options }: Core, { count, atMs }: Pick<SaidEvent, 'count' | 'atMs'>): NonNullable<KubeEvent['series']> {
  return { count: count + (since(version, 'seriesCountsFirst') ? 1 : 0), lastObservedTime: toMicroTimestamp(options.epochMs + atMs) }
}

/** Whether more was counted than the server knows. */
function isUntold(core: Core, said: SaidEvent): boolean {
  const told = said.event?.series
  return told !== undefined && told.count !== seriesOf(core, said).count
}

/** @source recordToSink */
export function fileSeries(core: Core, waiting: WaitingEvent): void {
  const { memory, component, about, type, reason, message, action, atMs, isRefused } = waiting
  const { resourceVersion } = about
  const said = memory.said.find((s) => s.reason === reason && s.resourceVersion === resourceVersion && s.type === type && s.action === action)
  const known = said?.event && !isFinished(said, atMs) ? said : undefined
  let event = known?.event
  const count = known ? known.count + 1 : 0
  if (event) event = event.series ? event : (tell(core, event, seriesOf(core, { count, atMs }), isRefused) ?? event)
  else if (!isRefused)
    event = core.storeEvent({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: eventMeta(core, waiting, versionOf(core, waiting)),
      involvedObject: about,
      type,
      reason,
      message,
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      eventTime: toMicroTimestamp(core.options.epochMs + atMs),
      action,
      reportingComponent: component,
      reportingInstance: `${component}-0`,
    })
  const now = {
    type,
    reason,
    action,
    resourceVersion,
    text: message,
    fieldPath: undefined,
    event,
    count,
    firstTimestamp: waiting.timestamp,
    atMs,
    windowMs: atMs,
    isFolded: false,
  }
  keepSaid(waiting, now, said)
  if (isUntold(core, now)) planPass(core, component)
}

/** Writes the series to the server, which gets the Event once more if it has it no longer. Undefined: it does not take it. @source recordEvent */
function tell(core: Core, event: KubeEvent, series: KubeEvent['series'], isRefused: boolean): KubeEvent | undefined {
  const stored = storedOf(core, event)
  if (stored) return rewrite(core, stored, ++core.state.resourceVersion, { series })
  return isRefused ? undefined : recreate(core, { ...event, series })
}

function planPass(core: Core, component: string): void {
  const { recorder, nowMs } = core.state
  if (recorder.planned.has(component)) return
  recorder.planned.add(component)
  const payload: SeriesPass = { series: component }
  core.schedule(null, 0, (Math.floor(nowMs / finishMs) + 1) * finishMs - nowMs, payload)
}

/** A pass: tells the server what was counted in series that have ended; each half hour, in all. @source finishSeries, refreshExistingEventSeries */
export function tellSeries(core: Core, { series: component }: SeriesPass): void {
  const { tables, recorder, nowMs } = core.state
  tables.Event.file()
  recorder.planned.delete(component)
  const isRefresh = nowMs % refreshMs === 0
  const objects = recorder.memories.get(component)?.objects ?? new Map<string, ObjectMemory>()
  let isLeft = false
  const told = (said: SaidEvent): SaidEvent => {
    if (!said.event || !isUntold(core, said)) return said
    if (!isRefresh && !isFinished(said, nowMs)) {
      isLeft = true
      return said
    }
    const series = seriesOf(core, said)
    return { ...said, event: tell(core, said.event, series, isEnding(core, said.event.metadata.namespace)) ?? { ...said.event, series } }
  }
  for (const [uid, memory] of objects) {
    const said = memory.said.map(told)
    if (said.some((one, at) => one !== memory.said[at])) objects.set(uid, { ...memory, owner: recorder.owner, said })
  }
  if (isLeft) planPass(core, component)
}
