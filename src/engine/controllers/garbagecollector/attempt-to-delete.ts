import type { Kind, Kinds, KubeObject, ObjectMeta } from '#k8s/types.ts'
import type { DeleteRequest } from '../../component.ts'
import type { ControllerContext } from '../replicaset/controller-context.ts'
import { withoutOwner } from '../replicaset/owner-reference.ts'
import { classifyReferences, foregroundFinalizer, hasFinalizer, isDeletingDependents, orphanFinalizer } from './owner-lookup.ts'

function update(context: ControllerContext, object: KubeObject, metadata: ObjectMeta): void {
  const kind = object.kind as Kind
  context.api.update(kind, { ...object, metadata } as Kinds[Kind])
}

/** Takes a finalizer away; the API server removes the object when that was all that held it. */
export function removeFinalizer(context: ControllerContext, object: KubeObject, finalizer: string): void {
  const { finalizers, ...metadata } = object.metadata
  const kept = finalizers?.filter((f) => f !== finalizer)
  update(context, object, { ...metadata, ...(kept?.length && { finalizers: kept }) })
}

/** An owner in foreground deletion goes when nothing that blocks it is left. @source processDeletingDependentsItem; GC-3.1 */
function processDeletingDependents(context: ControllerContext, owner: KubeObject, enqueue: (object: KubeObject) => void): void {
  const { uid = '' } = owner.metadata
  const blocks = (object: KubeObject) => object.metadata.ownerReferences?.some((r) => r.uid === uid && r.blockOwnerDeletion)
  const blocking = context.api.dependents(uid).filter(blocks)
  if (blocking.length === 0) removeFinalizer(context, owner, foregroundFinalizer)
  for (const dependent of blocking) if (!isDeletingDependents(dependent)) enqueue(dependent)
}

function remove(context: ControllerContext, object: KubeObject, propagation: DeleteRequest['propagation']): void {
  const { namespace = '', name, uid } = object.metadata
  context.api.delete(object.kind as Kind, namespace, name, { uid, propagation })
}

/** A deletion that was asked for before the owner went is carried out in its own way. */
function ownPropagation(object: KubeObject): DeleteRequest['propagation'] {
  if (hasFinalizer(object, orphanFinalizer)) return 'Orphan'
  return hasFinalizer(object, foregroundFinalizer) ? 'Foreground' : 'Background'
}

/**
 * Decides about one object: deletes it when no owner lives, or drops the references to owners that are gone when one does. `enqueue`
 * puts other objects up for the same look.
 * @source pkg/controller/garbagecollector/garbagecollector.go attemptToDeleteItem; GC-1.2, GC-2, GC-3
 */
export function attemptToDelete(context: ControllerContext, object: KubeObject, enqueue: (object: KubeObject) => void): void {
  if (isDeletingDependents(object)) {
    processDeletingDependents(context, object, enqueue)
    return
  }
  if (object.metadata.deletionTimestamp || !object.metadata.ownerReferences?.length) return
  const { solid, dangling, waiting } = classifyReferences(context, object)
  if (solid.length > 0) {
    const gone = [...dangling, ...waiting]
    if (gone.length > 0) update(context, object, gone.reduce((o, reference) => withoutOwner(o, reference.uid), object).metadata)
    return
  }
  const dependents = waiting.length > 0 ? context.api.dependents(object.metadata.uid ?? '') : []
  if (dependents.length === 0) {
    remove(context, object, ownPropagation(object))
    return
  }
  // two objects that own each other would wait for one another for ever
  if (dependents.some(isDeletingDependents)) {
    const ownerReferences = object.metadata.ownerReferences.map((reference) => ({ ...reference, blockOwnerDeletion: false }))
    update(context, object, { ...object.metadata, ownerReferences })
  }
  remove(context, object, 'Foreground')
}

/** Takes the owner's references off its dependents, then lets it go. @source orphanDependents; GC-4.1 */
export function orphanDependents(context: ControllerContext, owner: KubeObject): void {
  const { uid = '' } = owner.metadata
  for (const dependent of context.api.dependents(uid)) update(context, dependent, withoutOwner(dependent, uid).metadata)
  removeFinalizer(context, owner, orphanFinalizer)
}
