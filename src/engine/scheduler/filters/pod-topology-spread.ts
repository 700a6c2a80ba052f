import { hardConstraints } from '../spread-constraints.ts'
import { spreadCounts } from '../spread-counts.ts'
import type { ClusterFilterPlugin, FilterFailure } from './plugin.ts'

const reason = "node(s) didn't match pod topology spread constraints"

/**
 * Hard topology spread constraints (`DoNotSchedule`): the pods in the node's domain plus this one must not exceed the emptiest
 * domain by more than maxSkew. @source plugins/podtopologyspread/filtering.go Filter; SCH-3.7
 */
export const podTopologySpread: ClusterFilterPlugin = {
  name: 'PodTopologySpread',
  skips: (cycle) => hardConstraints(cycle).length === 0,
  filter: (cycle, info) => {
    for (const constraint of hardConstraints(cycle)) {
      const { topologyKey, maxSkew } = constraint
      const fail = (text: string, resolvable: boolean, skew?: number): FilterFailure => ({
        plugin: 'PodTopologySpread',
        reasons: [text],
        resolvable,
        detail: { kind: 'spread', topologyKey, skew, maxSkew },
      })
      const value = info.node.metadata.labels?.[topologyKey]
      if (value === undefined) return fail(`${reason} (missing required label)`, false)
      const { domains, minimum } = spreadCounts(cycle, constraint)
      const self = constraint.matches(cycle.pod.metadata.labels) ? 1 : 0
      const skew = (domains.get(value) ?? 0) + self - minimum
      if (skew > maxSkew) return fail(reason, true, skew)
    }
    return undefined
  },
}
