import { isTerminal, podCondition } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'

/** Whether the pod's labels or its owners differ. */
export function ownershipChanged(pod: Pod, old: Pod): boolean {
  return pod.metadata.labels !== old.metadata.labels || pod.metadata.ownerReferences !== old.metadata.ownerReferences
}

/**
 * Whether a change of a pod can change what its controller does or reports: labels, owners, deletion, end of life, readiness.
 * Everything else (binding, images pulled, addresses) leads to a sync that does nothing, and is left out to save it.
 */
export function concernsController(pod: Pod, old: Pod): boolean {
  if (ownershipChanged(pod, old) || pod.metadata.deletionTimestamp !== old.metadata.deletionTimestamp) return true
  if (pod.status === old.status) return false
  const ready = podCondition(pod, 'Ready')
  const wasReady = podCondition(old, 'Ready')
  return isTerminal(pod) !== isTerminal(old) || ready?.status !== wasReady?.status || ready?.lastTransitionTime !== wasReady?.lastTransitionTime
}
