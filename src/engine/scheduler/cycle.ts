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
  memo: Map<unknown, unknown> | undefined
}

export function createCycle(pod: Pod, view: ClusterView): Cycle {
  return { pod, view, memo: undefined }
}

/** The same attempt in a cluster where this node has other pods. */
export function cycleWithNode(cycle: Cycle, info: NodeInfo): Cycle {
  return createCycle(cycle.pod, withNode(cycle.view, info))
}

/** `compute`, done once per cycle. */
export function oncePerCycle<T>(compute: (cycle: Cycle) => T): (cycle: Cycle) => T {
  return (cycle) => {
    cycle.memo ??= new Map()
    const { memo } = cycle
    const known = memo.get(compute)
    if (known !== undefined || memo.has(compute)) return known as T
    const value = compute(cycle)
    memo.set(compute, value)
    return value
  }
}
