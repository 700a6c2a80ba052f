import { parseTimestamp, toMicroTimestamp } from '#k8s/time.ts'
import type { AnyObject, EventType, KubeEvent, KubeObject, ObjectMeta, ObjectReference } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { hex32 } from '#sim/hex.ts'
import type { RecordExtra } from '../component.ts'
import type { Core } from '../core.ts'
import type { EventGroup, ObjectMemory, SeenEvent } from './recorder-state.ts'
import { keyOf } from './tables.ts'

const lruSize = 4096
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

/** One event on its way, with what the recorder remembers of its object and its group. */
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
  readonly group: EventGroup | undefined
}

const noGroups: readonly EventGroup[] = []
const noExtra: RecordExtra = {}

/**
 * Records one event as client-go's recorders do: identical ones raise `count`, from the 10th similar one on they are folded into one
 * text, and more than 25 in a burst per source and object are counted but not written. The scheduler's recorder (`series`) does none of
 * that: it counts repeats about the same version of an object, whatever their text, and tells the server of the first only.
 * @source client-go/tools/record/events_cache.go, client-go/tools/events/event_broadcaster.go; EV-1
 */
export function recordEvent(core: Core, source: string, about: KubeObject, type: EventType, reason: string, message: string, extra = noExtra): void {
  const component = extra.component ?? source
  const key = `${about.metadata.uid}|${component}`
  const memory = core.state.recorder.objects.get(key)
  const { series, action } = extra
  const resourceVersion = series ? about.metadata.resourceVersion : undefined
  let group: EventGroup | undefined
  for (const g of memory?.groups ?? noGroups)
    if (g.reason === reason && g.resourceVersion === resourceVersion && g.type === type && g.action === action) {
      group = g
      break
    }
  const recording: Recording = { core, component, about, type, reason, message, extra, key, memory, group }
  if (series) recordSeries(recording, resourceVersion)
  else recordPlain(recording)
}

function remember({ core, key, memory, group }: Recording, next: EventGroup, rest: Omit<ObjectMemory, 'groups'>): void {
  const { recorder } = core.state
  const { objects } = recorder
  const { tokens, atMs, reference } = rest
  const groups = !memory ? [] : group ? memory.groups.filter((g) => g !== group) : memory.groups.slice()
  groups.push(next)
  objects.delete(key)
  objects.set(key, { tokens, atMs, groups, reference })
  if (objects.size <= lruSize) return
  recorder.oldest ??= objects.keys()
  objects.delete(recorder.oldest.next().value as string)
}

const noSeen: readonly SeenEvent[] = []

/** Whether the text is one too many: nine others were seen since `windowMs`. */
function isFolded(seen: readonly SeenEvent[], windowMs: number, message: string): boolean {
  if (seen.length < similarTexts - 1) return false
  const texts = new Set<string>()
  for (const { text, atMs } of seen) if (atMs >= windowMs) texts.add(text)
  return texts.size >= similarTexts - 1 && !texts.has(message)
}

