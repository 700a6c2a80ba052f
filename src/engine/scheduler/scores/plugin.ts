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

interface Plugin {
  readonly name: ScoreName
  readonly weight: number
}

/** Rates each node by itself. */
export interface NodeScorePlugin extends Plugin {
  /** 0 … 100 from the pod's spec and the one node. */
  scoreNode(cycle: Cycle, info: NodeInfo): number
}

/** Rates nodes beside each other. */
export interface ScorePlugin extends Plugin {
  /** Whether all nodes have the same score, so that it need not be asked. @source framework Skip of a PreScore */
  skips(cycle: Cycle): boolean
  /** Scores 0 … 100 of the feasible nodes, in their order. */
  score(cycle: Cycle, nodes: readonly NodeInfo[]): readonly number[]
}

/** Scales so that the highest score becomes 100 (or, reversed, 0); all zero stays 0 (reversed: 100). @source helper.DefaultNormalizeScore */
export function normalizeScores(scores: readonly number[], reverse = false): number[] {
  const highest = Math.max(0, ...scores)
  return scores.map((score) => {
    const scaled = highest === 0 ? 0 : Math.floor((maxNodeScore * score) / highest)
    return reverse ? maxNodeScore - scaled : scaled
  })
}
