/** A kubelet has the last word about its node: what others wrote into the status, or took away, it puts right in its next round (NL-1.1). */
import type { WatchEvent } from '#engine/component.ts'
import { ApiError } from '#k8s/api-error.ts'
import type { KubeNode, Lease } from '#k8s/types.ts'
import { semanticEqual } from '#sim/equal.ts'
import { type Agent, type Fleet, runningAgent } from './fleet.ts'
import { leaseNamespace, renewEveryMs } from './lease.ts'
import { postNodeStatus, renewLease, reportSchedulable } from './node-agent.ts'
import { nodeStatus } from './node-object.ts'

/** A lease that cannot be made is tried again after this time. @source component-helpers/apimachinery/lease/controller.go */
const leaseRetryMs = 7000

/** Time to the next round of the kubelet, counted from its first renewal. */
function nextRoundMs({ ctx }: Fleet, lease: Lease | undefined): number {
  const since = ctx.now() - (lease?.spec.renewals?.fromMs ?? 0)
  return renewEveryMs - (since % renewEveryMs)
}

/** Whether the status says what the kubelet would say now, whenever it said so. */
function isOwnStatus(node: KubeNode, agent: Agent, now: string): boolean {
  const own = nodeStatus(node, agent, now)
  const said = (status: KubeNode['status']) => (status.conditions ?? []).map(({ type, status, reason, message }) => [type, status, reason, message])
  return (
    semanticEqual(own.capacity, node.status.capacity) &&
    semanticEqual(own.allocatable, node.status.allocatable) &&
    semanticEqual(said(own), said(node.status))
  )
}

export function onNode(fleet: Fleet, { type, object, old }: WatchEvent<'Node'>): void {
  if (type !== 'MODIFIED' || !old) return
  if (Boolean(old.spec.unschedulable) !== Boolean(object.spec.unschedulable)) reportSchedulable(fleet, object)
  if (!fleet.profile.talks || object.status === old.status) return
  const { name } = object.metadata
  const agent = runningAgent(fleet, name)
  if (!agent || isOwnStatus(object, agent, fleet.ctx.timestamp())) return
  const lease = fleet.ctx.api.get('Lease', leaseNamespace, name)
  fleet.ctx.schedule(nextRoundMs(fleet, lease), { node: name, task: 'report' })
}

/** The kubelet computes the status of its node, and posts it if that is news. */
export function reportNode(fleet: Fleet, name: string): void {
  const agent = runningAgent(fleet, name)
  const node = fleet.ctx.api.node(name)
  if (agent && node && !isOwnStatus(node, agent, fleet.ctx.timestamp())) postNodeStatus(fleet, name)
}

export function onLease(fleet: Fleet, { type, object }: WatchEvent<'Lease'>): void {
  const { namespace, name } = object.metadata
  if (type !== 'DELETED' || namespace !== leaseNamespace || !runningAgent(fleet, name)) return
  fleet.ctx.schedule(nextRoundMs(fleet, object), { node: name, task: 'lease' })
}

/** Makes the lease of a node again, if there is still none. */
export function restoreLease(fleet: Fleet, name: string): void {
  const { ctx } = fleet
  const node = ctx.api.node(name)
  if (!node || !runningAgent(fleet, name) || ctx.api.get('Lease', leaseNamespace, name)) return
  try {
    renewLease(fleet, node)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    ctx.schedule(leaseRetryMs, { node: name, task: 'lease' })
  }
}
