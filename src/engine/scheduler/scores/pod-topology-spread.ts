import { labelHostname } from '#k8s/node.ts'
import { since } from '#k8s/version.ts'
import type { Cycle } from '../cycle.ts'
import { domainOf } from '../domain-counts.ts'
import type { NodeInfo } from '../node-info.ts'
import type { SpreadConstraint } from '../spread-constraint.ts'
import { countMatchingPods, defaultConstraints, softConstraints } from '../spread-constraints.ts'
import { countsForSpread, hasTopologyLabels } from '../spread-counts.ts'
import { maxNodeScore, type ScorePlugin } from './plugin.ts'

/** Matching pods by domain, over the nodes that count for the pod. */
function countDomains(cycle: Cycle, constraint: SpreadConstraint, constraints: readonly SpreadConstraint[]): ReadonlyMap<string, number> {
  const requireLabels = constraints !== defaultConstraints(cycle)
  // for a pod without rules about nodes every node counts, so all such pods share the counts
  if (!requireLabels && !constraint.honorAffinity && !constraint.honorTaints) return cycle.view.domainCounts(constraint)
  const domains = new Map<string, number>()
  for (const info of cycle.view.nodes()) {
    if ((requireLabels && !hasTopologyLabels(info.node, constraints)) || !countsForSpread(cycle.pod, info.node, constraint)) continue
    const domain = domainOf(info, constraint.topologyKey)
    domains.set(domain, (domains.get(domain) ?? 0) + countMatchingPods(info, constraint))
  }
  return domains
}

function numberOfDomains(nodes: readonly NodeInfo[], topologyKey: string): number {
  const domains = new Set<string>()
  let last: string | undefined
  for (const info of nodes) {
    const domain = domainOf(info, topologyKey)
    if (domain !== last) domains.add(domain)
    last = domain
  }
  return domains.size
}

/** Raw scores: the more matching pods in a node's domains, the higher. undefined for nodes that lack a required label. */
export function rawSpreadScores(cycle: Cycle, nodes: readonly NodeInfo[]): (number | undefined)[] | undefined {
  const byUser = softConstraints(cycle)
  const constraints = byUser.length ? byUser : defaultConstraints(cycle)
  if (!constraints.length) return undefined
  const requireLabels = byUser.length > 0
  const counted = requireLabels ? nodes.filter((info) => hasTopologyLabels(info.node, constraints)) : nodes
  const parts = constraints.map((constraint) => {
    const { topologyKey } = constraint
    if (topologyKey === labelHostname) return { constraint, domains: undefined, weight: Math.log(counted.length + 2) }
    return { constraint, domains: countDomains(cycle, constraint, constraints), weight: Math.log(numberOfDomains(counted, topologyKey) + 2) }
  })
  const toInteger = since(cycle.view.version, 'spreadScoreRounded') ? Math.round : Math.trunc
  return nodes.map((info) => {
    if (requireLabels && !hasTopologyLabels(info.node, constraints)) return undefined
    let sum = 0
    for (let i = 0; i < parts.length; i++) {
      const { constraint, domains, weight } = parts[i] as (typeof parts)[number]
      const value = info.node.metadata.labels?.[constraint.topologyKey]
      if (value === undefined) continue
      const count = domains ? (domains.get(value) ?? 0) : countMatchingPods(info, constraint)
      sum += count * weight + (constraint.maxSkew - 1)
    }
    return toInteger(sum)
  })
}

/** The highest raw score becomes the lowest; nodes without score get 0. */
export function normalizeSpreadScores(raw: readonly (number | undefined)[]): number[] {
  let highest = 0
  let lowest = Number.MAX_SAFE_INTEGER
  for (const score of raw) {
    if (score === undefined) continue
    if (score > highest) highest = score
    if (score < lowest) lowest = score
  }
  return raw.map((score) => {
    if (score === undefined) return 0
    return highest === 0 ? maxNodeScore : Math.floor((maxNodeScore * (highest + lowest - score)) / highest)
  })
}

/** Soft topology spread: the pod's own constraints, or the defaults over hosts and zones. @source plugins/podtopologyspread/scoring.go; SCH-5.8 */
export const podTopologySpread: ScorePlugin = {
  name: 'PodTopologySpread',
  weight: 2,
  score: (cycle, nodes) => {
    const raw = rawSpreadScores(cycle, nodes)
    return raw && normalizeSpreadScores(raw)
  },
}
