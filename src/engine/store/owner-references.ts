import type { AnyObject, OwnerReference } from '#k8s/types.ts'

const fields = ['apiVersion', 'kind', 'name', 'uid', 'controller', 'blockOwnerDeletion'] as const

const isSame = (a: OwnerReference, b: OwnerReference): boolean => fields.every((field) => a[field] === b[field])

/**
 * The object with every owner named once; `warn` is told where one was named again. `when` = what the request is for: a patch is looked at after
 * admission.
 * @source apiserver/pkg/endpoints/handlers/rest.go dedupOwnerReferencesAndAddWarning
 */
export function withOwnersOnce<T extends AnyObject>(object: T, when: 'write' | 'patch', warn: (text: string) => void): T {
  const all = object.metadata.ownerReferences
  if (!all || all.length < 2) return object
  const ownerReferences: OwnerReference[] = []
  const again: string[] = []
  for (const reference of all) {
    if (ownerReferences.some((known) => isSame(known, reference))) again.push(reference.uid)
    else ownerReferences.push(reference)
  }
  if (again.length === 0) return object
  const moment = when === 'patch' ? ' after mutating admission happens' : ''
  warn(
    `.metadata.ownerReferences contains duplicate entries${moment}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${again.join(', ')}`,
  )
  return { ...object, metadata: { ...object.metadata, ownerReferences } }
}
