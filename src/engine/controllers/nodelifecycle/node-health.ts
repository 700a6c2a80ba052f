import { conditionOf } from '#k8s/node.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { Condition, KubeNode } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { lastRenewalMs, leaseNamespace } from '../../kubelet/lease.ts'
import { type NodeLifecycleContext, type NodeRecord, updateRecord } from './node-record.ts'

/** T-3 */
export const monitorPeriodMs = 5000

/** When the first pass runs, ms after the cluster's start: the controller manager comes up a little later than the API server. */
export const firstPassMs = 1500
const startupGraceMs = 60_000

/** The first pass at or after a moment. Passes are at multiples of 5 s since the cluster's start. */
export function passAtOrAfter(atMs: number): number {
  return Math.max(0, Math.ceil((atMs - firstPassMs) / monitorPeriodMs)) * monitorPeriodMs + firstPassMs
}

/** How long a node may be silent, ms: 60 s until it has a Ready condition, then T-4 (NL-2.3). */
export function graceMs(version: KubernetesVersion, node: KubeNode): number {
  if (!conditionOf(node, 'Ready')) return startupGraceMs
  return since(version, 'monitorGrace50s') ? 50_000 : 40_000
}

/** Takes note of signs of life: a newer heartbeat, or a lease renewal, each as of the pass that sees it first. */
function probe(ctx: NodeLifecycleContext, node: KubeNode, record: NodeRecord): NodeRecord {
  const { name } = node.metadata
  const heartbeat = conditionOf(node, 'Ready')?.lastHeartbeatTime
  const isNew = heartbeat !== undefined && heartbeat !== record.heartbeat
  const lease = ctx.api.get('Lease', leaseNamespace, name)
  const renewedMs = lease && lastRenewalMs(lease, ctx.now())
  const probeMs = Math.max(isNew ? passAtOrAfter(ctx.now()) : record.probeMs, renewedMs === undefined ? 0 : passAtOrAfter(renewedMs))
  return isNew || probeMs !== record.probeMs ? updateRecord(ctx, name, { heartbeat: heartbeat ?? record.heartbeat, probeMs }) : record
}

/**
 * The pass that will find the node silent for too long if nothing changes; undefined while its kubelet renews the lease.
 * Exactly the grace period counts as too long: real passes drift past it by milliseconds (NL-2.4).
 */
export function noticePass(ctx: NodeLifecycleContext, node: KubeNode, record: NodeRecord): number | undefined {
  const lease = ctx.api.get('Lease', leaseNamespace, node.metadata.name)
  if (lease?.spec.renewals && lease.spec.renewals.untilMs === undefined) return undefined
  return passAtOrAfter(probe(ctx, node, record).probeMs + graceMs(ctx.version, node))
}

const watched = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure']

/** The node's conditions after the kubelet was found silent (NL-2.2). */
function unknownConditions(node: KubeNode, now: string): Condition[] {
  const conditions = (node.status.conditions ?? []).map((c): Condition => {
    if (!watched.includes(c.type) || c.status === 'Unknown') return c
    return { ...c, status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.', lastTransitionTime: now }
  })
  for (const type of watched) {
    if (conditions.some((c) => c.type === type)) continue
    conditions.push({
      type,
      status: 'Unknown',
      reason: 'NodeStatusNeverUpdated',
      message: 'Kubelet never posted node status.',
      lastHeartbeatTime: node.metadata.creationTimestamp,
      lastTransitionTime: now,
    })
  }
  return conditions
}

/**
 * Judges one node in the present pass and writes Unknown when it was silent for too long. Returns the node as it is then.
 * @source node_lifecycle_controller.go tryUpdateNodeHealth
 */
export function tryUpdateNodeHealth(ctx: NodeLifecycleContext, node: KubeNode, record: NodeRecord): KubeNode {
  const notice = noticePass(ctx, node, record)
  if (notice === undefined) {
    probe(ctx, node, record)
    return node
  }
  if (ctx.now() < notice || conditionOf(node, 'Ready')?.status === 'Unknown') return node
  return ctx.api.updateStatus('Node', node, { ...node.status, conditions: unknownConditions(node, ctx.timestamp()) })
}

/** A record for a node seen for the first time. Its grace period starts with its creation. */
export function createNodeRecord(ctx: NodeLifecycleContext, node: KubeNode): NodeRecord {
  const ageMs = Math.max(0, parseTimestamp(ctx.timestamp()) - parseTimestamp(node.metadata.creationTimestamp ?? ctx.timestamp()))
  return {
    seq: ctx.state.nextSeq++,
    uid: node.metadata.uid,
    heartbeat: undefined,
    probeMs: Math.max(0, ctx.now() - ageMs),
    ready: undefined,
    zone: undefined,
  }
}
