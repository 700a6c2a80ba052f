import type { PreferredSchedulingTerm } from '#k8s/selection-types.ts'
import { matchesNodeSelectorTerm } from '#k8s/selector.ts'
import type { Pod } from '#k8s/types.ts'
import { normalizeScores, type ScorePlugin } from './plugin.ts'

const none: readonly PreferredSchedulingTerm[] = []

const preferredTerms = ({ spec }: Pod): readonly PreferredSchedulingTerm[] =>
  spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? none

/** Sum of the weights of the preferred terms that the node meets. @source plugins/nodeaffinity Score; SCH-4.7 */
export const nodeAffinity: ScorePlugin = {
  name: 'NodeAffinity',
  weight: 2,
  skips: ({ pod }) => preferredTerms(pod).length === 0,
  score: ({ pod }, nodes) => {
    const preferred = preferredTerms(pod)
    const sums = nodes.map(({ node }) => {
      const { name, labels } = node.metadata
      let sum = 0
      for (const { weight, preference } of preferred) if (weight && matchesNodeSelectorTerm(preference, { name, labels })) sum += weight
      return sum
    })
    return normalizeScores(sums)
  },
}
