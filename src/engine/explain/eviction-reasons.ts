import { conditionOf, isNodeReady } from '#k8s/node.ts'
import { formatTaint } from '#k8s/taint.ts'
import type { KubeNode, Pod, Taint } from '#k8s/types.ts'
import type { Reason } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import { graceMs, passAtOrAfter } from '../controllers/nodelifecycle/node-health.ts'
import type { NodeLifecycleState } from '../controllers/nodelifecycle/node-record.ts'
import { computeZoneState, type Zone, zoneKey, zoneText } from '../controllers/nodelifecycle/zone.ts'
import type { PodGarbageCollectorState } from '../controllers/podgc/pod-garbage-collector.ts'
import type { TaintEvictionState } from '../controllers/tainteviction/taint-eviction-state.ts'
import { tolerationSeconds } from '../controllers/tainteviction/toleration-time.ts'
import { lastRenewalMs, leaseNamespace } from '../kubelet/lease.ts'
import { clockText, code } from './answer.ts'

const lifecycleOf = (cluster: Cluster) => cluster.componentState('node-controller') as NodeLifecycleState

/** The pass of the health monitor that will find a stopped kubelet silent, ms (NL-2.1, NL-2.2); undefined while its lease is renewed. */
export function noticedAtMs(cluster: Cluster, node: KubeNode): number | undefined {
  const { name } = node.metadata
  const lease = cluster.core.state.tables.Lease.get(`${leaseNamespace}/${name}`)
  const renewedMs = lease?.spec.renewals?.untilMs === undefined ? undefined : lastRenewalMs(lease, cluster.nowMs)
  if (renewedMs === undefined) return undefined
  const probeMs = Math.max(passAtOrAfter(renewedMs), lifecycleOf(cluster).nodes.get(name)?.probeMs ?? 0)
  return passAtOrAfter(probeMs + graceMs(cluster.options.version, node))
}

const isNoExecute = (taint: Taint) => taint.effect === 'NoExecute'
const open = (text: string, rule: string): Reason => ({ verdict: 'open', text, rule })

/** Why nobody, or who, is evicted from a node that is not Ready: zones, their state, and the queue for the NoExecute taint. None for a Ready node. */
export function nodeEvictionReasons(cluster: Cluster, node: KubeNode): Reason[] {
  const taints = node.spec.taints?.filter(isNoExecute) ?? []
  if (!conditionOf(node, 'Ready') || isNodeReady(node)) return []
  if (taints.some((taint) => taint.key.startsWith('node.kubernetes.io/')))
    return [open('it carries the NoExecute taint of its condition: pods leave it when their tolerationSeconds are over', 'NL-4.2')]
  const { zones } = lifecycleOf(cluster)
  const key = zoneKey(node)
  const zone = zones.get(key)
  return zone ? [untaintedReason(cluster, node, key, zone, [...zones.values()])] : []
}

function untaintedReason(cluster: Cluster, node: KubeNode, key: string, zone: Zone, zones: readonly Zone[]): Reason {
  const where = key === '' ? 'the cluster' : `zone ${zoneText(key)}`
  const counted = zones.filter((one) => one.ready + one.notReady > 0)
  const { limiter } = zone
  if (limiter.msPerToken === 0 && counted.every((one) => computeZoneState(one) === 'FullDisruption'))
    return open(
      'full disruption: no node is Ready anywhere, so it may be the network; nobody is tainted NoExecute, and nobody evicted, until one is',
      'NL-5.4',
    )
  if (limiter.msPerToken === 0)
    return open(
      `partial disruption: ${zone.notReady} of ${zone.notReady + zone.ready} nodes of ${where} are not Ready (55 % or more); with 50 nodes or fewer nobody is tainted NoExecute meanwhile`,
      'NL-5.3',
    )
  const place = [...zone.queue].indexOf(node.metadata.name)
  if (place < 0) {
    const nextMs = passAtOrAfter(cluster.nowMs + 1)
    return open(`the health monitor queues it for its NoExecute taint at its next pass, t = ${clockText(nextMs)}`, 'NL-4.1')
  }
  const atMs = Math.max(cluster.nowMs, limiter.nextTokenMs) + place * limiter.msPerToken
  return open(
    `rate limit: it waits for its NoExecute taint; in ${where} one node is tainted every ${limiter.msPerToken / 1000} s, its turn is at t = ${clockText(atMs)}`,
    'NL-4.3',
  )
}

/** What taint eviction and PodGC have in store for a pod, with the time left. */
export function podEvictionReasons(cluster: Cluster, pod: Pod): Reason[] {
  const { nodeName, tolerations } = pod.spec
  if (!nodeName) return []
  const node = cluster.core.state.tables.Node.get(nodeName)
  if (!node) return orphanReasons(cluster, nodeName)
  const taints = node.spec.taints?.filter(isNoExecute) ?? []
  if (taints.length === 0) return nodeEvictionReasons(cluster, node)
  const { evictions } = cluster.componentState('taint-eviction-controller') as TaintEvictionState
  const eviction = evictions.get(`${pod.metadata.namespace}/${pod.metadata.name}`)
  if (eviction)
    return [
      open(
        `countdown: it tolerates the node's NoExecute taints only for a while, and is deleted at t = ${clockText(eviction.atMs)} if they are still there`,
        'NL-6.3',
      ),
    ]
  const list = taints.map((taint) => code(formatTaint(taint))).join(', ')
  if (eviction === null) return [{ verdict: 'no', text: `the taint eviction controller deleted it because of ${list}`, rule: 'NL-6.7' }]
  if (tolerationSeconds(taints, tolerations) !== undefined) return []
  return [{ verdict: 'yes', text: `it tolerates ${list} for ever: it is not evicted`, rule: 'NL-6.2' }]
}

function orphanReasons(cluster: Cluster, nodeName: string): Reason[] {
  const { quarantine } = cluster.componentState('pod-garbage-collector') as PodGarbageCollectorState
  const atMs = quarantine.get(nodeName)
  const what =
    atMs === undefined ? 'notices that in its next pass, and deletes it by force 40 s later' : `deletes it by force at t = ${clockText(atMs)}`
  return [open(`its node is gone: PodGC ${what}, unless the node is back`, 'NL-7.3')]
}
