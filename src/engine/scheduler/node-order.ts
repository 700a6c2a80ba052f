import { labelRegion, labelZone } from '#k8s/node.ts'
import type { KubeNode } from '#k8s/types.ts'

const oldRegion = 'failure-domain.beta.kubernetes.io/region'
const oldZone = 'failure-domain.beta.kubernetes.io/zone'

/** Region and zone of a node as one key, `''` when it has neither. @source component-helpers GetZoneKey */
export function zoneKey(node: KubeNode): string {
  const labels = node.metadata.labels
  if (!labels) return ''
  const region = labels[oldRegion] || labels[labelRegion] || ''
  const zone = labels[oldZone] || labels[labelZone] || ''
  return region || zone ? `${region}:\0:${zone}` : ''
}

/**
 * Names in the order in which the scheduler looks at nodes: one of each zone in turn, zones by first appearance, nodes as given.
 * @source pkg/scheduler/internal/cache/node_tree.go; SCH-5.3
 */
export function nodeOrder(nodes: readonly KubeNode[]): string[] {
  const zones = new Map<string, string[]>()
  for (const node of nodes) {
    const key = zoneKey(node)
    const zone = zones.get(key)
    if (zone) zone.push(node.metadata.name)
    else zones.set(key, [node.metadata.name])
  }
  const lists = [...zones.values()]
  if (lists.length <= 1) return lists[0] ?? []
  const order: string[] = []
  for (let i = 0; order.length < nodes.length; i++) for (const list of lists) if (i < list.length) order.push(list[i] as string)
  return order
}
