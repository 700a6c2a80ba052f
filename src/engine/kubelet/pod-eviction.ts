/**
 * Which pod a node under pressure sends away (KL-10). Usage is not simulated: a pod counts as using exactly what it asks
 * for, and pods that ask for nothing as exceeding it.
 */
import { podRequests } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import { admittedPods, isCriticalPod } from './admission.ts'
import { type Fleet, recordPod } from './fleet.ts'
import { failPod } from './pod-failure.ts'

export type PressedResource = 'memory' | 'ephemeral-storage' | 'pids'

function asked(pod: Pod, resource: PressedResource): number {
  const { memoryBytes, ephemeralBytes } = podRequests(pod.spec)
  return resource === 'memory' ? memoryBytes : resource === 'ephemeral-storage' ? ephemeralBytes : 0
}

/** Evictable pods, the first to go first: over their request, then of lower priority. @source pkg/kubelet/eviction/helpers.go; KL-10.3 */
export function rankForEviction(pods: readonly Pod[], resource: PressedResource): Pod[] {
  const exceeds = (pod: Pod) => (asked(pod, resource) === 0 ? 0 : 1)
  const priority = (pod: Pod) => pod.spec.priority ?? 0
  return pods.filter((pod) => !isCriticalPod(pod)).sort((a, b) => exceeds(a) - exceeds(b) || priority(a) - priority(b))
}

/** Evicts one pod of the node. False when there is none to evict. */
export function evictOne(fleet: Fleet, nodeName: string, resource: PressedResource): boolean {
  const pods = admittedPods(fleet.ctx.api.podsOnNode(nodeName), undefined)
  const [victim] = rankForEviction(pods, resource)
  if (!victim) return false
  const message = `The node was low on resource: ${resource}. `
  recordPod(fleet, victim, 'Warning', 'Evicted', message)
  failPod(fleet, victim, 'Evicted', message, message)
  return true
}
