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

function mark(core: Core, by: string, object: AnyObject, change: Partial<ObjectMeta>, extra?: object): AnyObject {
  const key = keyOf(object.metadata.namespace, object.metadata.name)
  return core.commit(by, 'delete', key, object, { ...object, ...extra, metadata: extend(object.metadata, change) } as AnyObject, 'terminating')
}

/** The grace period the first delete of this pod gets (API-2.1), seconds. */
function graceOf(pod: Pod, requested: number | undefined): number {
  if (!pod.spec.nodeName || isTerminal(pod)) return 0
  const grace = requested ?? pod.spec.terminationGracePeriodSeconds ?? 30
  return grace < 0 ? 1 : grace
}

/** Deletes a pod: at once, or marks it so that its kubelet ends it within the grace period (API-2). */
function deletePod(core: Core, by: string, pod: Pod, requested: number | undefined): AnyObject {
  const { deletionTimestamp, deletionGracePeriodSeconds: oldGrace = 0, finalizers, generation } = pod.metadata
  // who repeats a delete may only ask for less, and who asks for nothing changes nothing (API-2.4)
  const again = requested === undefined ? oldGrace : requested < 0 ? 1 : requested
  const grace = deletionTimestamp ? again : graceOf(pod, requested)
  if (grace === 0 && !finalizers?.length) {
    // who watches is shown a pod that ends before it is gone: the API writes twice (API-2.3)
    const ended = deletionTimestamp ? pod : (mark(core, by, pod, { deletionTimestamp: core.timestamp(), deletionGracePeriodSeconds: 0 }) as Pod)
    removeObject(core, by, ended)
    return ended
  }
  if (deletionTimestamp) {
    if (grace >= oldGrace) return pod
    const at = parseTimestamp(deletionTimestamp) - oldGrace * second + grace * second
    return mark(core, by, pod, { deletionTimestamp: toTimestamp(at), deletionGracePeriodSeconds: grace })
  }
  return mark(core, by, pod, {
    deletionTimestamp: toTimestamp(core.epochNow() + grace * second),
    deletionGracePeriodSeconds: grace,
    ...(generation && { generation: generation + 1 }),
  })
}

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
  if (object.kind === 'Pod') return deletePod(core, by, object, request.gracePeriodSeconds)
  if (object.kind === 'Namespace') return deleteNamespace(core, by, object)
  const { finalizers = [], deletionTimestamp, generation } = object.metadata
  const wanted = request.propagation === 'Foreground' ? 'foregroundDeletion' : request.propagation === 'Orphan' ? 'orphan' : undefined
  const kept = request.propagation ? finalizers.filter((f) => f !== 'foregroundDeletion' && f !== 'orphan') : finalizers
  const next = wanted ? [...kept, wanted] : kept
  if (next.length === 0) {
    removeObject(core, by, object)
    return object
  }
  if (deletionTimestamp && next.length === finalizers.length && next.every((f, i) => f === finalizers[i])) return object
  return mark(core, by, object, {
    finalizers: next,
    deletionTimestamp: deletionTimestamp ?? core.timestamp(),
    deletionGracePeriodSeconds: 0,
    ...(!deletionTimestamp && generation && { generation: generation + 1 }),
  })
}

function deleteNamespace(core: Core, by: string, namespace: Namespace): AnyObject {
  if (namespace.metadata.deletionTimestamp) return namespace
  return mark(core, by, namespace, { deletionTimestamp: core.timestamp() }, { status: { ...namespace.status, phase: 'Terminating' } })
}

/** Whether an updated, terminating object has nothing left that holds it. */
export function isReleased(object: AnyObject): boolean {
  const { deletionTimestamp, finalizers, deletionGracePeriodSeconds } = object.metadata
  if (!deletionTimestamp || finalizers?.length) return false
  if (object.kind === 'Pod') return deletionGracePeriodSeconds === 0
  return object.kind !== 'Namespace' || !object.spec.finalizers?.length
}
