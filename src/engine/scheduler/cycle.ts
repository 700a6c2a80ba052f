import type { Pod } from '#k8s/types.ts'
import { type ClusterView, withNode } from './cluster-view.ts'
import type { NodeInfo } from './node-info.ts'

/**
 * One attempt to place one pod. `memo` holds what plugins compute once per attempt.
 * @source pkg/scheduler/framework/cycle_state.go CycleState
 */
export interface Cycle {
  readonly pod: Pod
  readonly view: ClusterView
  memo: { readonly value: unknown }[] | undefined
}

export function createCycle(pod: Pod, view: ClusterView): Cycle {
  return { pod, view, memo: undefined }
}

/** The same attempt in a cluster where this node has other pods. */
export function cycleWithNode(cycle: Cycle, info: NodeInfo): Cycle {
  return createCycle(cycle.pod, withNode(cycle.view, info))
}

/** Computations that are done once per cycle. Each has a place of its own in the memo. */
let computations = 0

/** `compute`, done once per cycle. */
export function oncePerCycle<T>(compute: (cycle: Cycle) => T): (cycle: Cycle) => T {
  const at = computations++
  return (cycle) => {
    cycle.memo ??= []
    cycle.memo[at] ??= { value: compute(cycle) }
    return cycle.memo[at].value as T
  }
}
