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
import type { SpreadConstraint } from './spread-constraint.ts'

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
  const counts = spread === 'none' ? undefined : view.counts(spread.countKey)
  const enough = numFeasibleNodesToFind(nodes.length)
  // there may have been more nodes when the last search ended
  const first = start % nodes.length
  let processed = 0
  let fit = 0
  let fewest = Number.MAX_SAFE_INTEGER
  let most = 0
  for (let at = first; processed < nodes.length && fit < enough; at = at + 1 === nodes.length ? 0 : at + 1) {
    processed++
    judgements[at] ??= judge(cycle, nodes[at] as NodeInfo)
    const own = judgements[at] as Judgement
    if (own.failure) continue
    fit++
    if (!counts || spread === 'none') continue
    let count = counts[at]
    if (count === undefined) {
      const info = nodes[at] as NodeInfo
      // a node that names no host is rated otherwise
      if (info.node.metadata.labels?.[labelHostname] === undefined) return undefined
      count = info.count(spread.countKey, spread.counts)
      counts[at] = count
    }
    if (count < fewest) fewest = count
    if (count > most) most = count
  }
  if (fit === 0) return undefined

  const worths = spread === 'none' ? undefined : spreadWorths(cycle, spread, { fit, fewest, most })
  let best = Number.NEGATIVE_INFINITY
  let equals: number[] = []
  for (let i = 0, at = first; i < processed; i++, at = at + 1 === nodes.length ? 0 : at + 1) {
    const own = judgements[at] as Judgement
    if (own.failure) continue
    const total = worths && counts ? own.score + (worths[(counts[at] as number) - fewest] as number) : own.score
    if (total < best) continue
    if (total > best) {
      best = total
      equals = []
    }
    equals.push(at)
  }
  const chosen = equals[equals.length > 1 ? random.int(equals.length) : 0] as number
  return { node: (nodes[chosen] as NodeInfo).name, processed }
}
