import { affinityCounts } from '../affinity-counts.ts'
import type { ClusterFilterPlugin, FilterDetail, FilterFailure } from './plugin.ts'

type Rule = Extract<FilterDetail, { kind: 'pod-affinity' }>['rule']

const failure = (text: string, resolvable: boolean, rule: Rule): FilterFailure => ({
  plugin: 'InterPodAffinity',
  reasons: [text],
  resolvable,
  detail: { kind: 'pod-affinity', rule },
})

const affinityFailure = failure("node(s) didn't match pod affinity rules", false, 'affinity')
const antiAffinityFailure = failure("node(s) didn't match pod anti-affinity rules", true, 'anti-affinity')
const existingFailure = failure("node(s) didn't satisfy existing pods anti-affinity rules", true, 'existing-anti-affinity')

/** Required affinity and anti-affinity to other pods, and theirs to this one. @source plugins/interpodaffinity/filtering.go Filter; SCH-3.8 */
export const interPodAffinity: ClusterFilterPlugin = {
  name: 'InterPodAffinity',
  skips: (cycle) => affinityCounts(cycle) === undefined,
  filter: (cycle, { node }) => {
    const counts = affinityCounts(cycle)
    if (!counts) return undefined
    const labels = node.metadata.labels
    const near = (pairs: ReadonlyMap<string, number>, key: string) => labels?.[key] !== undefined && (pairs.get(`${key}=${labels[key]}`) ?? 0) > 0
    if (counts.affinityKeys.some((key) => labels?.[key] === undefined)) return affinityFailure
    // the first pod of a group that wants to be near itself may go anywhere
    if (!counts.affinityKeys.every((key) => near(counts.affinity, key)) && !(counts.affinity.size === 0 && counts.matchesItself))
      return affinityFailure
    if (counts.antiAffinityKeys.some((key) => near(counts.antiAffinity, key))) return antiAffinityFailure
    for (const [pair, key] of counts.existing) if (labels?.[key] !== undefined && pair === `${key}=${labels[key]}`) return existingFailure
    return undefined
  },
}
