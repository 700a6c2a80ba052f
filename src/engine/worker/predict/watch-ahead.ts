import { controllerOf } from '#k8s/owner.ts'
import { isPodReady, isTerminating, targetNode } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import type { PredictedPod, PredictedWorkload } from '#protocol/prediction.ts'
import type { Cluster } from '../../cluster.ts'
import type { Finding } from '../background.ts'
import { type PodLife, pairPods } from './pair-pods.ts'
import { workloadNumbers } from './workload-numbers.ts'

const maxAheadMs = 600_000
/** Longer than the 300 s a pod tolerates a node in trouble. */
const quietMs = 330_000
const maxSteps = 200_000
/** Timers in one portion. */
const portionSteps = 10

/** What happened on a cluster that was run ahead. */
export interface Ahead {
  pods: PredictedPod[]
  workloads: Map<string, PredictedWorkload>
  /** Of those workloads the ones that `act` itself wrote. */
  written: ReadonlySet<string>
  durationMs: number
  settled: boolean
}

/** The workload a pod belongs to: its controller, or the controller of that. */
function ownerOf(cluster: Cluster, pod: Pod): string {
  const owner = controllerOf(pod)
  if (!owner) return ''
  const above = owner.kind === 'ReplicaSet' ? cluster.core.state.tables.ReplicaSet.get(`${pod.metadata.namespace}/${owner.name}`) : undefined
  const top = (above && controllerOf(above)) ?? owner
  return `${top.kind} ${top.name}`
}

/**
 * Does something to a cluster of its own and runs that on until nothing changes any more, at most ten minutes of cluster time. `step` lets
 * the next timer come due, where more waits for it than the cluster.
 */
export function* watchingAhead(cluster: Cluster, act: () => void, step: (dueMs: number) => unknown = () => cluster.step()): Finding<Ahead> {
  const { core } = cluster
  const startMs = cluster.nowMs
  const lives = new Map<string, PodLife>()
  const workloads = new Map<string, PredictedWorkload>()
  const written = new Set<string>()
  let acting = true
  for (const pod of core.state.tables.Pod.values())
    lives.set(pod.metadata.uid ?? '', {
      pod,
      owner: ownerOf(cluster, pod),
      node: targetNode(pod),
      leaving: isTerminating(pod) ? 'before' : undefined,
    })
  for (const kind of ['DaemonSet', 'Deployment', 'StatefulSet'] as const)
    for (const object of core.state.tables[kind].values()) {
      const numbers = workloadNumbers(object)
      if (numbers) workloads.set(object.metadata.uid ?? '', { ...numbers, availableBefore: numbers.available, lowestAvailable: numbers.available })
    }
  const stop = core.listen((type, object) => {
    const uid = object.metadata.uid ?? ''
    const atMs = cluster.nowMs - startMs
    const numbers = workloadNumbers(object)
    if (numbers) {
      const known = workloads.get(uid)
      if (acting) written.add(uid)
      workloads.set(uid, {
        ...numbers,
        ...(known?.availableBefore !== undefined && { availableBefore: known.availableBefore }),
        lowestAvailable: Math.min(known?.lowestAvailable ?? numbers.available, numbers.available),
      })
    }
    if (object.kind !== 'Pod') return
    const pod = object as Pod
    const life: PodLife = lives.get(uid) ?? { pod, owner: ownerOf(cluster, pod), createdAtMs: atMs }
    life.pod = pod
    life.node = targetNode(pod)
    if (life.leaving === undefined && (type === 'DELETED' || isTerminating(pod))) life.leaving = atMs
    if (life.readyAtMs === undefined && isPodReady(pod)) life.readyAtMs = atMs
    lives.set(uid, life)
  })
  act()
  acting = false
  const endMs = startMs + maxAheadMs
  let budget = maxSteps
  let due = cluster.nextTimerMs
  while (due !== undefined && due <= Math.min(endMs, Math.max(startMs, core.state.lastChangeMs) + quietMs) && budget > 0) {
    step(due)
    due = cluster.nextTimerMs
    budget--
    if (budget % portionSteps === 0) yield { done: cluster.nowMs - startMs }
  }
  stop()
  const lastMs = Math.max(startMs, core.state.lastChangeMs)
  return {
    pods: pairPods([...lives.values()], cluster.nowMs - startMs),
    workloads,
    written,
    durationMs: lastMs - startMs,
    settled: budget > 0 && (due === undefined || due > lastMs + quietMs),
  }
}
