import { isTerminal } from '#k8s/pod.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import type { WatchEvent } from '../component.ts'

/**
 * What the scheduler has been told of so far, as its informers keep it, plus the pods it has bound since (assumed pods): plain data,
 * part of the snapshot; the frozen objects are shared with the store. Sums and orders over it are derived (scheduler-cache.ts).
 */
export interface SchedulerMemory {
  /** By name, in the order in which they came. */
  readonly nodes: Map<string, KubeNode>
  /** Pods that occupy a node, by uid. Of their status they have what it was when they came there, or last took other room. */
  readonly pods: Map<string, Pod>
  /** Pods bound by the scheduler whose binding was not delivered yet, by uid. */
  readonly assumed: Map<string, Pod>
  /** uids of pods with affinity or anti-affinity to pods, bound or not. */
  readonly affinityPods: Set<string>
  /** Number of pods, bound or not, by priority. */
  readonly priorities: Map<number, number>
  /** Node name to `namespace/name` of the pods nominated for it; checked against the store when used. */
  readonly nominated: Map<string, Set<string>>
}

export function createMemory(): SchedulerMemory {
  return { nodes: new Map(), pods: new Map(), assumed: new Map(), affinityPods: new Set(), priorities: new Map(), nominated: new Map() }
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

/** Bound and not terminal: it takes room on its node, also while it terminates (SCH-3.16). */
export function occupiesNode(pod: Pod): boolean {
  return !!pod.spec.nodeName && !isTerminal(pod)
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

/** The pod as it occupies its node after the event, undefined when it does not; `known` = the scheduler's own binding, or older than it. */
function occupant(memory: SchedulerMemory, { type, object: pod }: WatchEvent<'Pod'>): Pod | 'known' | undefined {
  const occupies = type !== 'DELETED' && occupiesNode(pod)
  const uid = pod.metadata.uid ?? ''
  const assumed = memory.assumed.size ? memory.assumed.get(uid) : undefined
  if (assumed) {
    if (type !== 'DELETED' && !pod.spec.nodeName) return 'known'
    memory.assumed.delete(uid)
    if (occupies && pod === assumed) return 'known'
  }
  return occupies ? pod : undefined
}

/** Takes one delivered change of a pod into the memory. Returns whether the pods of its node changed. */
export function rememberPod(memory: SchedulerMemory, event: WatchEvent<'Pod'>): boolean {
  const { type, object: pod, old } = event
  const uid = pod.metadata.uid ?? ''
  if (type === 'ADDED') {
    count(memory.priorities, podPriority(pod), 1)
    if (hasPodAffinity(pod)) memory.affinityPods.add(uid)
  } else if (type === 'DELETED') {
    count(memory.priorities, podPriority(pod), -1)
    if (memory.affinityPods.size) memory.affinityPods.delete(uid)
  }
  const before = type === 'DELETED' ? pod.status?.nominatedNodeName : old?.status?.nominatedNodeName
  const after = type === 'DELETED' || pod.spec.nodeName ? undefined : pod.status?.nominatedNodeName
  if (before || after) setNominated(memory, podKey(pod), before, after)

  const now = occupant(memory, event)
  if (now === 'known') return false
  if (!now) return memory.pods.delete(uid) && !!pod.spec.nodeName
  memory.pods.set(uid, now)
  return true
}

/** Counts a pod as on its node before its binding is delivered. @source pkg/scheduler/internal/cache AssumePod */
export function assumePod(memory: SchedulerMemory, bound: Pod): void {
  const uid = bound.metadata.uid ?? ''
  memory.pods.set(uid, bound)
  memory.assumed.set(uid, bound)
}

export function rememberNode(memory: SchedulerMemory, { type, object: node }: WatchEvent<'Node'>): void {
  if (type === 'DELETED') memory.nodes.delete(node.metadata.name)
  else memory.nodes.set(node.metadata.name, node)
}
