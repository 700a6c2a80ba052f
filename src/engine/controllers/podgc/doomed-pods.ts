import { isNodeReady, taintOutOfService } from '#k8s/node.ts'
import { isTerminal, isTerminating } from '#k8s/pod.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'

/** More terminal pods than this are cut down (T-11). */
export const terminatedPodThreshold = 12_500

/** A node that is not ready and marked as out of service: its terminating pods are given up. NL-7.4 */
export function isOutOfService(node: KubeNode | undefined, version: KubernetesVersion): boolean {
  if (!node || !since(version, 'outOfServiceTaint')) return false
  return !isNodeReady(node) && (node.spec.taints?.some((taint) => taint.key === taintOutOfService) ?? false)
}

/** A pod that was to be deleted before it had a node, and is held by a finalizer. NL-7.7 */
export const isUnscheduledTerminating = (pod: Pod): boolean => isTerminating(pod) && !pod.spec.nodeName

/**
 * The terminal pods beyond the threshold, oldest first; since 1.28 evicted ones before all others.
 * @source pkg/controller/podgc/gc_controller.go gcTerminated; NL-7.6
 */
export function terminatedSurplus(pods: readonly Pod[], version: KubernetesVersion, threshold = terminatedPodThreshold): Pod[] {
  const terminal = pods.filter(isTerminal)
  if (terminal.length <= threshold) return []
  const wasEvicted = (pod: Pod) => since(version, 'podGcEvictedFirst') && pod.status.phase === 'Failed' && pod.status.reason === 'Evicted'
  const rank = (pod: Pod) => `${wasEvicted(pod) ? 0 : 1}${pod.metadata.creationTimestamp} ${pod.metadata.name}`
  const ranked = terminal.map((pod) => ({ pod, rank: rank(pod) })).sort((a, b) => (a.rank < b.rank ? -1 : 1))
  return ranked.slice(0, terminal.length - threshold).map((item) => item.pod)
}
