/**
 * Heartbeats of nodes without a write for each: the stored Lease says from when to when its holder renews it, every 10 s;
 * everything else is arithmetic (T-1; the jitter of up to 4 % is left out, SIM-4).
 */
import { parseTimestamp, toMicroTimestamp, toTimestamp } from '#k8s/time.ts'
import type { Condition, KubeNode, Lease } from '#k8s/types.ts'

export const leaseNamespace = 'kube-node-lease'
export const renewEveryMs = 10_000
const leaseDurationSeconds = 40
/** A status that does not change is posted again this often. */
const reportEveryMs = 300_000
const posted: ReadonlySet<string> = new Set(['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'])

/** Time of the newest renewal up to `nowMs` (both ms of cluster time); undefined when nobody ever renewed it here. */
export function lastRenewalMs(lease: Lease, nowMs: number): number | undefined {
  const { renewals } = lease.spec
  if (!renewals) return undefined
  const { fromMs, everyMs, untilMs } = renewals
  const endMs = untilMs === undefined ? nowMs : Math.min(untilMs, nowMs)
  return fromMs + Math.floor((endMs - fromMs) / everyMs) * everyMs
}

/** The lease of a node whose kubelet renews it from now on. @source pkg/kubelet/util/nodelease.go; NL-1.1 */
export function renewedLease(node: KubeNode, nowMs: number): Lease {
  const { name, uid = '' } = node.metadata
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: leaseNamespace, ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }] },
    spec: { holderIdentity: name, leaseDurationSeconds, renewals: { fromMs: nowMs, everyMs: renewEveryMs } },
  }
}

/** The lease as the API shows it at `nowMs`: with its renewTime. epochMs = wall-clock time of the cluster's start. */
export function presentLease(lease: Lease, nowMs: number, epochMs: number): Lease {
  const renewedMs = lastRenewalMs(lease, nowMs)
  if (renewedMs === undefined) return lease
  const { renewals, ...spec } = lease.spec
  return { ...lease, spec: { ...spec, renewTime: toMicroTimestamp(epochMs + renewedMs) } }
}

/** The node as the API shows it at `nowMs`: with the heartbeat that its kubelet posted last. epochMs = wall-clock time of the cluster's start. NL-1.1 */
export function presentNode(node: KubeNode, lease: Lease | undefined, nowMs: number, epochMs: number): KubeNode {
  const { renewals } = lease?.spec ?? {}
  const { conditions } = node.status
  if (!renewals || !conditions) return node
  const endMs = epochMs + Math.min(renewals.untilMs ?? nowMs, nowMs)
  const posts = ({ type, lastHeartbeatTime }: Condition): number =>
    lastHeartbeatTime && posted.has(type) ? Math.max(0, Math.floor((endMs - parseTimestamp(lastHeartbeatTime)) / reportEveryMs)) : 0
  if (!conditions.some(posts)) return node
  const shown = conditions.map((condition) => {
    const { lastHeartbeatTime = '' } = condition
    const since = posts(condition) * reportEveryMs
    return since ? { ...condition, lastHeartbeatTime: toTimestamp(parseTimestamp(lastHeartbeatTime) + since) } : condition
  })
  return { ...node, status: { ...node.status, conditions: shown } }
}
