import { ApiError, conflict, notFound } from '#k8s/api-error.ts'
import { groupResource, resourceOf } from '#k8s/resources.ts'
import { quoteGo } from '#k8s/schema/go-format.ts'
import type { AnyObject, Condition, Kind, Namespace, Pod, StatusOf } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { semanticEqual } from '#sim/equal.ts'
import { extend } from '#sim/extend.ts'
import { rememberLast } from '#sim/remember-last.ts'
import type { Core } from '../core.ts'
import type { JournalVerb } from '../journal.ts'
import { admitCreate, admitNamespace, admitUpdate, topologyLabels } from './admission.ts'
import { checkCapacity } from './capacity.ts'
import { isReleased, removeObject } from './delete.ts'
import { createName } from './identity.ts'
import { recordWrite } from './managed-fields/write-record.ts'
import { podSecurity } from './pod-security/load.ts'
import { prepareForCreate, prepareForStatusUpdate, prepareForUpdate } from './strategy.ts'
import { keyOf } from './tables.ts'

/** The stored object, or NotFound in the API's words. */
export function mustGet(core: Core, kind: Kind, namespace: string | undefined, name: string): AnyObject {
  const found = (core.state.tables[kind] as ReadonlyMap<string, AnyObject>).get(keyOf(namespace, name))
  if (!found) throw notFound(groupResource(resourceOf(kind)), name)
  return found
}

/** Admits and prepares a new object without storing it. `object` is decoded, defaulted and valid. */
export function prepareCreate<T extends AnyObject>(core: Core, object: T): T {
  const kind = object.kind as Kind
  const namespace = resourceOf(kind).namespaced ? (object.metadata.namespace ?? 'default') : undefined
  if (namespace) admitNamespace(core, kind, namespace, object.metadata.name || object.metadata.generateName || '')
  const name = createName(core, kind, namespace, object.metadata)
  const made = prepareForCreate(core, admitCreate(core, object), name, namespace)
  podSecurity()?.admitPodSecurity(core, made)
  return made
}

/** Why a new pod would be refused, without who it is; undefined: it would not. */
export function refusalOfPod(core: Core, pod: Pod): string | undefined {
  const { generateName = '', namespace = 'default' } = pod.metadata
  try {
    admitNamespace(core, 'Pod', namespace, generateName)
    podSecurity()?.admitPodSecurity(core, admitCreate(core, pod))
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return error.message.replace(/^pods ".*?" is forbidden: /, '')
    throw error
  }
}

/** Stores a new object. */
export function createObject<T extends AnyObject>(core: Core, by: string, object: T): T {
  const made = prepareCreate(core, object)
  checkCapacity(core, made.kind as Kind)
  return core.commit(by, 'create', keyOf(made.metadata.namespace, made.metadata.name), undefined, made)
}

const storagePlaces: Partial<Record<Kind, string>> = { Node: 'minions', Service: 'services/specs' }

/** Where the API server keeps an object, as some of its errors say. */
function storageKey({ kind, metadata: { namespace, name } }: AnyObject): string {
  const place = storagePlaces[kind as Kind] ?? resourceOf(kind as Kind).plural
  return `/registry/${place}/${keyOf(namespace, name)}`
}

/** What is said of a uid that is not that of the stored object. @source apiserver/pkg/storage/interfaces.go Preconditions.Check */
export const otherUid = (uid: string, { metadata }: AnyObject): string =>
  `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`

/** Refuses to replace an object that took the place of the one meant. A patch of its uid is invalid instead. */
export function checkUid(object: AnyObject, stored: AnyObject): void {
  const { uid, name } = object.metadata
  if (!uid || uid === stored.metadata.uid) return
  const details = `Code: 4, Key: ${storageKey(stored)}, ResourceVersion: 0, AdditionalErrorMsg: ${otherUid(uid, stored)}`
  throw conflict(groupResource(resourceOf(stored.kind as Kind)), name, `StorageError: invalid object, ${details}`)
}

/** Refuses an update of what has changed since it was read; version 0 is any. */
export function checkVersion(object: AnyObject, stored: AnyObject): void {
  const { resourceVersion, name } = object.metadata
  if (!resourceVersion || resourceVersion === stored.metadata.resourceVersion) return
  if (!/^\d+$/.test(resourceVersion)) throw new ApiError('Unknown', `strconv.ParseUint: parsing ${quoteGo(resourceVersion)}: invalid syntax`)
  if (Number(resourceVersion) === 0) return
  const why = 'the object has been modified; please apply your changes to the latest version and try again'
  throw conflict(groupResource(resourceOf(stored.kind as Kind)), name, why)
}

/** What an update would store; throws Conflict on an outdated resourceVersion. */
export function prepareUpdate<T extends AnyObject>(core: Core, object: T): { before: T; after: T } {
  const before = mustGet(core, object.kind as Kind, object.metadata.namespace, object.metadata.name) as T
  checkVersion(object, before)
  const after = prepareForUpdate(core, admitUpdate(core, object, before), before)
  return { before, after }
}

/** What a client's update of the status would store. @source pkg/registry strategy.go …StatusStrategy, of each kind */
export function prepareStatus<T extends AnyObject>(core: Core, object: T): { before: T; after: T } {
  const before = mustGet(core, object.kind as Kind, object.metadata.namespace, object.metadata.name) as T
  checkVersion(object, before)
  return { before, after: prepareForStatusUpdate(object, before) }
}

