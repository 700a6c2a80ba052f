import { parseTimestamp, toMicroTimestamp } from '#k8s/time.ts'
import type { AnyObject, EventType, KubeEvent, KubeObject, ObjectMeta, ObjectReference } from '#k8s/types.ts'
import { hex32 } from '#sim/hex.ts'
import type { RecordExtra } from '../component.ts'
import type { Core } from '../core.ts'
import type { EventGroup, ObjectMemory } from './recorder-state.ts'
import { keyOf } from './tables.ts'

const lruSize = 4096
const similarTexts = 10
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
 * text, and more than 25 in a burst per source and object are dropped. The scheduler's recorder (`series`) does none of that: it counts
 * repeats, whatever their text, and tells the server of the first only.
 * @source client-go/tools/record/events_cache.go, client-go/tools/events/event_broadcaster.go; EV-1
 */
export function recordEvent(core: Core, source: string, about: KubeObject, type: EventType, reason: string, message: string, extra = noExtra): void {
  const component = extra.component ?? source
  const key = `${about.metadata.uid}|${component}`
  const memory = core.state.recorder.objects.get(key)
  const { fieldPath, action } = extra
  const isSame = (g: EventGroup) => g.reason === reason && g.fieldPath === fieldPath && g.type === type && g.action === action
  const recording: Recording = { core, component, about, type, reason, message, extra, key, memory, group: memory?.groups.find(isSame) }
  if (extra.series) recordSeries(recording)
  else recordPlain(recording)
}

function remember({ core, key }: Recording, memory: ObjectMemory): void {
  const { objects } = core.state.recorder
  objects.delete(key)
  objects.set(key, memory)
  if (objects.size > lruSize) objects.delete(objects.keys().next().value as string)
}

/** The object's groups after the event: its own is the last. */
function groupsAfter({ core, memory, group, type, reason, extra }: Recording, texts: EventGroup['texts']): readonly EventGroup[] {
  const after: EventGroup = { type, reason, fieldPath: extra.fieldPath, action: extra.action, texts, lastMs: core.state.nowMs }
  const groups = memory?.groups ?? noGroups
  return [...(group ? groups.filter((g) => g !== group) : groups), after]
}

function recordPlain(recording: Recording): void {
  const { core, component, about, type, reason, message, extra, memory, group } = recording
  const { nowMs } = core.state
  const tokens = memory ? Math.min(burst, memory.tokens + (nowMs - memory.atMs) / refillMs) : burst
  if (tokens < 1) {
    remember(recording, { tokens, atMs: nowMs, groups: memory?.groups ?? noGroups, reference: memory?.reference })
    return
  }
  const texts = group && nowMs - group.lastMs <= similarWindowMs ? group.texts : noTexts
  const folded = texts.length >= similarTexts - 1 && !texts.slice(0, similarTexts - 1).some(([text]) => text === message)
  const slot = folded ? similarTexts - 1 : texts.findIndex(([text]) => text === message)
  const known = texts[slot]?.[1]
  const stored = known === undefined ? undefined : core.state.tables.Event.get(known)
  const text = folded ? `(combined from similar events): ${message}` : message
  const at = core.timestamp()
  let reference = memory?.reference
  let eventKey = known as string
  if (stored) core.commit(component, 'event', eventKey, stored, { ...stored, message: text, count: (stored.count ?? 1) + 1, lastTimestamp: at })
  else {
    reference = referenceTo(about, extra.fieldPath, reference)
    const event: KubeEvent = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: eventMeta(core, about),
      involvedObject: reference,
      type,
      reason,
      message: text,
      source: extra.host ? { component, host: extra.host } : { component },
      firstTimestamp: at,
      lastTimestamp: at,
      count: 1,
      eventTime: null,
      reportingComponent: '',
      reportingInstance: '',
    }
    eventKey = store(core, component, event)
  }
  const next = texts.slice()
  next[slot >= 0 ? slot : texts.length] = [message, eventKey]
  remember(recording, { tokens: tokens - 1, atMs: nowMs, groups: groupsAfter(recording, next), reference })
}

const noTexts: EventGroup['texts'] = []

function recordSeries(recording: Recording): void {
  const { core, component, about, type, reason, message, extra, memory, group } = recording
  const { nowMs } = core.state
  const known = group && nowMs - group.lastMs <= seriesWindowMs ? group.texts[0]?.[1] : undefined
  const stored = known === undefined ? undefined : core.state.tables.Event.get(known)
  const at = toMicroTimestamp(core.epochNow())
  let reference = memory?.reference
  let eventKey = known as string
  if (stored) {
    // the stored copy is refreshed at the first repeat only; later repeats stay in the client (EV-1.4)
    if (!stored.series) core.commit(component, 'event', eventKey, stored, { ...stored, series: { count: 2, lastObservedTime: at } })
  } else {
    reference = referenceTo(about, extra.fieldPath, reference)
    const event: KubeEvent = {
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
      action: extra.action,
      reportingComponent: component,
      reportingInstance: `${component}-0`,
    }
    eventKey = store(core, component, event)
  }
  remember(recording, { tokens: burst, atMs: nowMs, groups: groupsAfter(recording, [[message, eventKey]]), reference })
}

/** Metadata of a new Event: `NAME.` and 16 hexadecimal digits, unlike those of any other event (the real ones are the time in nanoseconds). */
function eventMeta(core: Core, { metadata }: KubeObject): ObjectMeta {
  const name = `${metadata.name}.18a4c0de${hex32(core.state.recorder.nextName++)}`
  return { name, namespace: metadata.namespace ?? 'default', creationTimestamp: core.timestamp(), resourceVersion: '' }
}

function store(core: Core, component: string, event: KubeEvent): string {
  const key = keyOf(event.metadata.namespace, event.metadata.name)
  core.commit(component, 'event', key, undefined, event)
  return key
}

const timeToLiveMs = 3_600_000

/** Whether an Event is younger than an hour since it was last written (EV-1.6); the server forgets older ones. */
export function isLiveEvent(core: Core, object: AnyObject): boolean {
  const event = object as KubeEvent
  const last = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp
  return !last || core.epochNow() - parseTimestamp(last) < timeToLiveMs
}
