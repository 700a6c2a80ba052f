import { parseTimestamp, toMicroTimestamp } from '#k8s/time.ts'
import type { AnyObject, EventType, KubeEvent, KubeObject, ObjectReference } from '#k8s/types.ts'
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

function referenceTo(about: KubeObject, fieldPath?: string): ObjectReference {
  const { namespace, name, uid, resourceVersion } = about.metadata
  if (about.kind === 'Node') return { apiVersion: about.apiVersion, kind: about.kind, name, uid: name }
  const reference: ObjectReference = { apiVersion: about.apiVersion, kind: about.kind, name, namespace, uid, resourceVersion }
  return fieldPath ? { ...reference, fieldPath } : reference
}

function remember(core: Core, key: string, memory: ObjectMemory): void {
  const { objects } = core.state.recorder
  objects.delete(key)
  objects.set(key, Object.freeze(memory))
  if (objects.size > lruSize) objects.delete(objects.keys().next().value as string)
}

const withGroup = (groups: readonly EventGroup[], group: EventGroup): EventGroup[] => {
  const rest = groups.filter((g) => g.of !== group.of)
  rest.push(group)
  return rest
}

const noGroups: readonly EventGroup[] = []

/**
 * Records one event as client-go's recorders do: identical ones raise `count`, from the 10th similar one on they are folded into one
 * text, and more than 25 in a burst per source and object are dropped. The scheduler's recorder (`series`) does none of that: it counts
 * repeats, whatever their text, and tells the server of the first only.
 * @source client-go/tools/record/events_cache.go, client-go/tools/events/event_broadcaster.go; EV-1
 */
export function recordEvent(
  core: Core,
  source: string,
  about: KubeObject,
  type: EventType,
  reason: string,
  message: string,
  extra: RecordExtra = {},
): void {
  const component = extra.component ?? source
  const key = `${about.metadata.uid}|${component}`
  const memory = core.state.recorder.objects.get(key)
  const of = `${type}|${reason}|${extra.fieldPath ?? ''}|${extra.action ?? ''}`
  const group = memory?.groups.find((g) => g.of === of)
  const record = extra.series ? recordSeries : recordPlain
  record({ core, component, about, type, reason, message, extra, key, memory, group, of })
}

interface Recording {
  core: Core
  component: string
  about: KubeObject
  type: EventType
  reason: string
  message: string
  extra: RecordExtra
  key: string
  memory: ObjectMemory | undefined
  group: EventGroup | undefined
  of: string
}

function recordPlain({ core, component, about, type, reason, message, extra, key, memory, group, of }: Recording): void {
  const { nowMs } = core.state
  const tokens = memory ? Math.min(burst, memory.tokens + (nowMs - memory.atMs) / refillMs) : burst
  const texts = group && nowMs - group.lastMs <= similarWindowMs ? group.texts : []
  const folded = texts.length >= similarTexts - 1 && !texts.slice(0, similarTexts - 1).some(([text]) => text === message)
  const slot = folded ? similarTexts - 1 : texts.findIndex(([text]) => text === message)
  const eventKey = texts[slot]?.[1]
  const stored = eventKey === undefined ? undefined : core.state.tables.Event.get(eventKey)
  const keep = (at: string) => {
    const next = texts.slice()
    next[folded || slot >= 0 ? slot : texts.length] = [message, at]
    return withGroup(memory?.groups ?? noGroups, { of, texts: next, lastMs: nowMs })
  }
  if (tokens < 1) {
    remember(core, key, { tokens, atMs: nowMs, groups: memory?.groups ?? noGroups })
    return
  }
  const text = folded ? `(combined from similar events): ${message}` : message
  const at = core.timestamp()
  if (stored && eventKey !== undefined) {
    core.commit(component, 'event', eventKey, stored, { ...stored, message: text, count: (stored.count ?? 1) + 1, lastTimestamp: at })
    remember(core, key, { tokens: tokens - 1, atMs: nowMs, groups: keep(eventKey) })
    return
  }
  const base = eventBase(core, about, type, reason, text, extra.fieldPath)
  const event: KubeEvent = {
    ...base,
    source: extra.host ? { component, host: extra.host } : { component },
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
    eventTime: null,
    reportingComponent: '',
    reportingInstance: '',
  }
  remember(core, key, { tokens: tokens - 1, atMs: nowMs, groups: keep(store(core, component, event)) })
}

function recordSeries({ core, component, about, type, reason, message, extra, key, memory, group, of }: Recording): void {
  const { nowMs } = core.state
  const known = group && nowMs - group.lastMs <= seriesWindowMs ? group.texts[0] : undefined
  const stored = known && core.state.tables.Event.get(known[1])
  const keep = (at: string) =>
    remember(core, key, { tokens: burst, atMs: nowMs, groups: withGroup(memory?.groups ?? noGroups, { of, texts: [[message, at]], lastMs: nowMs }) })
  const at = toMicroTimestamp(core.epochNow())
  if (stored && known) {
    // the stored copy is refreshed at the first repeat only; later repeats stay in the client (EV-1.4)
    if (!stored.series) core.commit(component, 'event', known[1], stored, { ...stored, series: { count: 2, lastObservedTime: at } })
    keep(known[1])
    return
  }
  const event: KubeEvent = {
    ...eventBase(core, about, type, reason, message, extra.fieldPath),
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: at,
    action: extra.action,
    reportingComponent: component,
    reportingInstance: `${component}-0`,
  }
  keep(store(core, component, event))
}

const hex = '0123456789abcdef'

/** `NAME.` and 16 hexadecimal digits, unlike those of any other event (the real ones are the time in nanoseconds). */
function createEventName(core: Core, of: string): string {
  let rest = core.state.recorder.nextName++
  let digits = ''
  for (let i = 0; i < 8; i++) {
    digits = hex[rest & 15] + digits
    rest >>>= 4
  }
  return `${of}.18a4c0de${digits}`
}

function eventBase(core: Core, about: KubeObject, type: EventType, reason: string, message: string, fieldPath?: string): KubeEvent {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: createEventName(core, about.metadata.name),
      namespace: about.metadata.namespace ?? 'default',
      creationTimestamp: core.timestamp(),
    },
    involvedObject: referenceTo(about, fieldPath),
    type,
    reason,
    message,
  }
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
