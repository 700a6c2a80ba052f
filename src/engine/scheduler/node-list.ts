import { labelZone } from '#k8s/node.ts'
import { isSoftTaint } from '#k8s/taint.ts'
import type { KubeNode } from '#k8s/types.ts'
import type { Judgement } from './judgement.ts'
import type { Likeness } from './likeness.ts'
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
  /** The label of a zone. */
  readonly zones: boolean
}

export function traitsOf(nodes: Iterable<KubeNode>): NodeTraits {
  let softTaints = false
  let images = false
  let zones = false
  for (const { metadata, spec, status } of nodes) {
    if (metadata.labels?.[labelZone] !== undefined) zones = true
    if (spec.taints?.some(isSoftTaint)) softTaints = true
    if (status.images?.length) images = true
  }
  return { softTaints, images, zones }
}

/** All nodes in the scheduler's order, and where each stands. */
export interface NodeList {
  readonly infos: NodeInfo[]
  readonly at: ReadonlyMap<string, number>
  /** What they are known to say to pods of the likeness that was asked about last: pods of one owner mostly come one after the other. */
  judgements: (Judgement | undefined)[]
  judgedFor: Likeness | undefined
  /** How many pods that were counted last each has, as far as it is known. */
  counts: (number | undefined)[]
  /** The key under which a node itself keeps that number. */
  countedFor: string | undefined
}

export function createNodeList(nodes: readonly KubeNode[], infoOf: (name: string) => NodeInfo): NodeList {
  const order = nodeOrder(nodes)
  const at = new Map(order.map((name, i) => [name, i]))
  return { infos: order.map(infoOf), at, judgements: [], judgedFor: undefined, counts: [], countedFor: undefined }
}
