import { parseTimestamp, toMicroTimestamp } from '#k8s/time.ts'
import type { AnyObject, EventType, KubeEvent, KubeObject, ObjectReference } from '#k8s/types.ts'
import type { RecordExtra } from '../component.ts'
import type { Core } from '../core.ts'
import { keyOf } from './tables.ts'

const lruSize = 4096
const similarTexts = 10
const similarWindowMs = 600_000
const burst = 25
const refillMs = 300_000
const seriesWindowMs = 360_000

function touch<V>(map: Map<string, V>, key: string, value: V): V {
  map.delete(key)
  map.set(key, value)
  if (map.size > lruSize) map.delete(map.keys().next().value as string)
  return value
}

function referenceTo(about: KubeObject, fieldPath?: string): ObjectReference {
  const { namespace, name, uid, resourceVersion } = about.metadata
  return {
    apiVersion: about.apiVersion,
    kind: about.kind,
    name,
    ...(namespace && { namespace }),
    // node events carry the node's name as uid
    uid: about.kind === 'Node' ? name : uid,
    ...(resourceVersion && about.kind !== 'Node' && { resourceVersion }),
    ...(fieldPath && { fieldPath }),
  }
}

/** Whether the spam filter lets one more event of this source about this object pass (EV-1.3). */
function passesSpamFilter(core: Core, key: string): boolean {
  const now = core.state.nowMs
  const known = core.state.recorder.spam.get(key)
  const tokens = known ? Math.min(burst, known.tokens + (now - known.atMs) / refillMs) : burst
  touch(core.state.recorder.spam, key, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: now })
  return tokens >= 1
}

/**
 * Records one event as client-go's recorders do: identical ones raise `count`, from the 10th similar one on they are
 * folded into one text, and more than 25 in a burst per source and object are dropped.
 * @source client-go/tools/record/events_cache.go, client-go/tools/events; EV-1
 */
export function recordEvent(
  core: Core,
  source: string,
  about: KubeObject,
  type: EventType,
  reason: string,
  message: string,
  options: RecordExtra = {},
): void {
  const { recorder, nowMs } = core.state
  const component = options.component ?? source
  const object = `${component}|${options.host ?? ''}|${about.kind}|${about.metadata.namespace ?? ''}/${about.metadata.name}|${about.metadata.uid}|${options.fieldPath ?? ''}`
  if (options.series) {
    recordSeries(core, component, about, type, reason, message, options, `${object}|${type}|${reason}|${options.action}`)
    return
  }

  const group = `${object}|${type}|${reason}`
  const known = recorder.similar.get(group)
  const similar = known && nowMs - known.lastMs <= similarWindowMs ? known : { texts: [], lastMs: nowMs }
  const texts = similar.texts.includes(message) || similar.texts.length >= similarTexts ? similar.texts : [...similar.texts, message]
  touch(recorder.similar, group, { texts, lastMs: nowMs })
  const folded = texts.length >= similarTexts
  const text = folded ? `(combined from similar events): ${message}` : message

  if (!passesSpamFilter(core, object)) return
  const identity = folded ? `${group}|…` : `${group}|${message}`
  const stored = storedEvent(core, recorder.identical.get(identity))
  const at = core.timestamp()
  if (stored) {
    touch(recorder.identical, identity, keyOf(stored.metadata.namespace, stored.metadata.name))
    const next: KubeEvent = { ...stored, message: text, count: (stored.count ?? 1) + 1, lastTimestamp: at }
    core.commit(component, 'event', keyOf(stored.metadata.namespace, stored.metadata.name), stored, next)
    return
  }
  const event: KubeEvent = {
    ...eventBase(core, about, type, reason, text, options.fieldPath),
    source: { component, ...(options.host && { host: options.host }) },
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
    eventTime: null,
    reportingComponent: '',
    reportingInstance: '',
  }
  touch(recorder.identical, identity, store(core, component, event))
}

function recordSeries(
  core: Core,
  component: string,
  about: KubeObject,
  type: EventType,
  reason: string,
  message: string,
  options: RecordExtra,
  identity: string,
): void {
  const { recorder } = core.state
  const stored = storedEvent(core, recorder.identical.get(identity))
  const at = toMicroTimestamp(core.epochNow())
  const last = stored && (recorder.similar.get(identity)?.lastMs ?? 0)
  if (stored && last !== undefined && core.state.nowMs - last <= seriesWindowMs) {
    touch(recorder.similar, identity, { texts: [], lastMs: core.state.nowMs })
    // the stored copy is refreshed at the first repeat only; later repeats stay in the client (EV-1.4)
    if (stored.series) return
    core.commit(component, 'event', keyOf(stored.metadata.namespace, stored.metadata.name), stored, {
      ...stored,
      series: { count: 2, lastObservedTime: at },
    })
    return
  }
  touch(recorder.similar, identity, { texts: [], lastMs: core.state.nowMs })
  const event: KubeEvent = {
    ...eventBase(core, about, type, reason, message, options.fieldPath),
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: at,
    action: options.action,
    reportingComponent: component,
    reportingInstance: `${component}-0`,
  }
  touch(recorder.identical, identity, store(core, component, event))
}

function eventBase(core: Core, about: KubeObject, type: EventType, reason: string, message: string, fieldPath?: string): KubeEvent {
  const name = `${about.metadata.name}.${(core.epochNow() * 16).toString(16)}${(core.state.recorder.nextName++ % 65536).toString(16).padStart(4, '0')}`
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: about.metadata.namespace ?? 'default', creationTimestamp: core.timestamp() },
    involvedObject: referenceTo(about, fieldPath),
    type,
    reason,
    message,
  }
}

function storedEvent(core: Core, key: string | undefined): KubeEvent | undefined {
  return key === undefined ? undefined : core.state.tables.Event.get(key)
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
