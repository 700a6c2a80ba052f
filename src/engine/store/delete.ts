import { ApiError, conflict } from '#k8s/api-error.ts'
import { isTerminal } from '#k8s/pod.ts'
import { groupResource, type Resource, resourceOf } from '#k8s/resources.ts'
import { parseTimestamp, toTimestamp } from '#k8s/time.ts'
import type { AnyObject, Kind, Namespace, ObjectMeta, Pod } from '#k8s/types.ts'
import { extend } from '#sim/extend.ts'
import type { DeleteRequest } from '../component.ts'
import type { Core } from '../core.ts'
import { keyOf } from './tables.ts'

const second = 1000

/** Removes an object for good. */
export function removeObject(core: Core, by: string, object: AnyObject): void {
  core.commit(by, 'delete', keyOf(object.metadata.namespace, object.metadata.name), object, undefined)
}

/** `told` as of Core.commit. */
function mark(core: Core, by: string, object: AnyObject, change: Partial<ObjectMeta>, told?: 'withNext'): AnyObject {
  const key = keyOf(object.metadata.namespace, object.metadata.name)
  return core.commit(by, 'delete', key, object, { ...object, metadata: extend(object.metadata, change) } as AnyObject, 'terminating', told)
}

/** The grace period the first delete of this pod gets (API-2.1), seconds. */
function graceOf(pod: Pod, requested: number | undefined): number {
  if (!pod.spec.nodeName || isTerminal(pod)) return 0
  return notNegative(requested ?? pod.spec.terminationGracePeriodSeconds ?? 30)
}

const notNegative = (grace: number): number => (grace < 0 ? 1 : grace)

/**
 * What the first delete of a pod, or a shorter one, writes into its metadata; `pending` = the running one goes on as it is.
 * undefined = there is no grace to give: other kinds, and pods whose grace is over.
 * @source apiserver/pkg/registry/rest/delete.go BeforeDelete; API-2.2, API-2.4
 */
function graceful(core: Core, object: AnyObject, requested: number | undefined): Partial<ObjectMeta> | 'pending' | undefined {
  if (object.kind !== 'Pod') return undefined
  const { deletionTimestamp, deletionGracePeriodSeconds: oldGrace = 0, generation } = object.metadata
  if (!deletionTimestamp) {
    const grace = graceOf(object, requested)
    return {
      deletionTimestamp: toTimestamp(core.epochNow() + grace * second),
      deletionGracePeriodSeconds: grace,
      ...(generation && { generation: generation + 1 }),
    }
  }
  if (oldGrace === 0) return undefined
  // who repeats a delete may only ask for less, and who asks for nothing changes nothing
  const grace = notNegative(requested ?? oldGrace)
  if (grace >= oldGrace) return 'pending'
  const at = parseTimestamp(deletionTimestamp) - oldGrace * second + grace * second
  return { deletionTimestamp: toTimestamp(at), deletionGracePeriodSeconds: grace }
}

const collectorsFinalizers: readonly string[] = ['orphan', 'foregroundDeletion']

