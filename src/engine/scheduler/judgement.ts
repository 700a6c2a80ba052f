import type { Cycle } from './cycle.ts'
import { ownFilters } from './filters/index.ts'
import type { FilterFailure } from './filters/plugin.ts'
import type { NodeInfo } from './node-info.ts'
import { ownScores } from './scores/index.ts'

/** What one node, as it is, says to pods that are alike, whatever other nodes there are. */
export interface Judgement {
  /** The first of the node's own filters that keeps them away. */
  readonly failure: FilterFailure | undefined
  /** Sum of weight × score over the plugins that rate a node by itself; 0 after a failure. */
  readonly score: number
}

/** The first filter that looks at the pod and one node alone and fails. */
export function ownFailure(cycle: Cycle, info: NodeInfo): FilterFailure | undefined {
  for (const plugin of ownFilters) {
    const failure = plugin.filter(cycle, info)
    if (failure) return failure
  }
  return undefined
}

function ownScore(cycle: Cycle, info: NodeInfo): number {
  let sum = 0
  for (const plugin of ownScores) sum += plugin.weight * plugin.scoreNode(cycle, info)
  return sum
}

export function judge(cycle: Cycle, info: NodeInfo): Judgement {
  const failure = ownFailure(cycle, info)
  return { failure, score: failure ? 0 : ownScore(cycle, info) }
}
