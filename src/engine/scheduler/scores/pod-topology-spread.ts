import { labelHostname, labelZone } from '#k8s/node.ts'
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

/** How many domains the nodes are in, those without the label in one of their own; undefined when none has it. */
function numberOfDomains(nodes: readonly NodeInfo[], topologyKey: string): number | undefined {
  const domains = new Set<string | undefined>()
  let last: string | undefined
  for (const { node } of nodes) {
    const value = node.metadata.labels?.[topologyKey]
    if (value !== last || domains.size === 0) domains.add(value)
    last = value
  }
  return domains.size === 1 && last === undefined ? undefined : domains.size
}

/** One constraint's part of the scores: what a matching pod weighs, and the pods by domain; without them those of the node itself count. */
interface Part {
  readonly constraint: SpreadConstraint
  readonly weight: number
  readonly domains: ReadonlyMap<string, number> | undefined
}

function partOf(cycle: Cycle, counted: readonly NodeInfo[], constraint: SpreadConstraint, all: readonly SpreadConstraint[]): Part | undefined {
  const { topologyKey } = constraint
  if (topologyKey === labelHostname) return { constraint, weight: domainWeight(counted.length), domains: undefined }
  if (topologyKey === labelZone && !cycle.view.traits().zones) return undefined
  const size = numberOfDomains(counted, topologyKey)
  return size === undefined ? undefined : { constraint, weight: domainWeight(size), domains: countDomains(cycle, constraint, all) }
}

const constraintsOf = (cycle: Cycle): readonly SpreadConstraint[] => {
  const byUser = softConstraints(cycle)
  return byUser.length ? byUser : defaultConstraints(cycle)
}

const partScore = (count: number, weight: number, maxSkew: number): number => count * weight + (maxSkew - 1)

const rounded = (sum: number, isRounded: boolean): number => (isRounded ? Math.round(sum) : Math.trunc(sum))

/** Raw scores: the more matching pods in a node's domains, the higher. undefined for nodes that lack a required label. */
export function rawSpreadScores(cycle: Cycle, nodes: readonly NodeInfo[]): (number | undefined)[] {
  const constraints = constraintsOf(cycle)
  const requireLabels = constraints !== defaultConstraints(cycle)
  const counted = requireLabels ? nodes.filter((info) => hasTopologyLabels(info.node, constraints)) : nodes
  const parts: Part[] = []
  for (const constraint of constraints) {
    const part = partOf(cycle, counted, constraint, constraints)
    if (part) parts.push(part)
  }
  const isRounded = since(cycle.view.version, 'spreadScoreRounded')
  const scores: (number | undefined)[] = []
  for (const info of nodes) {
    const { labels } = info.node.metadata
    let sum = 0
    for (const { constraint, weight, domains } of parts) {
      const value = labels?.[constraint.topologyKey]
      if (value === undefined) continue
      const count = domains ? (domains.get(value) ?? 0) : info.count(constraint.countKey, constraint.counts)
      sum += partScore(count, weight, constraint.maxSkew)
    }
    if (requireLabels && !hasTopologyLabels(info.node, constraints)) scores.push(undefined)
    else scores.push(rounded(sum, isRounded))
  }
  return scores
}

/**
 * The constraint by which hosts alone are told apart, for a pod that is spread by default where no node names a zone; `none` for one that is
 * not spread at all, undefined where it takes more than the pods of a host to rate it.
 */
export function spreadOverHosts(cycle: Cycle): SpreadConstraint | 'none' | undefined {
  if (cycle.pod.spec.topologySpreadConstraints?.length) return undefined
  const constraints = defaultConstraints(cycle)
  if (constraints.length === 0) return 'none'
  return cycle.view.traits().zones ? undefined : constraints.find(({ topologyKey }) => topologyKey === labelHostname)
}

/** Raw score of a host with so many matching pods, among so many fit ones: the more, the higher. */
export function rawHostScore(count: number, weight: number, maxSkew: number, isRounded: boolean): number {
  return rounded(partScore(count, weight, maxSkew), isRounded)
}

/** What one constraint's matching pods weigh, spread over so many domains. */
export const domainWeight = (domains: number): number => Math.log(domains + 2)

/** The highest raw score becomes 0 or more, the lowest 100 or less. */
export const normalizedSpreadScore = (raw: number, lowest: number, highest: number): number =>
  highest === 0 ? maxNodeScore : Math.floor((maxNodeScore * (highest + lowest - raw)) / highest)

/** The highest raw score becomes the lowest; nodes without score get 0. */
export function normalizeSpreadScores(raw: readonly (number | undefined)[]): number[] {
  let highest = 0
  let lowest = Number.MAX_SAFE_INTEGER
  for (const score of raw) {
    if (score === undefined) continue
    if (score > highest) highest = score
    if (score < lowest) lowest = score
  }
  const scores: number[] = []
  for (const score of raw) {
    if (score === undefined) scores.push(0)
    else scores.push(normalizedSpreadScore(score, lowest, highest))
  }
  return scores
}

/** Soft topology spread: the pod's own constraints, or the defaults over hosts and zones. @source plugins/podtopologyspread/scoring.go; SCH-5.8 */
export const podTopologySpread: ScorePlugin = {
  name: 'PodTopologySpread',
  weight: 2,
  skips: (cycle) => constraintsOf(cycle).length === 0,
  score: (cycle, nodes) => normalizeSpreadScores(rawSpreadScores(cycle, nodes)),
}
