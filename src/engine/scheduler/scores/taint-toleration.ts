import { toleratesTaint } from '#k8s/taint.ts'
import type { Taint } from '#k8s/types.ts'
import type { NodeInfo } from '../node-info.ts'
import { normalizeScores, type ScorePlugin } from './plugin.ts'

const isSoft = (taint: Taint): boolean => taint.effect === 'PreferNoSchedule'

const hasSoftTaint = ({ node }: NodeInfo): boolean => node.spec.taints?.some(isSoft) ?? false

/** Fewer untolerated PreferNoSchedule taints are better. @source plugins/tainttoleration Score; SCH-5.6 */
export const taintToleration: ScorePlugin = {
  name: 'TaintToleration',
  weight: 3,
  score: ({ pod }, nodes) => {
    if (!nodes.some(hasSoftTaint)) return undefined
    const tolerations = pod.spec.tolerations?.filter((t) => !t.effect || t.effect === 'PreferNoSchedule')
    const counts = nodes.map(({ node }) => {
      let count = 0
      for (const taint of node.spec.taints ?? []) if (isSoft(taint) && !toleratesTaint(tolerations, taint)) count++
      return count
    })
    return normalizeScores(counts, true)
  },
}
