import { matchesNodeSelectorTerm } from '#k8s/selector.ts'
import { normalizeScores, type ScorePlugin } from './plugin.ts'

/** Sum of the weights of the preferred terms that the node meets. @source plugins/nodeaffinity Score; SCH-4.7 */
export const nodeAffinity: ScorePlugin = {
  name: 'NodeAffinity',
  weight: 2,
  score: ({ pod }, nodes) => {
    const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution
    if (!preferred?.length) return undefined
    const sums = nodes.map(({ node }) => {
      const { name, labels } = node.metadata
      let sum = 0
      for (const { weight, preference } of preferred) if (weight && matchesNodeSelectorTerm(preference, { name, labels })) sum += weight
      return sum
    })
    return normalizeScores(sums)
  },
}
