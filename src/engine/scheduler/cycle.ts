import type { Pod } from '#k8s/types.ts'
import { type ClusterView, withNode } from './cluster-view.ts'
import type { NodeInfo } from './node-info.ts'

/**
 * One attempt to place one pod. Plugins keep what they compute once per attempt in WeakMaps keyed by it.
 * @source pkg/scheduler/framework/cycle_state.go CycleState
 */
export interface Cycle {
  readonly pod: Pod
  readonly view: ClusterView
}

/** The same attempt in a cluster where this node has other pods. */
export function cycleWithNode(cycle: Cycle, info: NodeInfo): Cycle {
  return { pod: cycle.pod, view: withNode(cycle.view, info) }
}

/** `compute`, done once per cycle. */
export function oncePerCycle<T>(compute: (cycle: Cycle) => T): (cycle: Cycle) => T {
  const known = new WeakMap<Cycle, { value: T }>()
  return (cycle) => {
    let entry = known.get(cycle)
    if (!entry) {
      entry = { value: compute(cycle) }
      known.set(cycle, entry)
    }
    return entry.value
  }
}
