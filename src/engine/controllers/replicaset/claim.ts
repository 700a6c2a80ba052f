import { ApiError } from '#k8s/api-error.ts'
import { matchesLabels } from '#k8s/selector.ts'
import type { Kinds, KubeObject, LabelSelector } from '#k8s/types.ts'
import type { ControllerContext } from './controller-context.ts'
import { withController, withoutOwner } from './owner-reference.ts'

export type ClaimableKind = 'Pod' | 'ReplicaSet' | 'ControllerRevision'

/** How an object stands to its owner-to-be: its selector wants it; does not, so that an owned one is released; or it is left alone. */
export type Standing = 'wanted' | 'unwanted' | 'ignored'

type Owner = KubeObject & { spec: { selector?: LabelSelector } }

const isGone = (error: unknown): boolean => error instanceof ApiError && error.reason === 'NotFound'

/** What the selector alone says. */
export const bySelector =
  (owner: Owner) =>
  (object: KubeObject): Standing =>
    matchesLabels(owner.spec.selector, object.metadata.labels) ? 'wanted' : 'unwanted'

/** Writes of which every one is tried. */
export class Attempts {
  private first: unknown

  /** What is gone already is no error. */
  try(write: () => void): void {
    try {
      write()
    } catch (error) {
      if (!isGone(error)) this.first ??= error
    }
  }

  /** Throws the first error. */
  end(): void {
    if (this.first !== undefined) throw this.first
  }
}

/** The living orphans that an owner wants, adopted. One that is being deleted adopts nothing. */
export function adoptOrphans<K extends ClaimableKind>(
  { api }: ControllerContext,
  kind: K,
  owner: Owner,
  attempts: Attempts,
  standing: (object: Kinds[K]) => Standing = bySelector(owner),
): Kinds[K][] {
  const adopted: Kinds[K][] = []
  if (owner.metadata.deletionTimestamp) return adopted
  for (const object of api.orphans(kind, owner.metadata.namespace ?? '')) {
    if (object.metadata.deletionTimestamp || standing(object) !== 'wanted') continue
    attempts.try(() => adopted.push(api.update(kind, withController(object, owner))))
  }
  return adopted
}

/** Lets go of an object that its owner does not want any more. */
export function release<K extends ClaimableKind>({ api }: ControllerContext, kind: K, owner: Owner, object: Kinds[K], attempts: Attempts): void {
  if (!owner.metadata.deletionTimestamp) attempts.try(() => api.update(kind, withoutOwner(object, owner.metadata.uid ?? '')))
}

/**
 * The objects that belong to an owner: owned ones that are still wanted, in the order in which they came, then wanted orphans, which
 * are adopted. Owned ones that are unwanted are released. An owner that is being deleted adopts and releases nothing. `standing` is
 * asked of every owned object and of every living orphan. Throws the first write error but NotFound.
 * @source pkg/controller/controller_ref_manager.go ClaimObject; GC-5.3
 */
export function claimObjects<K extends ClaimableKind>(
  context: ControllerContext,
  kind: K,
  owner: Owner,
  standing: (object: Kinds[K]) => Standing = bySelector(owner),
): Kinds[K][] {
  const claimed: Kinds[K][] = []
  const attempts = new Attempts()
  for (const object of context.api.controlledBy(kind, owner.metadata.uid ?? '')) {
    const found = standing(object)
    if (found === 'wanted') claimed.push(object)
    else if (found === 'unwanted') release(context, kind, owner, object, attempts)
  }
  const adopted = adoptOrphans(context, kind, owner, attempts, standing)
  attempts.end()
  return adopted.length === 0 ? claimed : [...claimed, ...adopted]
}
