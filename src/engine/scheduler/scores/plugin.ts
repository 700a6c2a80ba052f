import type { Cycle } from '../cycle.ts'
import type { NodeInfo } from '../node-info.ts'

export const maxNodeScore = 100

export type ScoreName =
  | 'TaintToleration'
  | 'NodeAffinity'
  | 'PodTopologySpread'
  | 'InterPodAffinity'
  | 'NodeResourcesFit'
  | 'NodeResourcesBalancedAllocation'
  | 'ImageLocality'

export interface ScorePlugin {
  readonly name: ScoreName
  readonly weight: number
  /** Scores 0 … 100 of the feasible nodes, in their order; undefined = the plugin has nothing to say and adds 0 to all. */
  score(cycle: Cycle, nodes: readonly NodeInfo[]): readonly number[] | undefined
}

/** Scales so that the highest score becomes 100 (or, reversed, 0); all zero stays 0 (reversed: 100). @source helper.DefaultNormalizeScore */
export function normalizeScores(scores: readonly number[], reverse = false): number[] {
  const highest = Math.max(0, ...scores)
  return scores.map((score) => {
    const scaled = highest === 0 ? 0 : Math.floor((maxNodeScore * score) / highest)
    return reverse ? maxNodeScore - scaled : scaled
  })
}
