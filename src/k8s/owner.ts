import type { KubeObject, OwnerReference } from './types.ts'

/** The owner reference with `controller: true`, if there is one. @source metav1.GetControllerOf */
export function controllerOf(object: { metadata: KubeObject['metadata'] }): OwnerReference | undefined {
  const references = object.metadata.ownerReferences
  if (!references) return undefined
  for (const reference of references) if (reference.controller) return reference
  return undefined
}

/** Whether the object's controller is the one with this uid. @source metav1.IsControlledBy */
export function isControlledBy(object: { metadata: KubeObject['metadata'] }, uid: string | undefined): boolean {
  return uid !== undefined && controllerOf(object)?.uid === uid
}

/** The reference a controller gives what it creates. @source metav1.NewControllerRef; DS-7.5 */
export function controllerRef(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  }
}
