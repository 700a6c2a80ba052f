import { parseTimestamp, toMicroTimestamp } from '#k8s/time.ts'
import type { AnyObject, EventType, KubeEvent, KubeObject, ObjectMeta, ObjectReference } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { hex32 } from '#sim/hex.ts'
import type { RecordExtra } from '../component.ts'
import type { Core } from '../core.ts'
import { eventUid } from './identity.ts'
import type { ObjectMemory, SaidEvent } from './recorder-state.ts'
import { keyOf } from './tables.ts'

/** As many as one recorder upstream remembers. */
const mostObjects = 4096
const similarTexts = 10
/** Counts of older texts are forgotten; upstream keeps 4096 of all objects together. */
const mostSeen = 32
const similarWindowMs = 600_000
const burst = 25
const refillMs = 300_000
const seriesWindowMs = 360_000

/** The object as an Event names it; `known` is taken again when it says the same. */
function referenceTo({ apiVersion, kind, metadata }: KubeObject, fieldPath: string | undefined, known: ObjectReference | undefined): ObjectReference {
  const { namespace, name, uid, resourceVersion } = metadata
  if (known && known.resourceVersion === resourceVersion && known.fieldPath === fieldPath && known.name === name && known.namespace === namespace)
    return known
  if (kind === 'Node') return { apiVersion, kind, name, uid: name }
  if (fieldPath) return { apiVersion, kind, name, namespace, uid, resourceVersion, fieldPath }
  return { apiVersion, kind, name, namespace, uid, resourceVersion }
}

const nothingSaid: readonly SaidEvent[] = []
const noExtra: RecordExtra = {}

/** One event on its way. */
interface Recording {
  readonly core: Core
  readonly component: string
  readonly about: KubeObject
  readonly type: EventType
  readonly reason: string
  readonly message: string
  readonly extra: RecordExtra
  /** Of the object's memory. */
  readonly key: string
  readonly memory: ObjectMemory | undefined
}

/**
 * Records one event as client-go's recorders do: identical ones raise `count`, from the 10th similar one on they are folded into one
 * text, and more than 25 in a burst per source and object are counted but not written. The scheduler's recorder (`series`) does none of
 * that: it counts repeats about the same version of an object, whatever their text, and tells the server of the first only.
 * @source client-go/tools/record/events_cache.go, client-go/tools/events/event_broadcaster.go; EV-1
 */
export function recordEvent(core: Core, source: string, about: KubeObject, type: EventType, reason: string, message: string, extra = noExtra): void {
  const component = extra.component ?? source
  const key = `${about.metadata.uid ?? `${about.kind}/${about.metadata.namespace}/${about.metadata.name}`}|${component}`
  const memory = core.state.recorder.objects.get(key)
  const recording = { core, component, about, type, reason, message, extra, key, memory }
  if (extra.series) recordSeries(recording)
  else recordPlain(recording)
}

/** Keeps what is remembered. Where that is too much, the first that was not used since it was filed is forgotten. */
function remember({ core, key }: Recording, memory: ObjectMemory): void {
  const { recorder } = core.state
  const { objects } = recorder
  objects.set(key, memory)
  while (objects.size > mostObjects) {
    recorder.oldest ??= objects.entries()
    const [oldKey, old] = recorder.oldest.next().value as [string, ObjectMemory]
    objects.delete(oldKey)
    if (old.isUsed) objects.set(oldKey, { ...old, isUsed: false })
  }
}

