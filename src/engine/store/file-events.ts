import { toMicroTimestamp } from '#k8s/time.ts'
import type { KubeEvent, ObjectMeta } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { hex32 } from '#sim/hex.ts'
import type { Core } from '../core.ts'
import { eventUid } from './identity.ts'
import type { SaidEvent, WaitingEvent } from './recorder-state.ts'
import { keyOf } from './tables.ts'

const similarTexts = 10
/** Counts of older texts are forgotten; upstream keeps 4096 of all objects together. */
const mostSeen = 32
const similarWindowMs = 600_000
const seriesWindowMs = 360_000
const seriesRefreshMs = 1_800_000

/** Counts, folds and writes the events that wait, in the order in which they were recorded. */
export function fileEvents(core: Core): void {
  const { recorder } = core.state
  const { waiting } = recorder
  recorder.waiting = []
  for (const event of waiting) {
    if (event.isSeries) fileSeries(core, event)
    else filePlain(core, event)
  }
}

/** Keeps what was said: in the place of what it replaces, or at the end, where it then takes the place of `outdated`. */
function keepSaid({ memory }: WaitingEvent, now: SaidEvent, known: SaidEvent | undefined, outdated?: SaidEvent): void {
  const { said } = memory
  if (known) memory.said = said.with(said.indexOf(known), now)
  else memory.said = outdated ? [...said.filter((other) => other !== outdated), now] : [...said, now]
}

/** What was said with this type, reason and action, as far as it counts for one event more. */
interface Similar {
  /** Said so before: the same text, or the one that this text is folded into. */
  known: SaidEvent | undefined
  folds: boolean
  windowMs: number
  /** Oldest of the texts that stand for themselves, and how many there are. */
  oldest: SaidEvent | undefined
  texts: number
}

function similarTo({ type, reason, message, action, about, memory, atMs }: WaitingEvent): Similar {
  const { fieldPath } = about
  let last: SaidEvent | undefined
  let folded: SaidEvent | undefined
  const similar: Similar = { known: undefined, folds: false, windowMs: atMs, oldest: undefined, texts: 0 }
  for (const said of memory.said) {
    if (said.reason !== reason || said.type !== type || said.action !== action || said.resourceVersion !== undefined) continue
    if (!last || said.atMs >= last.atMs) last = said
    if (said.isFolded) {
      folded = said
      continue
    }
    similar.oldest ??= said
    similar.texts++
    if (said.text === message && said.fieldPath === fieldPath) similar.known ??= said
  }
  if (last && atMs - last.atMs <= similarWindowMs) similar.windowMs = last.windowMs
  if (similar.texts < similarTexts - 1) return similar
  const texts = new Set<string>()
  for (const said of memory.said)
    if (said.reason === reason && said.type === type && said.action === action && !said.isFolded && said.atMs >= similar.windowMs)
      texts.add(said.text)
  similar.folds = texts.size >= similarTexts - 1 && !texts.has(message)
  if (similar.folds) similar.known = folded
  return similar
}

/** The Event as the server has it, if it still has it. */
function storedOf(core: Core, event: KubeEvent | undefined): KubeEvent | undefined {
  return event && core.state.tables.Event.get(keyOf(event.metadata.namespace, event.metadata.name))
}

/** Writes an Event that is there with what has changed. */
function rewrite(core: Core, stored: KubeEvent, version: number, changed: Partial<KubeEvent>): KubeEvent {
  return core.storeEvent({ ...stored, ...changed, metadata: { ...stored.metadata, resourceVersion: String(version) } }, stored)
}

/** The core recorder says once more, in the newer fields, who reports. @source client-go/tools/record/event.go generateEvent */
function reporterOf({ version }: Core, component: string, host: string | undefined) {
  const isSaid = since(version, 'coreEventsNameReporter')
  return { reportingComponent: isSaid ? component : '', reportingInstance: (isSaid && host) || '' }
}

