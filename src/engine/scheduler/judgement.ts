import { type Cycle, oncePerCycle } from './cycle.ts'
import { ownFilters } from './filters/index.ts'
import type { FilterFailure } from './filters/plugin.ts'
import { likenessOf } from './likeness.ts'
import type { Judgement, NodeInfo } from './node-info.ts'
import { ownScores } from './scores/index.ts'

/** What the pod is to any node. */
export const likeness = oncePerCycle(({ pod }) => likenessOf(pod.spec))

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

/** The node's own judgement. It keeps the last one, until it or its pods change: pods of one owner mostly come one after the other. */
export function judge(cycle: Cycle, info: NodeInfo, of = likeness(cycle)): Judgement {
  if (info.memo?.of === of) return info.memo
  const failure = ownFailure(cycle, info)
  const judgement: Judgement = { of, failure, score: failure ? 0 : ownScore(cycle, info) }
  info.memo = judgement
  return judgement
}
