import { isSoftTaint } from '#k8s/taint.ts'
import type { KubeNode } from '#k8s/types.ts'
import { NodeInfo } from './node-info.ts'
import { nodeOrder } from './node-order.ts'

/** Nodes alike in what the first filters look at. `sample` has no pods. */
export interface NodeGroup {
  readonly sample: NodeInfo
  readonly names: ReadonlySet<string>
}

/** Nodes grouped by taints and `spec.unschedulable`. */
export function groupNodes(nodes: Iterable<KubeNode>): NodeGroup[] {
  const groups = new Map<string, { sample: NodeInfo; names: Set<string> }>()
  for (const node of nodes) {
    const { taints, unschedulable } = node.spec
    const key = taints?.length || unschedulable ? `${unschedulable ?? false}|${JSON.stringify(taints)}` : ''
    const group = groups.get(key)
    if (group) group.names.add(node.metadata.name)
    else groups.set(key, { sample: new NodeInfo(node, []), names: new Set([node.metadata.name]) })
  }
  return [...groups.values()]
}

/** What some node has. Where none has it, the scores that are about it are the same for all nodes. */
export interface NodeTraits {
  /** A taint with PreferNoSchedule. */
  readonly softTaints: boolean
  /** Images in its status. */
  readonly images: boolean
}

export function traitsOf(nodes: Iterable<KubeNode>): NodeTraits {
  let softTaints = false
  let images = false
  for (const { spec, status } of nodes) {
    if (spec.taints?.some(isSoftTaint)) softTaints = true
    if (status.images?.length) images = true
  }
  return { softTaints, images }
}

/** All nodes in the scheduler's order, and where each stands. */
export interface NodeList {
  readonly infos: NodeInfo[]
  readonly at: ReadonlyMap<string, number>
}

export function createNodeList(nodes: readonly KubeNode[], infoOf: (name: string) => NodeInfo): NodeList {
  const order = nodeOrder(nodes)
  return { infos: order.map(infoOf), at: new Map(order.map((name, i) => [name, i])) }
}
