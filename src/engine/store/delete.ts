import { conflict } from '#k8s/api-error.ts'
import { isTerminal } from '#k8s/pod.ts'
import { groupResource, resourceOf } from '#k8s/resources.ts'
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

/** The grace period a delete of this pod gets (API-2.1), seconds. */
function graceOf(pod: Pod, requested: number | undefined): number {
  if (!pod.spec.nodeName || isTerminal(pod)) return 0
  const grace = requested ?? pod.spec.terminationGracePeriodSeconds ?? 30
  return grace < 0 ? 1 : grace
}

/** Deletes a pod: at once, or marks it so that its kubelet ends it within the grace period (API-2). */
function deletePod(core: Core, by: string, pod: Pod, requested: number | undefined): AnyObject {
  const grace = graceOf(pod, requested)
  const { deletionTimestamp, deletionGracePeriodSeconds: oldGrace = 0, finalizers, generation } = pod.metadata
  const removable = !finalizers?.length
  if (grace === 0 && removable) {
    removeObject(core, by, pod)
    return pod
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

/**
 * Deletes an object as the API server does: preconditions, grace periods, finalizers, propagation.
 * Returns the object as it was left (or its last state when it is gone). Throws Conflict.
 * @source apiserver/pkg/registry/generic/registry/store.go Delete; API-2
 */
export function deleteObject(core: Core, by: string, object: AnyObject, request: DeleteRequest & { resourceVersion?: string } = {}): AnyObject {
  const { uid, resourceVersion, finalizers = [] } = object.metadata
  const kind = object.kind as Kind
  const resource = groupResource(resourceOf(kind))
  if (request.uid && request.uid !== uid)
    throw conflict(resource, object.metadata.name, `Precondition failed: UID in precondition: ${request.uid}, UID in object meta: ${uid}`)
  if (request.resourceVersion && request.resourceVersion !== resourceVersion)
    throw conflict(
      resource,
      object.metadata.name,
      `Precondition failed: ResourceVersion in precondition: ${request.resourceVersion}, ResourceVersion in object meta: ${resourceVersion}`,
    )
  if (object.kind === 'Pod') return deletePod(core, by, object, request.gracePeriodSeconds)
  if (object.kind === 'Namespace') return deleteNamespace(core, by, object)
  const wanted = request.propagation === 'Foreground' ? 'foregroundDeletion' : request.propagation === 'Orphan' ? 'orphan' : undefined
  const kept = request.propagation ? finalizers.filter((f) => f !== 'foregroundDeletion' && f !== 'orphan') : finalizers
  const next = wanted ? [...kept, wanted] : kept
  if (next.length === 0) {
    removeObject(core, by, object)
    return object
  }
  if (object.metadata.deletionTimestamp && next.length === finalizers.length && next.every((f, i) => f === finalizers[i])) return object
  return mark(core, by, object, {
    finalizers: next,
    deletionTimestamp: object.metadata.deletionTimestamp ?? core.timestamp(),
    deletionGracePeriodSeconds: 0,
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
