import { parseTimestamp } from '#k8s/time.ts'
import type { AnyObject, EventType, KubeEvent, KubeObject, ObjectReference } from '#k8s/types.ts'
import { LastFoundMap } from '#sim/last-found-map.ts'
import type { RecordExtra } from '../component.ts'
import type { Core } from '../core.ts'
import { hasEnded } from './event-series.ts'
import { isEnding } from './event-writes.ts'
import { fileEvents } from './file-events.ts'
import type { Memories, ObjectMemory, RecorderState } from './recorder-state.ts'

/** As many as one recorder upstream remembers. */
const mostObjects = 4096
/** And all kubelets together, each of which has a recorder of its own. */
const mostOfKubelets = 65_536
const burst = 25
const refillMs = 300_000
/** More than these wait for nobody. */
const mostWaiting = 250_000

/** The object as an Event names it; `known` is taken again when it says the same. */
function referenceTo({ apiVersion, kind, metadata }: KubeObject, fieldPath: string | undefined, known: ObjectReference | undefined): ObjectReference {
  const { namespace, name, uid, resourceVersion } = metadata
  if (known && known.resourceVersion === resourceVersion && known.fieldPath === fieldPath && known.name === name && known.namespace === namespace)
    return known
  if (kind === 'Node') return { apiVersion, kind, name, uid: name }
  if (fieldPath) return { apiVersion, kind, name, namespace, uid, resourceVersion, fieldPath }
  return { apiVersion, kind, name, namespace, uid, resourceVersion }
}

const nothing: ObjectMemory['said'] = []

/** Nodes are at times named without a uid. */
const identityOf = ({ kind, metadata }: KubeObject): string => metadata.uid ?? `${kind}/${metadata.namespace}/${metadata.name}`

function memoriesOf({ memories }: RecorderState, component: string): Memories {
  const known = memories.get(component)
  if (known) return known
  const made = { objects: new LastFoundMap<ObjectMemory>(), oldest: undefined, first: undefined }
  memories.set(component, made)
  return made
}

/**
 * What the component remembers of the object, ready to be written into. Where that is too much, the first that was not used since it was filed is
 * forgotten; series are remembered until they have ended.
 */
function memoryOf(recorder: RecorderState, component: string, uid: string, nowMs: number, isSeries: boolean): ObjectMemory {
  const memories = memoriesOf(recorder, component)
  const { objects } = memories
  const { owner } = recorder
  const known = objects.get(uid)
  if (known) {
    if (known.owner === owner) {
      known.isUsed = true
      return known
    }
    const copy = { ...known, owner, isUsed: true }
    objects.set(uid, copy)
    return copy
  }
  const made = { owner, tokens: burst, atMs: nowMs, said: nothing, reference: undefined, source: undefined, isUsed: false }
  objects.set(uid, made)
  const most = component === 'kubelet' ? mostOfKubelets : mostObjects
  while (objects.size > most) {
    memories.oldest ??= objects.keys()
    memories.first ??= memories.oldest.next().value as string
    const old = objects.get(memories.first) as ObjectMemory
    if (isSeries && !old.isUsed && !hasEnded(old, nowMs)) break
    objects.delete(memories.first)
    if (old.isUsed) objects.set(memories.first, { ...old, owner, isUsed: false })
    memories.first = undefined
  }
  return made
}

/** Whether the spam filter lets one more event pass: a burst of 25 about one object, then one in five minutes (EV-1.3). */
function takeToken(memory: ObjectMemory, nowMs: number): boolean {
  const tokens = Math.min(burst, memory.tokens + (nowMs - memory.atMs) / refillMs)
  const passes = tokens >= 1
  memory.tokens = passes ? tokens - 1 : tokens
  memory.atMs = nowMs
  return passes
}

const noExtra: RecordExtra = {}

/**
 * Records one event as client-go's recorders do: identical ones raise `count`, from the 10th similar one on they are folded into one
 * text, and more than 25 in a burst per source and object are counted but not written. The scheduler's recorder (`series`) does none of
 * that: it counts repeats about the same version of an object, whatever their text, and tells the server of them now and then.
 *
 * What has to be known at once is whether the server hears of it: that takes the next resourceVersion. The rest waits until somebody
 * looks at the Events.
 * @source client-go/tools/record/events_cache.go; EV-1
 */
export function recordEvent(core: Core, source: string, about: KubeObject, type: EventType, reason: string, message: string, extra = noExtra): void {
  const { state } = core
  const { recorder, nowMs } = state
  const component = extra.component ?? source
  const isSeries = extra.series === true
  const memory = memoryOf(recorder, component, identityOf(about), nowMs, isSeries)
  const repeats = isSeries && memory.reference !== undefined
  if (recorder.waiting.length === 0) state.tables.Event.expect(() => fileEvents(core))
  const isWritten = isSeries || takeToken(memory, nowMs)
  memory.reference = referenceTo(about, extra.fieldPath, memory.reference)
  recorder.waiting.push({
    memory,
    component,
    about: memory.reference,
    type,
    reason,
    message,
    host: extra.host,
    action: extra.action,
    isSeries,
    atMs: nowMs,
    timestamp: core.timestamp(),
    isRefused: isEnding(core, about.metadata.namespace),
    resourceVersion: repeats ? undefined : isWritten ? ++state.resourceVersion : 0,
  })
  if (repeats || core.isHeard || recorder.waiting.length > mostWaiting) state.tables.Event.file()
}

const timeToLiveMs = 3_600_000

/**
 * Whether an Event is younger than an hour since it was last written (EV-1.6); the server forgets older ones. What was written by hand may
 * speak of long ago.
 */
export function isLiveEvent(core: Core, object: AnyObject): boolean {
  const { series, lastTimestamp, eventTime, metadata } = object as KubeEvent
  const last = series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp
  const isYoung = (timestamp: string | undefined) => !timestamp || core.epochNow() - parseTimestamp(timestamp) < timeToLiveMs
  return isYoung(last) || (last !== metadata.creationTimestamp && isYoung(metadata.creationTimestamp))
}
