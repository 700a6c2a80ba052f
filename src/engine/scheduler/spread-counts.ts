import { podMatchesNodeSelectorAndAffinity } from '#k8s/selector.ts'
import { findUntoleratedTaint, isSchedulingTaint } from '#k8s/taint.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { type Cycle, oncePerCycle } from './cycle.ts'
import type { SpreadConstraint } from './spread-constraint.ts'
import { countMatchingPods, hardConstraints } from './spread-constraints.ts'

/** Matching pods by domain (value of the topology label), over the nodes that count. */
export interface SpreadCounts {
  readonly domains: ReadonlyMap<string, number>
  /** Pods in the emptiest domain; 0 while there are fewer domains than minDomains. */
  readonly minimum: number
}

/** Whether a node counts for a constraint: by default if the pod's node affinity admits it, whatever its taints. */
export function countsForSpread(pod: Pod, node: KubeNode, constraint: SpreadConstraint): boolean {
  if (constraint.honorAffinity && !podMatchesNodeSelectorAndAffinity(pod.spec, node.metadata.name, node.metadata.labels)) return false
  return !constraint.honorTaints || !findUntoleratedTaint(node.spec.taints, pod.spec.tolerations, isSchedulingTaint)
}

/** Whether the node has the labels of all constraints. */
export function hasTopologyLabels(node: KubeNode, constraints: readonly SpreadConstraint[]): boolean {
  return constraints.every((c) => node.metadata.labels?.[c.topologyKey] !== undefined)
}

const allCounts = oncePerCycle((cycle: Cycle): Map<SpreadConstraint, SpreadCounts> => {
  const { pod, view } = cycle
  const constraints = hardConstraints(cycle)
  const nodes = view.nodes().filter((info) => hasTopologyLabels(info.node, constraints))
  const counts = new Map<SpreadConstraint, SpreadCounts>()
  for (const constraint of constraints) {
    const domains = new Map<string, number>()
    for (const info of nodes) {
      if (!countsForSpread(pod, info.node, constraint)) continue
      const value = info.node.metadata.labels?.[constraint.topologyKey] as string
      domains.set(value, (domains.get(value) ?? 0) + countMatchingPods(info, constraint))
    }
    const few = domains.size < constraint.minDomains
    counts.set(constraint, { domains, minimum: few ? 0 : Math.min(Number.MAX_SAFE_INTEGER, ...domains.values()) })
  }
  return counts
})

const nothing: SpreadCounts = { domains: new Map(), minimum: 0 }

/** Counts of one of the pod's hard constraints. @source plugins/podtopologyspread/filtering.go calPreFilterState */
export function spreadCounts(cycle: Cycle, constraint: SpreadConstraint): SpreadCounts {
  return allCounts(cycle).get(constraint) ?? nothing
}
