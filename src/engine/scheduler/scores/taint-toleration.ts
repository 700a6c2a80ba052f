import { isSoftTaint, toleratesTaint } from '#k8s/taint.ts'
import { normalizeScores, type ScorePlugin } from './plugin.ts'

/** Fewer untolerated PreferNoSchedule taints are better. @source plugins/tainttoleration Score; SCH-5.6 */
export const taintToleration: ScorePlugin = {
  name: 'TaintToleration',
  weight: 3,
  skips: ({ view }) => !view.traits().softTaints,
  score: ({ pod }, nodes) => {
    const tolerations = pod.spec.tolerations?.filter((t) => !t.effect || t.effect === 'PreferNoSchedule')
    const counts = nodes.map(({ node }) => {
      let count = 0
      for (const taint of node.spec.taints ?? []) if (isSoftTaint(taint) && !toleratesTaint(tolerations, taint)) count++
      return count
    })
    return normalizeScores(counts, true)
  },
}
