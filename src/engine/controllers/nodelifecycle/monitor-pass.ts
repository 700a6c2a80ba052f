import { conditionOf } from '#k8s/node.ts'
import type { KubeNode } from '#k8s/types.ts'
import { handleDisruption } from './disruption.ts'
import { markPodsNotReady } from './mark-pods.ts'
import { markNodeAsReachable, processTaintBaseEviction, zoneOf } from './no-execute-taints.ts'
import { createNodeRecord, tryUpdateNodeHealth } from './node-health.ts'
import { type NodeLifecycleContext, type NodeRecord, updateRecord } from './node-record.ts'
import { lookWhenSilent } from './pass-schedule.ts'
import { isExcludedFromDisruption, zoneKey } from './zone.ts'

/**
 * One pass of the health monitor over the nodes that changed or may have gone silent.
 * @source node_lifecycle_controller.go monitorNodeHealth; NL-2
 */
export function monitorNodeHealth(ctx: NodeLifecycleContext, passMs: number): void {
  const { state } = ctx
  const names = state.passes.get(passMs) ?? new Set()
  state.passes.delete(passMs)
  state.lastPassMs = passMs
  const known = (name: string) => state.nodes.get(name)?.seq ?? Number.MAX_SAFE_INTEGER
  for (const name of [...names].sort((a, b) => known(a) - known(b))) monitorNode(ctx, name)
  handleDisruption(ctx)
}

function monitorNode(ctx: NodeLifecycleContext, name: string): void {
  const { state } = ctx
  const node = ctx.api.node(name)
  let record = state.nodes.get(name)
  if (!node) {
    if (record) forgetNode(ctx, name, record)
    return
  }
  if (!record) {
    record = updateRecord(ctx, name, createNodeRecord(ctx, node))
    ctx.record(node, 'Normal', 'RegisteredNode', `Node ${name} event: Registered Node ${name} in Controller`)
    markNodeAsReachable(ctx, node)
  }
  if (record.uid !== node.metadata.uid) record = updateRecord(ctx, name, { uid: node.metadata.uid })
  const observed = conditionOf(node, 'Ready')
  const present = tryUpdateNodeHealth(ctx, ctx.api.node(name) ?? node, record)
  const current = conditionOf(present, 'Ready')
  count(ctx, present)
  if (current) {
    processTaintBaseEviction(ctx, present, observed?.status ?? 'Unknown')
    if (current.status !== 'True' && observed?.status === 'True') {
      ctx.record(present, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`)
      markPodsNotReady(ctx, ctx.api.podsOnNode(name))
    }
  }
  lookWhenSilent(ctx, present)
}

/** The node's object is gone (NL-2.9). */
function forgetNode(ctx: NodeLifecycleContext, name: string, record: NodeRecord): void {
  uncount(ctx, name)
  ctx.state.nodes.delete(name)
  ctx.state.notReady.delete(name)
  const gone = { apiVersion: 'v1', kind: 'Node', metadata: { name, uid: record.uid } }
  ctx.record(gone, 'Normal', 'RemovingNode', `Node ${name} event: Removing Node ${name} from Controller`)
}

/** Keeps the zones' numbers of ready and other nodes. Only counted nodes carry a zone in their record. */
function count(ctx: NodeLifecycleContext, node: KubeNode): void {
  const { name } = node.metadata
  uncount(ctx, name)
  const ready = conditionOf(node, 'Ready')?.status
  const key = isExcludedFromDisruption(node) ? undefined : zoneKey(node)
  updateRecord(ctx, name, { ready, zone: key })
  if (ready === undefined || ready === 'True') ctx.state.notReady.delete(name)
  else ctx.state.notReady.add(name)
  if (key !== undefined) zoneOf(ctx, key)[ready === 'True' ? 'ready' : 'notReady']++
}

function uncount(ctx: NodeLifecycleContext, name: string): void {
  const record = ctx.state.nodes.get(name)
  if (record?.zone !== undefined) zoneOf(ctx, record.zone)[record.ready === 'True' ? 'ready' : 'notReady']--
}
