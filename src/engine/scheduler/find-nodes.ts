import { type KubernetesVersion, since } from '#k8s/version.ts'
import type { Cycle } from './cycle.ts'
import type { Diagnosis } from './diagnosis.ts'
import { clusterFilters } from './filters/index.ts'
import { nodeAffinityFailure } from './filters/node-affinity.ts'
import { nodeName } from './filters/node-name.ts'
import { nodeUnschedulable } from './filters/node-unschedulable.ts'
import type { FilterFailure } from './filters/plugin.ts'
import { taintToleration } from './filters/taint-toleration.ts'
import { judge } from './judgement.ts'
import { likenessOf } from './likeness.ts'
import type { NodeInfo } from './node-info.ts'
import { pinnedNodes } from './pinned-nodes.ts'
import { firstFailure, runFiltersWithNominatedPods } from './run-filters.ts'

/** Nodes that can take the pod; when there are none, `diagnosis` says why; `error` is an internal error of the scheduler. */
export interface FoundNodes {
  readonly feasible: readonly NodeInfo[]
  /** What each of them says by itself (Judgement), where that is known. */
  readonly ownScores?: readonly number[]
  readonly diagnosis: Diagnosis
  readonly error?: string
  /** Nodes looked at, by which the next search starts later. */
  readonly processed: number
}

const minFeasibleNodes = 100
const minFeasiblePercentage = 5

/** How many feasible nodes are enough: all of fewer than 100, else a share that shrinks with size. @source numFeasibleNodesToFind; SCH-5.1 */
export function numFeasibleNodesToFind(nodeCount: number): number {
  if (nodeCount < minFeasibleNodes) return nodeCount
  const percentage = Math.max(minFeasiblePercentage, 50 - Math.trunc(nodeCount / 125))
  return Math.max(minFeasibleNodes, Math.floor((nodeCount * percentage) / 100))
}

const conflict = 'pod affinity terms conflict'
const conflictFailure: FilterFailure = { ...nodeAffinityFailure, reasons: [conflict] }

const notSatisfied: FilterFailure = { ...nodeAffinityFailure, reasons: ["node(s) didn't satisfy plugin(s) [NodeAffinity]"] }

/**
 * What the filters say of the nodes a pinned pod does not name, before 1.25: NodeAffinity rejects them unless an earlier
 * filter does. Counted by groups of like nodes, so that it costs little however many there are.
 */
function otherNodesByGroup(cycle: Cycle, pinned: readonly string[]): Diagnosis['others'] {
  const others: { failure: FilterFailure; count: number }[] = []
  for (const { sample, names } of cycle.view.nodeGroups()) {
    const count = names.size - pinned.filter((name) => names.has(name)).length
    if (count === 0) continue
    const failure = nodeUnschedulable.filter(cycle, sample) ?? nodeName.filter(cycle, sample) ?? taintToleration.filter(cycle, sample)
    others.push({ failure: failure ?? nodeAffinityFailure, count })
  }
  return others
}

function otherNodes(cycle: Cycle, pinned: readonly string[], evaluated: number, version: KubernetesVersion): Diagnosis['others'] {
  if (!since(version, 'preFilterResult')) return otherNodesByGroup(cycle, pinned)
  const count = cycle.view.nodeCount() - evaluated
  return since(version, 'otherNodesCountedAsPlugin') && count > 0 ? [{ failure: notSatisfied, count }] : []
}

const noFailures: ReadonlyMap<string, FilterFailure> = new Map()
const noNodes: readonly NodeInfo[] = []
const noOthers: Diagnosis['others'] = []

/** A pod that names its nodes is tried on those alone: the rest is only counted when it fails. */
function findAmongPinned(cycle: Cycle, pinned: readonly string[]): FoundNodes {
  const { version } = cycle.view
  const nodeCount = cycle.view.nodeCount()
  let failures = noFailures
  let feasible = noNodes
  for (const name of pinned) {
    const info = cycle.view.node(name)
    if (!info) {
      if (!since(version, 'preFilterResult') || since(version, 'otherNodesCountedAsPlugin')) continue
      return { feasible: [], diagnosis: { nodeCount, failures, others: [] }, error: `nodeinfo not found for node name "${name}"`, processed: 0 }
    }
    const failure = runFiltersWithNominatedPods(cycle, info)
    if (failure) failures = new Map(failures).set(name, failure)
    else feasible = [...feasible, info]
  }
  const evaluated = feasible.length + failures.size
  const others = feasible.length ? noOthers : otherNodes(cycle, pinned, evaluated, version)
  return { feasible, diagnosis: { nodeCount, failures, others }, processed: evaluated }
}

function findAmongAll(cycle: Cycle, start: number): FoundNodes {
  const nodes = cycle.view.nodes()
  const enough = numFeasibleNodesToFind(nodes.length)
  const judgements = cycle.view.judgements(likenessOf(cycle.pod.spec))
  const others = clusterFilters.filter((plugin) => !plugin.skips(cycle))
  const isPlain = others.length === 0 && !cycle.view.hasNominatedPods()
  let failures: Map<string, FilterFailure> | undefined
  const feasible: NodeInfo[] = []
  const ownScores: number[] = []
  for (let i = 0; i < nodes.length && feasible.length < enough; i++) {
    const at = (start + i) % nodes.length
    const info = nodes[at] as NodeInfo
    let own = judgements[at]
    if (!own) {
      own = judge(cycle, info)
      judgements[at] = own
    }
    const failure = isPlain ? own.failure : runFiltersWithNominatedPods(cycle, info, () => own.failure ?? firstFailure(others, cycle, info))
    if (failure) {
      failures ??= new Map()
      failures.set(info.name, failure)
    } else {
      feasible.push(info)
      ownScores.push(own.score)
    }
  }
  const diagnosis = { nodeCount: nodes.length, failures: failures ?? noFailures, others: [] }
  return { feasible, ownScores, diagnosis, processed: feasible.length + diagnosis.failures.size }
}

/**
 * Nodes on which the pod fits. A nominated node that fits is taken alone (SCH-8.5). `start` = index of the node to begin with.
 * @source pkg/scheduler/schedule_one.go findNodesThatFitPod
 */
export function findNodesThatFitPod(cycle: Cycle, start: number): FoundNodes {
  const { pod, view } = cycle
  const pinned = pinnedNodes(pod)
  if (pinned?.length === 0 && since(view.version, 'preFilterResult')) {
    const nodeCount = view.nodeCount()
    const others = [{ failure: conflictFailure, count: nodeCount }]
    return { feasible: [], diagnosis: { nodeCount, failures: new Map(), others, preFilterMessage: conflict }, processed: 0 }
  }
  const nominated = pod.status?.nominatedNodeName ? view.node(pod.status.nominatedNodeName) : undefined
  if (nominated && !runFiltersWithNominatedPods(cycle, nominated))
    return { feasible: [nominated], diagnosis: { nodeCount: view.nodeCount(), failures: new Map(), others: [] }, processed: 1 }
  return pinned ? findAmongPinned(cycle, pinned) : findAmongAll(cycle, start)
}
