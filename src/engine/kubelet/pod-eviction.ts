/**
 * Which pods a node under pressure sends away, and when (KL-10). Nobody uses more than it asks for, but pods that ask for
 * nothing, and those all alike. Evicting relieves nothing: it goes on until nobody is left who
 * may be evicted, or the pressure ends. Of the passes only those are made that can find somebody.
 */
import { podRequests } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import { admittedPods, isCriticalPod } from './admission.ts'
import { evictionMessage, type PressedResource } from './eviction-message.ts'
import { type Agent, type Fleet, type NodeTrouble, recordPod, runningAgent, updateAgent } from './fleet.ts'
import { failPod } from './pod-failure.ts'

/** What there is too little of, by condition; of several the first is seen to. */
export const pressedResources: Partial<Record<NodeTrouble, PressedResource>> = {
  MemoryPressure: 'memory',
  DiskPressure: 'ephemeral-storage',
  PIDPressure: 'pids',
}

function pressedResource({ troubles }: Agent): PressedResource | undefined {
  if (troubles.length === 0) return undefined
  for (const [trouble, resource] of Object.entries(pressedResources)) if (troubles.includes(trouble as NodeTrouble)) return resource
  return undefined
}

/**
 * Lets the eviction manager of a node under pressure come round once more, if it is not about to. The pass that finds the
 * pressure only tries to reclaim (KL-10.2); the first pod goes in the next one.
 */
export function planEviction(fleet: Fleet, nodeName: string): void {
  const { evictEveryMs } = fleet.profile
  const agent = runningAgent(fleet, nodeName)
  if (evictEveryMs === 0 || !agent || agent.evictionPass !== undefined || !pressedResource(agent)) return
  updateAgent(fleet, nodeName, { evictionPass: fleet.ctx.schedule(evictEveryMs, { node: nodeName, task: 'evict' }) })
}

/** One pass: at most one pod goes (KL-10.2). */
export function evictionPass(fleet: Fleet, nodeName: string): void {
  updateAgent(fleet, nodeName, { evictionPass: undefined })
  const agent = runningAgent(fleet, nodeName)
  const resource = agent && pressedResource(agent)
  if (resource && evictOne(fleet, nodeName, resource)) planEviction(fleet, nodeName)
}

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
  const message = evictionMessage(fleet.ctx.version, victim, resource)
  recordPod(fleet, victim, 'Warning', 'Evicted', message)
  failPod(fleet, victim, 'Evicted', message, message)
  return true
}
