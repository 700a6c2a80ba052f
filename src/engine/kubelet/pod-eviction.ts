/**
 * Which pods a node under pressure sends away, and when (KL-10). Nobody uses more than it asks for, but those that ask for
 * nothing. Evicting relieves nothing: it goes on until nobody is left who
 * may be evicted, or the pressure ends. Of the passes only those are made that can find somebody.
 */
import { podRequests } from '#k8s/pod.ts'
import { containerUses } from '#k8s/simulated-use.ts'
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

/** By how much what a pod uses exceeds what it asks for; negative when it uses less. Nobody counts process ids. */
function excess(pod: Pod, resource: PressedResource): number {
  if (resource === 'pids') return 0
  const { memoryBytes, ephemeralBytes } = podRequests(pod.spec)
  const asked = resource === 'memory' ? memoryBytes : ephemeralBytes
  return containerUses(pod).reduce((sum, use) => sum + (resource === 'memory' ? use.memoryBytes : use.diskBytes), -asked)
}

/**
 * Evictable pods, the first to go first: over their request, then of lower priority, then by how much they exceed it.
 * @source pkg/kubelet/eviction/helpers.go rankMemoryPressure, rankDiskPressureFunc, rankPIDPressure; KL-10.3
 */
export function rankForEviction(pods: readonly Pod[], resource: PressedResource): Pod[] {
  const ranked = pods.filter((pod) => !isCriticalPod(pod)).map((pod) => ({ pod, over: excess(pod, resource), priority: pod.spec.priority ?? 0 }))
  ranked.sort((a, b) => Number(b.over > 0) - Number(a.over > 0) || a.priority - b.priority || b.over - a.over)
  return ranked.map(({ pod }) => pod)
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
