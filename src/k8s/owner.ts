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

/** What is wrong with an object that two want to control. @source apimachinery/pkg/api/validation/objectmeta.go ValidateOwnerReferences */
export const twoControllers = (first: string, second: string): string =>
  `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${second}`

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
