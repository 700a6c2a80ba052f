import type { KubeNode, Pod, PodAffinityTerm } from '#k8s/types.ts'
import { requiredAffinityTerms, termMatches } from '../affinity-terms.ts'
import type { Cycle } from '../cycle.ts'
import { hasPodAffinity } from '../memory.ts'
import { maxNodeScore, type ScorePlugin } from './plugin.ts'

/** Weight of an existing pod's required affinity for the incoming pod. */
const hardPodAffinityWeight = 1

interface Weighted {
  readonly term: PodAffinityTerm
  readonly weight: number
}

const preferred = (pod: Pod, rule: 'podAffinity' | 'podAntiAffinity', sign: number): Weighted[] =>
  (pod.spec.affinity?.[rule]?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((p) => ({
    term: p.podAffinityTerm,
    weight: sign * p.weight,
  }))

const preferences = (pod: Pod): Weighted[] => [...preferred(pod, 'podAffinity', 1), ...preferred(pod, 'podAntiAffinity', -1)]

function sumPairs({ pod, view }: Cycle): Map<string, number> {
  const sums = new Map<string, number>()
  const add = (node: KubeNode, { term, weight }: Weighted, owner: Pod, target: Pod) => {
    const value = node.metadata.labels?.[term.topologyKey]
    if (value === undefined || !termMatches(term, owner, target, view)) return
    const pair = `${term.topologyKey}=${value}`
    sums.set(pair, (sums.get(pair) ?? 0) + weight)
  }
  const own = preferences(pod)
  if (own.length) for (const info of view.nodes()) for (const other of info.pods) for (const weighted of own) add(info.node, weighted, pod, other)
  for (const { pod: other, node } of view.podsWithAffinity()) {
    for (const weighted of preferences(other)) add(node, weighted, other, pod)
    for (const term of requiredAffinityTerms(other)) add(node, { term, weight: hardPodAffinityWeight }, other, pod)
  }
  return sums
}

/** Preferred affinity of the pod to others and of others to it. @source plugins/interpodaffinity/scoring.go; SCH-5.9 */
export const interPodAffinity: ScorePlugin = {
  name: 'InterPodAffinity',
  weight: 2,
  skips: ({ pod, view }) => !hasPodAffinity(pod) && view.podsWithAffinity().length === 0,
  score: (cycle, nodes) => {
    const sums = sumPairs(cycle)
    const raw = nodes.map(({ node }) => {
      let sum = 0
      for (const [pair, weight] of sums) {
        const key = pair.slice(0, pair.indexOf('='))
        const value = node.metadata.labels?.[key]
        if (value !== undefined && pair === `${key}=${value}`) sum += weight
      }
      return sum
    })
    const lowest = Math.min(...raw)
    const range = Math.max(...raw) - lowest
    return raw.map((sum) => (range > 0 ? Math.trunc(maxNodeScore * ((sum - lowest) / range)) : 0))
  },
}
