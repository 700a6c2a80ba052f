import { type Cycle, cycleWithNode } from './cycle.ts'
import { clusterFilters } from './filters/index.ts'
import type { FilterFailure, FilterPlugin } from './filters/plugin.ts'
import { ownFailure } from './judgement.ts'
import { podPriority } from './memory.ts'
import { NodeInfo } from './node-info.ts'

/** The first of these filters that keeps the pod from the node. */
export function firstFailure(plugins: readonly FilterPlugin[], cycle: Cycle, info: NodeInfo): FilterFailure | undefined {
  for (const plugin of plugins) {
    const failure = plugin.filter(cycle, info)
    if (failure) return failure
  }
  return undefined
}

/** The first filter that keeps the pod from the node; undefined when none does. SCH-2.1 */
export function runFilters(cycle: Cycle, info: NodeInfo): FilterFailure | undefined {
  return ownFailure(cycle, info) ?? firstFailure(clusterFilters, cycle, info)
}

/**
 * As runFilters, but pods of equal or higher priority that are nominated for the node count as if they were there; the pod
 * must fit with and without them. `run` = how it is tried without. @source framework/runtime RunFilterPluginsWithNominatedPods; SCH-8.6
 */
export function runFiltersWithNominatedPods(
  cycle: Cycle,
  info: NodeInfo,
  run: () => FilterFailure | undefined = () => runFilters(cycle, info),
): FilterFailure | undefined {
  const { pod, view } = cycle
  const nominated = view.nominatedPods(info.name)
  if (nominated.length) {
    const priority = podPriority(pod)
    const others = nominated.filter((other) => podPriority(other) >= priority && other.metadata.uid !== pod.metadata.uid)
    if (others.length) {
      const crowded = new NodeInfo(info.node, [...info.pods, ...others])
      const failure = runFilters(cycleWithNode(cycle, crowded), crowded)
      if (failure) return failure
    }
  }
  return run()
}
