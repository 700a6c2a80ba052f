import type { Pod } from '#k8s/types.ts'
import type { WatchEvent } from '../component.ts'

/**
 * What the scheduler remembers of pods it heard of so that a cycle need not look at all of them: plain data, part of the
 * snapshot. Everything is checked against the store when used.
 */
export interface SchedulerMemory {
  /** `namespace/name` of pods with affinity or anti-affinity to pods. */
  affinityPods: Set<string>
  /** Number of pods by priority. */
  priorities: Map<number, number>
  /** Node name to `namespace/name` of the pods nominated for it. */
  nominated: Map<string, Set<string>>
}

export function createMemory(): SchedulerMemory {
  return { affinityPods: new Set(), priorities: new Map(), nominated: new Map() }
}

export function podKey(pod: Pod): string {
  return `${pod.metadata.namespace}/${pod.metadata.name}`
}

export function podPriority(pod: Pod): number {
  return pod.spec.priority ?? 0
}

export function hasPodAffinity(pod: Pod): boolean {
  const affinity = pod.spec.affinity
  return affinity !== undefined && (affinity.podAffinity !== undefined || affinity.podAntiAffinity !== undefined)
}

function count(priorities: Map<number, number>, priority: number, by: number): void {
  const next = (priorities.get(priority) ?? 0) + by
  if (next > 0) priorities.set(priority, next)
  else priorities.delete(priority)
}

/** Notes that a pod is nominated for a node, or no longer for the one it was. */
export function setNominated(memory: SchedulerMemory, key: string, before: string | undefined, after: string | undefined): void {
  if (before === after) return
  if (before) {
    const pods = memory.nominated.get(before)
    if (pods?.delete(key) && pods.size === 0) memory.nominated.delete(before)
  }
  if (!after) return
  const pods = memory.nominated.get(after)
  if (pods) pods.add(key)
  else memory.nominated.set(after, new Set([key]))
}

/** Keeps the memory up to date with one delivered change of a pod. */
export function rememberPod(memory: SchedulerMemory, { type, object: pod, old }: WatchEvent<'Pod'>): void {
  if (type === 'ADDED') {
    count(memory.priorities, podPriority(pod), 1)
    if (hasPodAffinity(pod)) memory.affinityPods.add(podKey(pod))
  } else if (type === 'DELETED') {
    count(memory.priorities, podPriority(pod), -1)
    if (memory.affinityPods.size) memory.affinityPods.delete(podKey(pod))
  }
  const before = old?.status?.nominatedNodeName
  const after = type === 'DELETED' || pod.spec.nodeName ? undefined : pod.status?.nominatedNodeName
  if (before || after) {
    if (type === 'DELETED' && pod.status?.nominatedNodeName) setNominated(memory, podKey(pod), pod.status.nominatedNodeName, undefined)
    setNominated(memory, podKey(pod), before, after)
  }
}
