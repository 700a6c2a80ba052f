import type { FilterFailure, FilterName } from './filters/plugin.ts'

/**
 * Why no node was found. Nodes are either named in `failures`, or counted in `others`, or (1.25 to 1.28, pinned pods) not looked at.
 * @source pkg/scheduler/framework/types.go Diagnosis
 */
export interface Diagnosis {
  readonly nodeCount: number
  readonly failures: ReadonlyMap<string, FilterFailure>
  /** Nodes that preemption cannot help, alike ones counted together. */
  readonly others: readonly { readonly failure: FilterFailure; readonly count: number }[]
  /** Set when it was clear before looking at any node. */
  readonly preFilterMessage?: string
}

/** All plugins that rejected the pod on any node; they decide which changes wake it (SCH-7.5). */
export function rejectingPlugins({ failures, others }: Diagnosis): FilterName[] {
  const names = new Set<FilterName>()
  for (const failure of failures.values()) names.add(failure.plugin)
  for (const { failure } of others) names.add(failure.plugin)
  return [...names]
}

/** How many nodes each reason holds for. */
export function countReasons({ failures, others }: Diagnosis): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (failure: FilterFailure, count: number) => {
    for (const reason of failure.reasons) counts.set(reason, (counts.get(reason) ?? 0) + count)
  }
  for (const failure of failures.values()) add(failure, 1)
  for (const { failure, count } of others) add(failure, count)
  return counts
}
