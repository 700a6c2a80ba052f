/**
 * Makes the number of a ReplicaSet's pods right.
 *
 * Simplified: pods count as related by their owner, where Kubernetes looks at the selectors of the ReplicaSets; the two differ
 * only for pods that match one ReplicaSet's selector and belong to somebody else.
 */
import { ApiError } from '#k8s/api-error.ts'
import { controllerOf } from '#k8s/owner.ts'
import { isActive } from '#k8s/pod.ts'
import type { Pod, ReplicaSet } from '#k8s/types.ts'
import type { ControllerContext } from './controller-context.ts'
import { epochNow } from './epoch-now.ts'
import { creationObserved, deletionObserved, type Expectations, expectCreations, expectDeletions } from './expectations.ts'
import { createPod, deletePod, isNamespaceTerminating, podFromTemplate } from './pod-control.ts'
import { podsToDelete } from './pod-ranking.ts'
import { slowStartBatch } from './slow-start-batch.ts'

/** Most pods created or deleted in one sync (T-23). */
export const burstReplicas = 500

export const podKey = (pod: Pod): string => `${pod.metadata.namespace}/${pod.metadata.name}`

/** Active pods of all ReplicaSets with the same controller; none when it has no controller. @source getIndirectlyRelatedPods */
function relatedPods({ api }: ControllerContext, rs: ReplicaSet): Pod[] {
  const controller = controllerOf(rs)
  if (!controller) return []
  return api.controlledBy('ReplicaSet', controller.uid).flatMap((sibling) => api.controlledBy('Pod', sibling.metadata.uid ?? '').filter(isActive))
}

function createReplicas(context: ControllerContext, expectations: Expectations, key: string, rs: ReplicaSet, count: number): unknown {
  expectCreations(expectations, key, count, context.now())
  const pod = podFromTemplate(rs, rs.spec.template)
  const { successes, error } = slowStartBatch(count, 1, () => {
    try {
      createPod(context, rs, pod)
    } catch (thrown) {
      if (!isNamespaceTerminating(thrown)) throw thrown
    }
  })
  if (successes < count) creationObserved(expectations, key, count - successes)
  return error
}

function deleteReplicas(context: ControllerContext, expectations: Expectations, key: string, rs: ReplicaSet, pods: readonly Pod[]): unknown {
  expectDeletions(expectations, key, pods.map(podKey), context.now())
  let first: unknown
  for (const pod of pods) {
    try {
      deletePod(context, rs, pod)
    } catch (error) {
      deletionObserved(expectations, key, podKey(pod))
      if (!(error instanceof ApiError && error.reason === 'NotFound')) first ??= error
    }
  }
  return first
}

/**
 * Creates what is missing (in batches of 1, 2, 4 …) or deletes what is too much, at most 500 at once. `active` is the
 * number of its active pods, `pods` lists them. Returns the first error, or undefined.
 * @source pkg/controller/replicaset/replica_set.go manageReplicas; WC-2.1
 */
export function manageReplicas(
  context: ControllerContext,
  expectations: Expectations,
  key: string,
  rs: ReplicaSet,
  active: number,
  pods: () => readonly Pod[],
): unknown {
  const surplus = active - (rs.spec.replicas ?? 1)
  if (surplus < 0) return createReplicas(context, expectations, key, rs, Math.min(-surplus, burstReplicas))
  if (surplus === 0) return undefined
  const count = Math.min(surplus, burstReplicas)
  const related = count < active ? relatedPods(context, rs) : []
  return deleteReplicas(context, expectations, key, rs, podsToDelete(pods(), related, count, epochNow(context)))
}
