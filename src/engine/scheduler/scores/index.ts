import { balancedAllocation } from './balanced-allocation.ts'
import { imageLocality } from './image-locality.ts'
import { interPodAffinity } from './inter-pod-affinity.ts'
import { nodeAffinity } from './node-affinity.ts'
import { nodeResourcesFit } from './node-resources-fit.ts'
import type { ScorePlugin } from './plugin.ts'
import { podTopologySpread } from './pod-topology-spread.ts'
import { taintToleration } from './taint-toleration.ts'

/** The score plugins with their weights (SCH-2.3). */
export const scores: readonly ScorePlugin[] = [
  taintToleration,
  nodeAffinity,
  podTopologySpread,
  interPodAffinity,
  nodeResourcesFit,
  balancedAllocation,
  imageLocality,
]