/** The object as it answers a write: of the version that is stored. */
function asVersionOf<T extends AnyObject>(stored: T, object: T): T {
  const { resourceVersion } = stored.metadata
  return object.metadata.resourceVersion === resourceVersion ? object : { ...object, metadata: { ...object.metadata, resourceVersion } }
}

/** Replaces metadata and spec. */
export function updateObject<T extends AnyObject>(core: Core, by: string, object: T, text?: string): T {
  const { before, after } = prepareUpdate(core, object)
  checkUid(object, before)
  return storeUpdate(core, by, 'update', before, after, text)
}

/** What an update of a namespace's finalizers would store. @source pkg/registry/core/namespace strategy.go namespaceFinalizeStrategy */
export function prepareFinalize(core: Core, namespace: Namespace): { before: Namespace; after: Namespace } {
  const { before, after } = prepareUpdate(core, namespace)
  return { before, after: { ...after, spec: namespace.spec } }
}

/** Replaces what holds a namespace. One that ends goes when nothing does any more. GC-6.1 */
export function finalizeNamespace(core: Core, by: string, namespace: Namespace): Namespace {
  const { before, after } = prepareFinalize(core, namespace)
  return storeUpdate(core, by, 'update', before, after)
}

/**
 * Replaces the status, and of a Deployment the annotations: its controller notes the revision along with it (WC-3.2). Not checked against
 * the resourceVersion: components write it as a patch. @source pkg/registry/apps/deployment strategy.go deploymentStatusStrategy
 */
export function updateObjectStatus<T extends AnyObject>(core: Core, by: string, object: T, status: StatusOf<T>, text?: string): T {
  const before = mustGet(core, object.kind as Kind, object.metadata.namespace, object.metadata.name) as T
  checkUid(object, before)
  const { annotations } = object.metadata
  const isNoted = object.kind === 'Deployment' && annotations !== before.metadata.annotations
  const metadata = isNoted ? extend(before.metadata, { annotations }) : before.metadata
  // one shape for all that have a status: copied with a spread, each version would have one of its own
  const { apiVersion, kind, spec } = before as unknown as Pod
  return storeUpdate(core, by, 'status', before, { apiVersion, kind, metadata, spec, status } as unknown as T, text)
}

const isUnchanged = <T extends AnyObject>(core: Core, before: T, after: T): boolean =>
  semanticEqual(asVersionOf(before, after), before) && !core.fieldWriter?.isChange

/** What a write would leave, with its owners noted but nothing stored. */
export function tryWrite<T extends AnyObject>(core: Core, by: string, before: T | undefined, after: T): T {
  if (before && isUnchanged(core, before, after)) return before
  const metadata = { ...(before ? asVersionOf(before, after) : after).metadata }
  const tried = { ...after, metadata }
  recordWrite(before, tried, by, core.fieldWriter, false, core.timestamp())
  return tried
}

/** Stores an update that `prepare…` has made. One that changes nothing is not stored; one that releases a terminating object removes it. */
export function storeUpdate<T extends AnyObject>(core: Core, by: string, verb: JournalVerb, before: T, after: T, text?: string): T {
  if (isReleased(after)) {
    removeObject(core, by, before)
    // who asked gets what was asked for, as if it had been stored
    return after
  }
  if (isUnchanged(core, before, after)) return before
  return core.commit(by, verb, keyOf(before.metadata.namespace, before.metadata.name), before, after, text)
}

/** Pods that are bound at the same second have one list of conditions. */
const scheduledAt = rememberLast((lastTransitionTime: string): Condition[] => [
  { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime },
])

/** Binds a pod to a node (API-3). Throws Conflict when it is terminating or already bound. */
export function bindPod(core: Core, by: string, namespace: string, name: string, nodeName: string): Pod {
  const pod = mustGet(core, 'Pod', namespace, name) as Pod
  const refuse = (why: string) => new ApiError('Conflict', `Operation cannot be fulfilled on pods/binding "${name}": ${why}`)
  if (pod.metadata.deletionTimestamp) throw refuse(`pod ${name} is being deleted, cannot be assigned to a host`)
  if (pod.spec.nodeName) throw refuse(`pod ${name} is already assigned to node "${pod.spec.nodeName}"`)
  const scheduled = scheduledAt(core.timestamp())
  const others = (pod.status.conditions ?? []).filter((c) => c.type !== 'PodScheduled')
  const conditions = others.length === 0 ? scheduled : [...others, ...scheduled]
  let status = pod.status
  if (status.nominatedNodeName && since(core.version, 'bindingClearsNomination')) {
    const { nominatedNodeName: _, ...kept } = status
    status = kept
  }
  const labels = topologyLabels(core, nodeName)
  const metadata = labels ? extend(pod.metadata, { labels: { ...pod.metadata.labels, ...labels } }) : pod.metadata
  const { apiVersion, kind } = pod
  const bound: Pod = { apiVersion, kind, metadata, spec: extend(pod.spec, { nodeName }), status: extend(status, { conditions }) }
  return core.commit(by, 'bind', keyOf(namespace, name), pod, bound, nodeName)
}
