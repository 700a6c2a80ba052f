import { controllerOf } from '#k8s/owner.ts'
import type { Tables } from './tables.ts'

/** Owner uid to the `controller-revision-hash` of its newest ControllerRevision. */
export type NewestRevisions = ReadonlyMap<string, string>

export function newestRevisions(revisions: Tables['ControllerRevision']): NewestRevisions {
  const newest = new Map<string, { revision: number; hash: string }>()
  for (const object of revisions.values()) {
    const owner = controllerOf(object)
    if (!owner) continue
    const known = newest.get(owner.uid)
    if (known && known.revision >= object.revision) continue
    newest.set(owner.uid, { revision: object.revision, hash: object.metadata.labels?.['controller-revision-hash'] ?? '' })
  }
  return new Map([...newest].map(([uid, { hash }]) => [uid, hash]))
}
