import type { ComponentContext } from '#engine/component.ts'
import type { KubeNode } from '#k8s/types.ts'
import { extend } from '#sim/extend.ts'

/** Stable labels, and the older ones that follow them. */
const followers = [
  ['kubernetes.io/os', 'beta.kubernetes.io/os'],
  ['kubernetes.io/arch', 'beta.kubernetes.io/arch'],
] as const

/** Gives the older names of a label the value of the stable one, if the node has that. @source node_lifecycle_controller.go reconcileNodeLabels */
export function reconcileNodeLabels(ctx: ComponentContext<unknown>, node: KubeNode): void {
  const { labels = {} } = node.metadata
  const wrong = followers.filter(([stable, old]) => labels[stable] !== undefined && labels[stable] !== labels[old])
  if (wrong.length === 0) return
  const put = Object.fromEntries(wrong.map(([stable, old]) => [old, labels[stable] ?? '']))
  ctx.api.update('Node', extend(node, { metadata: extend(node.metadata, { labels: extend(labels, put) }) }))
}
