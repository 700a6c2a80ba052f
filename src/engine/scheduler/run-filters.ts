import { type Cycle, cycleWithNode } from './cycle.ts'
import { filters } from './filters/index.ts'
import type { FilterFailure } from './filters/plugin.ts'
import { podPriority } from './memory.ts'
import { NodeInfo } from './node-info.ts'

/** The first filter that keeps the pod from the node; undefined when none does. SCH-2.1 */
export function runFilters(cycle: Cycle, info: NodeInfo): FilterFailure | undefined {
  for (const plugin of filters) {
    const failure = plugin.filter(cycle, info)
    if (failure) return failure
  }
  return undefined
}

/**
 * As runFilters, but pods of equal or higher priority that are nominated for the node count as if they were there; the pod
 * must fit with and without them. @source framework/runtime RunFilterPluginsWithNominatedPods; SCH-8.6
 */
export function runFiltersWithNominatedPods(cycle: Cycle, info: NodeInfo): FilterFailure | undefined {
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
  return runFilters(cycle, info)
}
