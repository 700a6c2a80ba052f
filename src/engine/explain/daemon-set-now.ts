import { targetNode } from '#k8s/pod.ts'
import type { ControllerRevision, DaemonSet, KubeNode, Pod } from '#k8s/types.ts'
import type { Cluster } from '../cluster.ts'
import { claimOf } from '../controllers/daemonset/claim.ts'
import { podRules } from '../controllers/daemonset/daemon-set-view.ts'
import { hashOf } from '../controllers/daemonset/history.ts'
import { comparePods, isLeftOut, type NodeView, type PodRules } from '../controllers/daemonset/node-view.ts'
import { nodeShouldRunDaemonPod } from '../controllers/daemonset/placement.ts'
import { surgeCount } from '../controllers/daemonset/update-limits.ts'

/** A DaemonSet node by node, judged by the controller's rules on what the API has now, which the controller may not know yet. */
export interface DaemonSetNow {
  readonly set: DaemonSet
  readonly rules: PodRules
  /** Since 1970. */
  readonly nowMs: number
  /** Nodes that should run a pod. */
  readonly desired: number
  /** All nodes, and those that are gone while pods are still meant for them. */
  readonly views: readonly NodeView[]
}

export function daemonSetNow(cluster: Cluster, set: DaemonSet): DaemonSetNow {
  const { state } = cluster.core
  const pods = podsByNode(cluster, set)
  const views = [...state.tables.Node.values()].map((node) => viewOf(node, set, pods.get(node.metadata.name) ?? []))
  for (const [name, there] of pods)
    if (!state.tables.Node.has(name)) views.push({ name, exists: false, shouldRun: false, shouldContinueRunning: false, pods: there })
  const desired = views.filter((view) => view.shouldRun).length
  const rules = podRules(set, newestHash(cluster, set), cluster.options.version)
  const rolloutSurges = surgeCount(set.spec.updateStrategy, desired) > 0
  return { set, rules: { ...rules, rolloutSurges }, nowMs: cluster.core.epochNow(), desired, views }
}

/** The DaemonSet's pods by the node they are on or meant for, the one that counts first. */
function podsByNode(cluster: Cluster, set: DaemonSet): Map<string, Pod[]> {
  const found = new Map<string, Pod[]>()
  for (const pod of cluster.core.indices.controlledBy('Pod', set.metadata.uid ?? '').values() as Iterable<Pod>) {
    const node = targetNode(pod)
    if (node === undefined || claimOf(pod, set) !== 'own' || isLeftOut(pod, cluster.options.version)) continue
    const there = found.get(node)
    if (there) there.push(pod)
    else found.set(node, [pod])
  }
  for (const there of found.values()) there.sort(comparePods)
  return found
}

function viewOf(node: KubeNode, set: DaemonSet, pods: readonly Pod[]): NodeView {
  const { shouldRun, shouldContinueRunning } = nodeShouldRunDaemonPod(node, set.spec.template)
  return { name: node.metadata.name, exists: true, shouldRun, shouldContinueRunning, pods }
}

function newestHash(cluster: Cluster, set: DaemonSet): string {
  let newest: ControllerRevision | undefined
  for (const object of cluster.core.indices.controlledBy('ControllerRevision', set.metadata.uid ?? ''))
    if (object.kind === 'ControllerRevision' && object.revision > (newest?.revision ?? 0)) newest = object
  return newest ? hashOf(newest) : ''
}
