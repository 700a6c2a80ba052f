import { controllerRef } from '#k8s/owner.ts'
import type { KubeObject } from '#k8s/types.ts'

/** A copy without the references to this uid. */
export function withoutOwner<T extends KubeObject>(object: T, uid: string): T {
  const kept = object.metadata.ownerReferences?.filter((reference) => reference.uid !== uid)
  const { ownerReferences: _, ...metadata } = object.metadata
  return { ...object, metadata: { ...metadata, ...(kept?.length && { ownerReferences: kept }) } }
}

/** A copy with a controller reference to the owner added. */
export function withController<T extends KubeObject>(object: T, owner: KubeObject): T {
  const ownerReferences = [...(object.metadata.ownerReferences ?? []), controllerRef(owner)]
  return { ...object, metadata: { ...object.metadata, ownerReferences } }
}
