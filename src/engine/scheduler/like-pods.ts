import { labelHostname } from '#k8s/node.ts'
import { since } from '#k8s/version.ts'
import type { Random } from '#sim/random.ts'
import type { Cycle } from './cycle.ts'
import { clusterFilters } from './filters/index.ts'
import { numFeasibleNodesToFind } from './find-nodes.ts'
import { type Judgement, judge } from './judgement.ts'
import { likenessOf } from './likeness.ts'
import type { NodeInfo } from './node-info.ts'
import { comparingScores } from './scores/index.ts'
import { domainWeight, normalizedSpreadScore, podTopologySpread, rawHostScore, spreadOverHosts } from './scores/pod-topology-spread.ts'
import { selectHost } from './select-host.ts'
import type { SpreadConstraint } from './spread-constraint.ts'
import { countMatchingPods } from './spread-constraints.ts'

/** The node taken, and how many were looked at. */
export interface Selected {
  readonly node: string
  readonly processed: number
}

/** Nothing but its own pods and itself tells the nodes apart for this pod: no filter and no score has to look at two of them. */
function ratesNodesAlone(cycle: Cycle): boolean {
  if (cycle.pod.spec.affinity || cycle.view.hasNominatedPods()) return false
  for (const filter of clusterFilters) if (!filter.skips(cycle)) return false
  for (const score of comparingScores) if (score !== podTopologySpread && !score.skips(cycle)) return false
  return true
}

/** What a host's pods are worth in points, by how many more they are than the fewest on any of the fit nodes. */
function spreadWorths(
  { view }: Cycle,
  { maxSkew }: SpreadConstraint,
  { fit, fewest, most }: { fit: number; fewest: number; most: number },
): number[] {
  const weight = domainWeight(fit)
  const isRounded = since(view.version, 'spreadScoreRounded')
  const lowest = rawHostScore(fewest, weight, maxSkew, isRounded)
  const highest = rawHostScore(most, weight, maxSkew, isRounded)
  const worths: number[] = []
  for (let count = fewest; count <= most; count++)
    worths.push(podTopologySpread.weight * normalizedSpreadScore(rawHostScore(count, weight, maxSkew, isRounded), lowest, highest))
  return worths
}

/**
 * The same choice as by findNodesThatFitPod, prioritizeNodes and selectHost, at less cost, for pods as most workloads have them: what the nodes say
 * is kept from one such pod to the next, and after a placement one node is asked anew. undefined: it is no such pod, or no node can take
 * it; then all plugins are to be asked. `start` = index of the node to begin with.
 */
export function selectAmongLike(cycle: Cycle, start: number, random: Random): Selected | undefined {
  if (!ratesNodesAlone(cycle)) return undefined
  const spread = spreadOverHosts(cycle)
  if (!spread) return undefined
  const { view } = cycle
  const nodes = view.nodes()
  const judgements = view.judgements(likenessOf(cycle.pod.spec))
  const counted = spread === 'none' ? undefined : spread
  const counts = counted && view.counts(counted.countKey)
  const enough = numFeasibleNodesToFind(nodes.length)
  const fit: NodeInfo[] = []
  const totals: number[] = []
  const countsOfFit: number[] = []
  let processed = 0
  let fewest = Number.MAX_SAFE_INTEGER
  let most = 0
  // there may have been more nodes when the last search ended
  for (let at = start % nodes.length; processed < nodes.length && fit.length < enough; at = at + 1 === nodes.length ? 0 : at + 1) {
    processed++
    const info = nodes[at] as NodeInfo
    judgements[at] ??= judge(cycle, info)
    const own = judgements[at] as Judgement
    if (own.failure) continue
    fit.push(info)
    totals.push(own.score)
    if (!counts || !counted) continue
    let count = counts[at]
    if (count === undefined) {
      // a node that names no host is rated otherwise
      if (info.node.metadata.labels?.[labelHostname] === undefined) return undefined
      count = countMatchingPods(info, counted)
      counts[at] = count
    }
    countsOfFit.push(count)
    if (count < fewest) fewest = count
    if (count > most) most = count
  }
  if (fit.length === 0) return undefined
  if (counted) {
    const worths = spreadWorths(cycle, counted, { fit: fit.length, fewest, most })
    for (let i = 0; i < totals.length; i++) totals[i] = (totals[i] as number) + (worths[(countsOfFit[i] as number) - fewest] as number)
  }
  return { node: selectHost(fit, totals, random).name, processed }
}