/** The finalizers a delete leaves: one for the garbage collector if its dependents are to be orphaned, or to go first (GC-3.1, GC-4.1). */
function finalizersFor({ finalizers = [] }: ObjectMeta, propagation: DeleteRequest['propagation']): readonly string[] {
  if (!propagation) return finalizers
  const kept = finalizers.filter((f) => !collectorsFinalizers.includes(f))
  if (propagation === 'Background') return kept
  return [...kept, propagation === 'Orphan' ? 'orphan' : 'foregroundDeletion']
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((x) => b.includes(x))

type Deletion = DeleteRequest & { resourceVersion?: string }

const immortalNamespaces = ['default', 'kube-public', 'kube-system']
const systemPriorityClasses = ['system-cluster-critical', 'system-node-critical']

/**
 * Why an object may not be deleted: it is another one than was meant, or the cluster needs it. Throws Conflict or Forbidden.
 * @source apiserver/pkg/registry/rest/delete.go BeforeDelete, plugin/pkg/admission/namespace/lifecycle, registry/scheduling/priorityclass
 */
export function admitDelete(object: AnyObject, request: Deletion): void {
  const { uid, resourceVersion, name } = object.metadata
  const resource = resourceOf(object.kind as Kind)
  const kindName = resource.group ? `${object.kind}.${resource.group}` : object.kind
  const refuse = (field: string, wanted: string, stored: string | undefined, change: string) =>
    conflict(
      kindName,
      name,
      `the ${field} in the precondition (${wanted}) does not match the ${field} in record (${stored}). The object might have been ${change}`,
    )
  if (object.kind === 'Namespace' && immortalNamespaces.includes(name)) throw forbidden(resource, name, 'this namespace may not be deleted')
  if (object.kind === 'PriorityClass' && systemPriorityClasses.includes(name))
    throw forbidden(resource, name, 'this is a system priority class and cannot be deleted')
  if (request.uid && request.uid !== uid) throw refuse('UID', request.uid, uid, 'deleted and then recreated')
  if (request.resourceVersion && request.resourceVersion !== resourceVersion)
    throw refuse('ResourceVersion', request.resourceVersion, resourceVersion, 'modified')
}

const forbidden = (resource: Resource, name: string, why: string): ApiError =>
  new ApiError('Forbidden', `${groupResource(resource)} "${name}" is forbidden: ${why}`, { name, kind: resource.plural, group: resource.group })

/**
 * Deletes an object as the API server does: preconditions, grace periods, finalizers, propagation.
 * Returns the object as it was left (or its last state when it is gone). Throws Conflict.
 * @source apiserver/pkg/registry/generic/registry/store.go Delete; API-2
 */
export function deleteObject(core: Core, by: string, object: AnyObject, request: Deletion = {}): AnyObject {
  admitDelete(object, request)
  if (object.kind === 'Namespace') return deleteNamespace(core, by, object)
  const grace = graceful(core, object, request.gracePeriodSeconds)
  if (grace === 'pending') return object
  const { finalizers: held = [], deletionTimestamp, generation } = object.metadata
  const finalizers = finalizersFor(object.metadata, request.propagation)
  if (!grace && finalizers.length === 0) {
    removeObject(core, by, object)
    return object
  }
  if (!grace && deletionTimestamp && isSame(finalizers, held)) return object
  const ending = grace ?? {
    deletionTimestamp: deletionTimestamp ?? core.timestamp(),
    deletionGracePeriodSeconds: 0,
    ...(!deletionTimestamp && generation && { generation: generation + 1 }),
  }
  const change = { ...ending, ...(!isSame(finalizers, held) && { finalizers: finalizers.length > 0 ? [...finalizers] : undefined }) }
  if (ending.deletionGracePeriodSeconds !== 0 || finalizers.length > 0) return mark(core, by, object, change)
  // who watches is shown a pod that ends before it is gone: the API writes twice (API-2.3)
  const ended = mark(core, by, object, change, 'withNext')
  removeObject(core, by, ended)
  return ended
}

function deleteNamespace(core: Core, by: string, namespace: Namespace): AnyObject {
  if (namespace.metadata.deletionTimestamp) {
    if (isReleased(namespace)) removeObject(core, by, namespace)
    return namespace
  }
  const metadata = extend(namespace.metadata, { deletionTimestamp: core.timestamp() })
  const terminating: Namespace = { ...namespace, metadata, status: { ...namespace.status, phase: 'Terminating' } }
  return core.commit(by, 'delete', keyOf(undefined, metadata.name), namespace, terminating, 'terminating')
}

/** Whether an updated, terminating object has nothing left that holds it. */
export function isReleased(object: AnyObject): boolean {
  const { deletionTimestamp, finalizers, deletionGracePeriodSeconds } = object.metadata
  if (!deletionTimestamp || finalizers?.length) return false
  if (object.kind === 'Pod') return deletionGracePeriodSeconds === 0
  return object.kind !== 'Namespace' || !object.spec.finalizers?.length
}
