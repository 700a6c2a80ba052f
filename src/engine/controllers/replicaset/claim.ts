import { ApiError } from '#k8s/api-error.ts'
import { matchesLabels } from '#k8s/selector.ts'
import type { Kinds, KubeObject, LabelSelector } from '#k8s/types.ts'
import type { ControllerContext } from './controller-context.ts'
import { withController, withoutOwner } from './owner-reference.ts'

export type ClaimableKind = 'Pod' | 'ReplicaSet' | 'ControllerRevision'

export interface ClaimOptions<T> {
  /** Objects outside are neither adopted nor released. */
  consider?(object: T): boolean
  /** Must hold beside the selector; an owned object for which it does not is released. */
  accept?(object: T): boolean
}

type Owner = KubeObject & { spec: { selector?: LabelSelector } }

const isGone = (error: unknown): boolean => error instanceof ApiError && error.reason === 'NotFound'

/**
 * The objects that belong to an owner: owned ones that still match its selector, and matching orphans, which are adopted.
 * Owned ones that no longer match are released. An owner that is being deleted adopts and releases nothing.
 * Throws the first write error but NotFound.
 * @source pkg/controller/controller_ref_manager.go ClaimObject; GC-5.3
 */
export function claimObjects<K extends ClaimableKind>(
  context: ControllerContext,
  kind: K,
  owner: Owner,
  options: ClaimOptions<Kinds[K]> = {},
): Kinds[K][] {
  const { api } = context
  const { consider = () => true, accept = () => true } = options
  const { uid = '', namespace = '' } = owner.metadata
  const isDeleting = owner.metadata.deletionTimestamp !== undefined
  const matches = (object: Kinds[K]) => matchesLabels(owner.spec.selector, object.metadata.labels) && accept(object)
  const claimed: Kinds[K][] = []
  const errors: unknown[] = []
  const attempt = (write: () => void) => {
    try {
      write()
    } catch (error) {
      if (!isGone(error)) errors.push(error)
    }
  }
  for (const object of api.controlledBy(kind, uid)) {
    if (!consider(object)) continue
    if (matches(object)) claimed.push(object)
    else if (!isDeleting) attempt(() => api.update(kind, withoutOwner(object, uid)))
  }
  if (!isDeleting) {
    for (const object of api.orphans(kind, namespace)) {
      if (object.metadata.deletionTimestamp || !consider(object) || !matches(object)) continue
      attempt(() => claimed.push(api.update(kind, withController(object, owner))))
    }
  }
  if (errors.length > 0) throw errors[0]
  return claimed
}
