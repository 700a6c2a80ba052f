import { balancedAllocation } from './balanced-allocation.ts'
import { imageLocality } from './image-locality.ts'
import { interPodAffinity } from './inter-pod-affinity.ts'
import { nodeAffinity } from './node-affinity.ts'
import { nodeResourcesFit } from './node-resources-fit.ts'
import type { NodeScorePlugin, ScorePlugin } from './plugin.ts'
import { podTopologySpread } from './pod-topology-spread.ts'
import { taintToleration } from './taint-toleration.ts'

/** The score plugins that rate a node by itself; all have their weights by SCH-2.3. */
export const ownScores: readonly NodeScorePlugin[] = [nodeResourcesFit, balancedAllocation]

/** The score plugins that rate nodes beside each other. */
export const comparingScores: readonly ScorePlugin[] = [taintToleration, nodeAffinity, podTopologySpread, interPodAffinity, imageLocality]
