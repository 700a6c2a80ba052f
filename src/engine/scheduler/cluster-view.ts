import type { KubeNode, LabelSelector, Pod, Service, StringMap } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Judgement } from './judgement.ts'
import type { Likeness } from './likeness.ts'
import { hasPodAffinity } from './memory.ts'
import type { NodeInfo } from './node-info.ts'
import type { NodeGroup, NodeTraits } from './node-list.ts'
import type { SpreadConstraint } from './spread-constraint.ts'

/** A pod on a node. */
export interface PlacedPod {
  readonly pod: Pod
  readonly node: KubeNode
}

/** The cluster as one scheduling cycle sees it. Nothing changes while it is used. */
export interface ClusterView {
  readonly version: KubernetesVersion
  nodeCount(): number
  node(name: string): NodeInfo | undefined
  /** All nodes in the scheduler's order: round robin over the zones (SCH-5.3). */
  nodes(): readonly NodeInfo[]
  traits(): NodeTraits
  /** What the nodes are known to say to pods of this likeness, in their order; who asks one of which it is not known puts it in. */
  judgements(of: Likeness): (Judgement | undefined)[]
  /** How many pods counted under this key (NodeInfo.count) the nodes are known to have, in their order; who counts those of one puts it in. */
  counts(key: string): (number | undefined)[]
  /** Nodes grouped by taints and `spec.unschedulable`. */
  nodeGroups(): readonly NodeGroup[]
  /** Matching pods by domain, over all nodes, whether the pod may go there or not. */
  domainCounts(constraint: SpreadConstraint): ReadonlyMap<string, number>
  /** Pods on nodes that have any affinity or anti-affinity to pods. */
  podsWithAffinity(): readonly PlacedPod[]
  /** Whether any pod may be nominated for any node. */
  hasNominatedPods(): boolean
  /** Unbound pods with this status.nominatedNodeName. */
  nominatedPods(nodeName: string): readonly Pod[]
  /** A pod that is on a node, with its present status: that of a NodeInfo is as old as its place there. */
  present(pod: Pod): Pod
  /** Whether any pod at all has a priority below this one. */
  hasLowerPriority(priority: number): boolean
  services(namespace: string): readonly Service[]
  namespaceLabels(namespace: string): StringMap | undefined
  /** Selector of the ReplicaSet or StatefulSet that controls the pod. */
  ownerSelector(pod: Pod): LabelSelector | undefined
}

/** The view with one node replaced: what the filters would say if the node had other pods. Domain counts are for scores and stay as they are. */
export function withNode(view: ClusterView, info: NodeInfo): ClusterView {
  const replace = (known: NodeInfo) => (known.name === info.name ? info : known)
  return {
    version: view.version,
    node: (name) => (name === info.name ? info : view.node(name)),
    nodeCount: () => view.nodeCount(),
    nodes: () => view.nodes().map(replace),
    traits: () => view.traits(),
    judgements: () => [],
    counts: () => [],
    nodeGroups: () => view.nodeGroups(),
    domainCounts: (constraint) => view.domainCounts(constraint),
    podsWithAffinity: () => {
      const here = info.pods.filter(hasPodAffinity).map((pod) => ({ pod, node: info.node }))
      return [...view.podsWithAffinity().filter(({ node }) => node.metadata.name !== info.name), ...here]
    },
    hasNominatedPods: () => view.hasNominatedPods(),
    nominatedPods: (name) => view.nominatedPods(name),
    present: (pod) => view.present(pod),
    hasLowerPriority: (priority) => view.hasLowerPriority(priority),
    services: (namespace) => view.services(namespace),
    namespaceLabels: (namespace) => view.namespaceLabels(namespace),
    ownerSelector: (pod) => view.ownerSelector(pod),
  }
}