function filePlain(core: Core, waiting: WaitingEvent): void {
  const { memory, component, about, type, reason, message, host, action, atMs, timestamp, isRefused, resourceVersion } = waiting
  const { known, folds, windowMs, oldest, texts } = similarTo(waiting)
  const count = (known?.count ?? 0) + 1
  const firstTimestamp = known?.firstTimestamp ?? timestamp
  let event = known?.event
  const earlier = storedOf(core, event)
  if (resourceVersion && (earlier || !isRefused)) {
    const text = folds ? `(combined from similar events): ${message}` : message
    if (!memory.source || memory.source.host !== host) memory.source = host ? { component, host } : { component }
    event = earlier
      ? rewrite(core, earlier, resourceVersion, { message: text, count, lastTimestamp: timestamp })
      : core.storeEvent({
          apiVersion: 'v1',
          kind: 'Event',
          metadata: eventMeta(core, waiting, resourceVersion),
          involvedObject: about,
          type,
          reason,
          message: text,
          source: memory.source,
          firstTimestamp,
          lastTimestamp: timestamp,
          count,
          eventTime: null,
          ...reporterOf(core, component, host),
        })
  }
  const now = {
    type,
    reason,
    action,
    resourceVersion: undefined,
    text: message,
    fieldPath: about.fieldPath,
    event,
    count,
    firstTimestamp,
    atMs,
    windowMs,
    isFolded: folds,
  }
  keepSaid(waiting, now, known, texts >= mostSeen && !folds ? oldest : undefined)
}

/**
 * Whether the server was told between the two what the client had counted: each half hour. Modelled: it shows with the next repeat, and what was
 * counted since is not told when a series ends. @source client-go/tools/events/event_broadcaster.go refreshExistingEventSeries
 */
const isRefreshed = (toldMs: number, nowMs: number): boolean => Math.floor(toldMs / seriesRefreshMs) < Math.floor(nowMs / seriesRefreshMs)

/** The server hears of the first event, of its first repeat, and then of what was counted each half hour (EV-1.4). */
function fileSeries(core: Core, waiting: WaitingEvent): void {
  const { memory, component, about, type, reason, message, action, atMs, isRefused } = waiting
  const { resourceVersion } = about
  const said = memory.said.find((s) => s.reason === reason && s.resourceVersion === resourceVersion && s.type === type && s.action === action)
  const stored = storedOf(core, said && atMs - said.atMs <= seriesWindowMs ? said.event : undefined)
  const timeOf = (ms: number) => toMicroTimestamp(core.options.epochMs + ms)
  const at = timeOf(atMs)
  let event = stored
  let toldMs = atMs
  if (stored && said) {
    const first = since(core.version, 'seriesCountsFirst') ? 2 : 1
    if (!stored.series) event = rewrite(core, stored, versionOf(core, waiting), { series: { count: first, lastObservedTime: at } })
    else if (isRefreshed(said.windowMs, atMs)) {
      const series = { count: first + said.count - 1, lastObservedTime: timeOf(said.atMs) }
      event = rewrite(core, stored, versionOf(core, waiting), { series })
    } else toldMs = said.windowMs
  } else if (!isRefused)
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
      eventTime: at,
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
    count: stored && said ? said.count + 1 : 0,
    firstTimestamp: at,
    atMs,
    windowMs: toldMs,
    isFolded: false,
  }
  keepSaid(waiting, now, said)
}

/** The resourceVersion that was set aside for the event, or the next one. */
function versionOf({ state }: Core, { resourceVersion }: WaitingEvent): number {
  return resourceVersion ?? ++state.resourceVersion
}

/** Metadata of a new Event: `NAME.` and 16 hexadecimal digits, unlike those of any other event (the real ones are the time in nanoseconds). */
function eventMeta({ state }: Core, { about, timestamp }: WaitingEvent, version: number): ObjectMeta {
  const number = state.recorder.nextName++
  const name = `${about.name}.18a4c0de${hex32(number)}`
  const { namespace = 'default' } = about
  return { name, namespace, uid: eventUid(number), creationTimestamp: timestamp, resourceVersion: String(version) }
}