function recordPlain(recording: Recording): void {
  const { core, component, type, reason, message, extra, memory, group } = recording
  const { nowMs } = core.state
  const { fieldPath, host, action } = extra
  const tokens = memory ? Math.min(burst, memory.tokens + (nowMs - memory.atMs) / refillMs) : burst
  const windowMs = group && nowMs - group.lastMs <= similarWindowMs ? group.windowMs : nowMs
  const seen = group?.seen ?? noSeen
  const folds = isFolded(seen, windowMs, message)
  const slot = folds ? -1 : seen.findIndex((e) => e.text === message && e.fieldPath === fieldPath)
  const known = folds ? group?.folded : seen[slot]
  const at = core.timestamp()
  const count = (known?.count ?? 0) + 1
  const firstTimestamp = known?.firstTimestamp ?? at
  let reference = memory?.reference
  let eventKey = known?.eventKey
  const isWritten = tokens >= 1
  if (isWritten) {
    const text = folds ? `(combined from similar events): ${message}` : message
    const stored = eventKey === undefined ? undefined : core.state.tables.Event.get(eventKey)
    if (eventKey !== undefined && stored) core.commit(component, 'event', eventKey, stored, { ...stored, message: text, count, lastTimestamp: at })
    else {
      const source = host ? { component, host } : { component }
      const times = { firstTimestamp, lastTimestamp: at, count, eventTime: null }
      ;({ reference, eventKey } = createEvent(recording, text, { source, ...times, reportingComponent: '', reportingInstance: '' }))
    }
  }
  const now: SeenEvent = { text: message, fieldPath, eventKey, count, firstTimestamp, atMs: nowMs }
  const next = folds ? seen : slot >= 0 ? seen.with(slot, now) : seen.length < mostSeen ? [...seen, now] : [...seen.slice(1), now]
  const folded = folds ? now : group?.folded
  remember(
    recording,
    { type, reason, action, resourceVersion: undefined, seen: next, folded, windowMs, lastMs: nowMs },
    { tokens: isWritten ? tokens - 1 : tokens, atMs: nowMs, reference },
  )
}

function recordSeries(recording: Recording, resourceVersion: string | undefined): void {
  const { core, component, type, reason, message, extra, memory, group } = recording
  const { nowMs } = core.state
  const known = group && nowMs - group.lastMs <= seriesWindowMs ? group.seen[0]?.eventKey : undefined
  const stored = known === undefined ? undefined : core.state.tables.Event.get(known)
  const at = toMicroTimestamp(core.epochNow())
  let reference = memory?.reference
  let eventKey = known as string
  if (stored) {
    // the stored copy is refreshed at the first repeat only; later repeats stay in the client (EV-1.4)
    const count = since(core.version, 'seriesCountsFirst') ? 2 : 1
    if (!stored.series) core.commit(component, 'event', eventKey, stored, { ...stored, series: { count, lastObservedTime: at } })
  } else {
    const times = { firstTimestamp: null, lastTimestamp: null, eventTime: at }
    const reporter = { reportingComponent: component, reportingInstance: `${component}-0` }
    ;({ reference, eventKey } = createEvent(recording, message, { source: {}, ...times, action: extra.action, ...reporter }))
  }
  const seen = [{ text: message, fieldPath: undefined, eventKey, count: 1, firstTimestamp: at, atMs: nowMs }]
  remember(
    recording,
    { type, reason, action: extra.action, resourceVersion, seen, folded: undefined, windowMs: nowMs, lastMs: nowMs },
    { tokens: memory?.tokens ?? burst, atMs: nowMs, reference },
  )
}

type Own = Omit<KubeEvent, 'apiVersion' | 'kind' | 'metadata' | 'involvedObject' | 'type' | 'reason' | 'message'>

/**
 * Stores a new Event: what every recorder says alike, and what is its `own`. Its name is `NAME.` and 16 hexadecimal digits, unlike those
 * of any other event (the real ones are the time in nanoseconds).
 */
function createEvent({ core, component, about, type, reason, extra, memory }: Recording, message: string, own: Own) {
  const { name, namespace = 'default' } = about.metadata
  const reference = referenceTo(about, extra.fieldPath, memory?.reference)
  const metadata: ObjectMeta = {
    name: `${name}.18a4c0de${hex32(core.state.recorder.nextName++)}`,
    namespace,
    creationTimestamp: core.timestamp(),
    resourceVersion: '',
  }
  const eventKey = keyOf(namespace, metadata.name)
  const event: KubeEvent = { apiVersion: 'v1', kind: 'Event', metadata, involvedObject: reference, type, reason, message, ...own }
  core.commit(component, 'event', eventKey, undefined, event)
  return { reference, eventKey }
}

const timeToLiveMs = 3_600_000

/** Whether an Event is younger than an hour since it was last written (EV-1.6); the server forgets older ones. */
export function isLiveEvent(core: Core, object: AnyObject): boolean {
  const event = object as KubeEvent
  const last = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp
  return !last || core.epochNow() - parseTimestamp(last) < timeToLiveMs
}