/** The memory's texts with a new one: in the place of the one it replaces, or at the end, where it then takes the place of `outdated`. */
function withSaid({ memory }: Recording, now: SaidEvent, known: SaidEvent | undefined, outdated?: SaidEvent): readonly SaidEvent[] {
  if (!memory) return [now]
  const { said } = memory
  if (known) return said.with(said.indexOf(known), now)
  return outdated ? [...said.filter((other) => other !== outdated), now] : [...said, now]
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

function similarTo({ core, type, reason, message, extra, memory }: Recording): Similar {
  const { nowMs } = core.state
  const { fieldPath, action } = extra
  let last: SaidEvent | undefined
  let folded: SaidEvent | undefined
  const similar: Similar = { known: undefined, folds: false, windowMs: nowMs, oldest: undefined, texts: 0 }
  for (const said of memory?.said ?? nothingSaid) {
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
  if (last && nowMs - last.atMs <= similarWindowMs) similar.windowMs = last.windowMs
  if (similar.texts < similarTexts - 1) return similar
  const texts = new Set<string>()
  for (const said of memory?.said ?? nothingSaid)
    if (said.reason === reason && said.type === type && said.action === action && !said.isFolded && said.atMs >= similar.windowMs)
      texts.add(said.text)
  similar.folds = texts.size >= similarTexts - 1 && !texts.has(message)
  if (similar.folds) similar.known = folded
  return similar
}

function recordPlain(recording: Recording): void {
  const { core, component, about, type, reason, message, extra, memory } = recording
  const { nowMs, tables } = core.state
  const { fieldPath, host, action } = extra
  const tokens = memory ? Math.min(burst, memory.tokens + (nowMs - memory.atMs) / refillMs) : burst
  const { known, folds, windowMs, oldest, texts } = similarTo(recording)
  const at = core.timestamp()
  const count = (known?.count ?? 0) + 1
  const firstTimestamp = known?.firstTimestamp ?? at
  let reference = memory?.reference
  let source = memory?.source
  let event = known?.event
  const isWritten = tokens >= 1
  if (isWritten) {
    const text = folds ? `(combined from similar events): ${message}` : message
    const eventKey = event && keyOf(event.metadata.namespace, event.metadata.name)
    const stored = eventKey === undefined ? undefined : tables.Event.get(eventKey)
    if (eventKey !== undefined && stored)
      event = core.commit(component, 'event', eventKey, stored, { ...stored, message: text, count, lastTimestamp: at })
    else {
      reference = referenceTo(about, fieldPath, reference)
      if (!source || source.host !== host) source = host ? { component, host } : { component }
      event = core.addEvent({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: eventMeta(core, about),
        involvedObject: reference,
        type,
        reason,
        message: text,
        source,
        firstTimestamp,
        lastTimestamp: at,
        count,
        eventTime: null,
        reportingComponent: '',
        reportingInstance: '',
      })
    }
  }
  const now = {
    type,
    reason,
    action,
    resourceVersion: undefined,
    text: message,
    fieldPath,
    event,
    count,
    firstTimestamp,
    atMs: nowMs,
    windowMs,
    isFolded: folds,
  }
  const said = withSaid(recording, now, known, texts >= mostSeen && !folds ? oldest : undefined)
  remember(recording, { tokens: isWritten ? tokens - 1 : tokens, atMs: nowMs, said, reference, source, isUsed: memory !== undefined })
}

function recordSeries(recording: Recording): void {
  const { core, component, about, type, reason, message, extra, memory } = recording
  const { nowMs, tables } = core.state
  const { resourceVersion } = about.metadata
  const { action, fieldPath } = extra
  const said = memory?.said.find((s) => s.reason === reason && s.resourceVersion === resourceVersion && s.type === type && s.action === action)
  const known = said && nowMs - said.atMs <= seriesWindowMs ? said.event : undefined
  const eventKey = known && keyOf(known.metadata.namespace, known.metadata.name)
  const stored = eventKey === undefined ? undefined : tables.Event.get(eventKey)
  const at = toMicroTimestamp(core.epochNow())
  let reference = memory?.reference
  let event = stored
  if (eventKey !== undefined && stored) {
    // the stored copy is refreshed at the first repeat only; later repeats stay in the client (EV-1.4)
    const count = since(core.version, 'seriesCountsFirst') ? 2 : 1
    if (!stored.series) event = core.commit(component, 'event', eventKey, stored, { ...stored, series: { count, lastObservedTime: at } })
  } else {
    reference = referenceTo(about, fieldPath, reference)
    event = core.addEvent({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: eventMeta(core, about),
      involvedObject: reference,
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
  }
  const now = {
    type,
    reason,
    action,
    resourceVersion,
    text: message,
    fieldPath: undefined,
    event,
    count: 1,
    firstTimestamp: at,
    atMs: nowMs,
    windowMs: nowMs,
    isFolded: false,
  }
  const rest = { tokens: memory?.tokens ?? burst, atMs: nowMs, reference, source: memory?.source, isUsed: memory !== undefined }
  remember(recording, { ...rest, said: withSaid(recording, now, said) })
}

/** Metadata of a new Event: `NAME.` and 16 hexadecimal digits, unlike those of any other event (the real ones are the time in nanoseconds). */
function eventMeta(core: Core, { metadata }: KubeObject): ObjectMeta {
  const number = core.state.recorder.nextName++
  const name = `${metadata.name}.18a4c0de${hex32(number)}`
  return { name, namespace: metadata.namespace ?? 'default', uid: eventUid(number), creationTimestamp: core.timestamp(), resourceVersion: '' }
}

const timeToLiveMs = 3_600_000

/** Whether an Event is younger than an hour since it was last written (EV-1.6); the server forgets older ones. */
export function isLiveEvent(core: Core, object: AnyObject): boolean {
  const event = object as KubeEvent
  const last = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp
  return !last || core.epochNow() - parseTimestamp(last) < timeToLiveMs
}
