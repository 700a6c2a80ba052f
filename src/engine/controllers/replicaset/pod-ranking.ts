import { deletionCostAnnotation, parseDeletionCost } from '#k8s/deletion-cost.ts'
import { isPodReady, podCondition } from '#k8s/pod.ts'
import { sidecarsOf } from '#k8s/sidecar.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { Pod } from '#k8s/types.ts'

const phaseOrder: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 }

/** What decides in which order pods are given up. */
interface Ranked {
  pod: Pod
  assigned: boolean
  phase: number
  ready: boolean
  cost: number
  /** Active pods of the same family on the same node. */
  neighbours: number
  readyAtMs: number
  restarts: number
  sidecarRestarts: number
  createdAtMs: number
}

/** An annotation that says no number costs nothing. */
function deletionCost(pod: Pod): number {
  return parseDeletionCost(pod.metadata.annotations?.[deletionCostAnnotation] ?? '') ?? 0
}

const timeOf = (text: string | undefined): number => (text ? parseTimestamp(text) : 0)

function rank(pod: Pod, neighbours: number): Ranked {
  const ready = isPodReady(pod)
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status
  const most = (statuses: readonly { restartCount: number }[]) => Math.max(0, ...statuses.map((s) => s.restartCount))
  const isSidecar = (name: string) => sidecarsOf(pod.spec).some((c) => c.name === name)
  return {
    pod,
    assigned: !!pod.spec.nodeName,
    phase: phaseOrder[pod.status.phase ?? ''] ?? 0,
    ready,
    cost: deletionCost(pod),
    neighbours,
    readyAtMs: ready ? timeOf(podCondition(pod, 'Ready')?.lastTransitionTime) : 0,
    restarts: most(containerStatuses),
    sidecarRestarts: most(initContainerStatuses.filter(({ name }) => isSidecar(name))),
    createdAtMs: timeOf(pod.metadata.creationTimestamp),
  }
}

/** Base-2 logarithm of an age in nanoseconds, whole; −1 for none. */
const ageBucket = (ageMs: number): number => (ageMs > 0 ? Math.trunc(Math.log2(ageMs * 1e6)) : -1)

/** The younger by age bucket first; in one bucket the smaller uid (WC-2.2). A time that is missing counts as youngest. */
function byAge(a: Ranked, b: Ranked, atA: number, atB: number, nowMs: number): number {
  if (!atA || !atB) return atA ? 1 : -1
  const difference = ageBucket(nowMs - atA) - ageBucket(nowMs - atB)
  return difference !== 0 ? difference : (a.pod.metadata.uid ?? '') < (b.pod.metadata.uid ?? '') ? -1 : 1
}

function compare(a: Ranked, b: Ranked, nowMs: number): number {
  if (a.assigned !== b.assigned) return a.assigned ? 1 : -1
  if (a.phase !== b.phase) return a.phase - b.phase
  if (a.ready !== b.ready) return a.ready ? 1 : -1
  if (a.cost !== b.cost) return a.cost - b.cost
  if (a.neighbours !== b.neighbours) return b.neighbours - a.neighbours
  if (a.ready && a.readyAtMs !== b.readyAtMs) return byAge(a, b, a.readyAtMs, b.readyAtMs, nowMs)
  if (a.restarts !== b.restarts) return b.restarts - a.restarts
  if (a.sidecarRestarts !== b.sidecarRestarts) return b.sidecarRestarts - a.sidecarRestarts
  if (a.createdAtMs !== b.createdAtMs) return byAge(a, b, a.createdAtMs, b.createdAtMs, nowMs)
  return 0
}

/**
 * Pods in the order in which they are given up. `related` = pods of the whole family (all ReplicaSets of one Deployment),
 * which make a crowded node give first. nowMs = milliseconds since 1970. Equals keep their order.
 * @source pkg/controller/controller_utils.go ActivePodsWithRanks; WC-2.2
 */
export function rankPods(pods: readonly Pod[], related: readonly Pod[], nowMs: number): Pod[] {
  const podsOnNode = new Map<string, number>()
  for (const pod of related) podsOnNode.set(pod.spec.nodeName ?? '', (podsOnNode.get(pod.spec.nodeName ?? '') ?? 0) + 1)
  const ranked = pods.map((pod) => rank(pod, podsOnNode.get(pod.spec.nodeName ?? '') ?? 0))
  return ranked.sort((a, b) => compare(a, b, nowMs)).map((item) => item.pod)
}

/**
 * Which of the pods a ReplicaSet gives up when it has `count` too many.
 * @source pkg/controller/replicaset/replica_set.go getPodsToDelete
 */
export function podsToDelete(pods: readonly Pod[], related: readonly Pod[], count: number, nowMs: number): readonly Pod[] {
  return count < pods.length ? rankPods(pods, related, nowMs).slice(0, count) : pods
}
