import { conditionOf, taintNotReady, taintUnreachable } from '#k8s/node.ts'
import type { ConditionStatus, KubeNode, Taint } from '#k8s/types.ts'
import { tryAccept } from './limiter.ts'
import type { NodeLifecycleContext } from './node-record.ts'
import { hasTaint, swapNodeControllerTaint } from './node-taints.ts'
import { createZone, type Zone, zoneKey } from './zone.ts'

const notReady: Taint = { key: taintNotReady, effect: 'NoExecute' }
const unreachable: Taint = { key: taintUnreachable, effect: 'NoExecute' }

/** T-10 */
const workerPeriodMs = 100

export function zoneOf(ctx: NodeLifecycleContext, key: string): Zone {
  const { zones } = ctx.state
  let zone = zones.get(key)
  if (!zone) {
    zone = createZone()
    zones.set(key, zone)
  }
  return zone
}

/** Takes both NoExecute taints off a node and the node out of its zone's queue (NL-4.4). */
export function markNodeAsReachable(ctx: NodeLifecycleContext, node: KubeNode): void {
  swapNodeControllerTaint(ctx, node, [], [unreachable, notReady])
  ctx.state.zones.get(zoneKey(node))?.queue.delete(node.metadata.name)
}

/**
 * What a pass does about the NoExecute taints of a node, by its Ready status at the start of the pass (NL-4.1, NL-4.2).
 * @source node_lifecycle_controller.go processTaintBaseEviction
 */
export function processTaintBaseEviction(ctx: NodeLifecycleContext, node: KubeNode, observed: ConditionStatus): void {
  if (observed === 'True') {
    markNodeAsReachable(ctx, node)
    return
  }
  const [wanted, opposite] = observed === 'False' ? [notReady, unreachable] : [unreachable, notReady]
  if (hasTaint(node, opposite)) swapNodeControllerTaint(ctx, node, [wanted], [opposite])
  else if (!hasTaint(node, wanted)) {
    const key = zoneKey(node)
    zoneOf(ctx, key).queue.add(node.metadata.name)
    wakeWorker(ctx, key)
  }
}

/** Schedules the zone's tainting worker for when it has a node and a token (NL-4.3). */
export function wakeWorker(ctx: NodeLifecycleContext, key: string): void {
  const zone = zoneOf(ctx, key)
  if (zone.queue.size === 0 || zone.limiter.msPerToken === 0) return
  const atMs = Math.ceil(Math.max(ctx.now(), zone.limiter.nextTokenMs) / workerPeriodMs) * workerPeriodMs
  if (zone.wakeMs !== undefined && zone.wakeMs <= atMs) return
  zone.wakeMs = atMs
  ctx.schedule(atMs - ctx.now(), { do: 'taint', zone: key, atMs })
}

/**
 * Taints the nodes of a zone's queue as far as its tokens reach; the condition is read again, a Ready node is dropped.
 * @source node_lifecycle_controller.go doNoExecuteTaintingPass
 */
export function doNoExecuteTaintingPass(ctx: NodeLifecycleContext, key: string, atMs: number): void {
  const zone = ctx.state.zones.get(key)
  if (zone?.wakeMs !== atMs) return
  zone.wakeMs = undefined
  for (const name of [...zone.queue]) {
    if (!tryAccept(zone.limiter, ctx.now())) break
    zone.queue.delete(name)
    const node = ctx.api.node(name)
    const ready = node && conditionOf(node, 'Ready')
    if (!node || !ready || ready.status === 'True') continue
    const [wanted, opposite] = ready.status === 'False' ? [notReady, unreachable] : [unreachable, notReady]
    swapNodeControllerTaint(ctx, node, [wanted], [opposite])
  }
  wakeWorker(ctx, key)
}
