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

/**
 * The objects that belong to an owner: owned ones that are still wanted, in the order in which they came, then wanted orphans, which
 * are adopted. Owned ones that are unwanted are released. An owner that is being deleted adopts and releases nothing. `standing` is
 * asked of every owned object, with its place among them, and of every living orphan. Throws the first write error but NotFound.
 * @source pkg/controller/controller_ref_manager.go ClaimObject; GC-5.3
 */
export function claimObjects<K extends ClaimableKind>(
  { api }: ControllerContext,
  kind: K,
  owner: Owner,
  standing: (object: Kinds[K], place?: number) => Standing = bySelector(owner),
): Kinds[K][] {
  const { uid = '', namespace = '' } = owner.metadata
  const isDeleting = owner.metadata.deletionTimestamp !== undefined
  const claimed: Kinds[K][] = []
  const errors: unknown[] = []
  const attempt = (write: () => void) => {
    try {
      write()
    } catch (error) {
      if (!isGone(error)) errors.push(error)
    }
  }
  const owned = api.controlledBy(kind, uid)
  for (let place = 0; place < owned.length; place++) {
    const object = owned[place] as Kinds[K]
    const found = standing(object, place)
    if (found === 'wanted') claimed.push(object)
    else if (found === 'unwanted' && !isDeleting) attempt(() => api.update(kind, withoutOwner(object, uid)))
  }
  if (!isDeleting) {
    for (const object of api.orphans(kind, namespace)) {
      if (object.metadata.deletionTimestamp || standing(object) !== 'wanted') continue
      attempt(() => claimed.push(api.update(kind, withController(object, owner))))
    }
  }
  if (errors.length > 0) throw errors[0]
  return claimed
}
