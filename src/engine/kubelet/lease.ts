/**
 * Node leases without a write per heartbeat: the stored Lease says from when to when its holder renews it, every 10 s;
 * everything else is arithmetic (T-1; the jitter of up to 4 % is left out, SIM-4).
 */
import { toMicroTimestamp } from '#k8s/time.ts'
import type { KubeNode, Lease } from '#k8s/types.ts'

export const leaseNamespace = 'kube-node-lease'
const renewEveryMs = 10_000
const leaseDurationSeconds = 40

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
