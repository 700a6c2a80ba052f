import type { Pod } from '#k8s/types.ts'
import type { Random } from '#sim/random.ts'
import type { ClusterView } from './cluster-view.ts'
import { createCycle } from './cycle.ts'
import { rejectingPlugins } from './diagnosis.ts'
import type { FilterName } from './filters/plugin.ts'
import { findNodesThatFitPod } from './find-nodes.ts'
import { selectAmongLike } from './like-pods.ts'
import { fitErrorMessage, noNodesMessage, postFilterMessage } from './messages.ts'
import { findPreemption } from './preemption.ts'
import { prioritizeNodes, selectHost } from './select-host.ts'

/** Why a pod was not placed, and what follows from it. */
export interface SchedulingFailure {
  readonly reason: 'Unschedulable' | 'SchedulerError'
  readonly message: string
  /** Who rejected it; empty = any change may help. */
  readonly plugins: readonly FilterName[]
  /** Pods that must go, from the node that the pod is now nominated for. */
  readonly preempt?: { readonly node: string; readonly victims: readonly Pod[] }
  /** An earlier nomination no longer helps. */
  readonly clearNomination?: boolean
}

/** One attempt: a node, or a failure. `nextStart` = node index at which the next search begins. */
export type ScheduleResult = { readonly nextStart: number } & ({ readonly node: string } | { readonly failure: SchedulingFailure })

/**
 * Tries to place one pod; nothing is written.
 * @source pkg/scheduler/schedule_one.go schedulePod, RunPostFilterPlugins
 */
export function schedulePod(pod: Pod, view: ClusterView, random: Random, start: number): ScheduleResult {
  const nodeCount = view.nodeCount()
  if (nodeCount === 0) return { nextStart: 0, failure: { reason: 'Unschedulable', message: noNodesMessage, plugins: [] } }
  const cycle = createCycle(pod, view)
  const like = selectAmongLike(cycle, start, random)
  if (like) return { nextStart: (start + like.processed) % nodeCount, node: like.node }
  const { feasible, ownScores, diagnosis, error, processed } = findNodesThatFitPod(cycle, start)
  const nextStart = (start + processed) % nodeCount
  if (error) return { nextStart, failure: { reason: 'SchedulerError', message: error, plugins: [] } }
  const only = feasible[0]
  if (only && feasible.length === 1) return { nextStart, node: only.name }
  if (only) return { nextStart, node: selectHost(feasible, prioritizeNodes(cycle, feasible, ownScores), random).name }

  const preemption = findPreemption(cycle, diagnosis)
  const plugins = rejectingPlugins(diagnosis)
  const nominated = preemption.kind === 'nominated'
  const postFilter = nominated ? '' : postFilterMessage(view.version, preemption.message)
  const message = fitErrorMessage(view.version, diagnosis, postFilter)
  return {
    nextStart,
    failure: {
      reason: 'Unschedulable',
      message,
      plugins,
      ...(nominated && { preempt: preemption }),
      ...(preemption.kind === 'hopeless' && { clearNomination: true }),
    },
  }
}
