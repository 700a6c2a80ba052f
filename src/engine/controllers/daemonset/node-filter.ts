import { controllerOf } from '#k8s/owner.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { semanticEqual } from '#sim/equal.ts'
import type { DaemonSetController } from './controller.ts'
import { nodeShouldRunDaemonPod } from './placement.ts'

const trueConditions = (node: KubeNode): string[] =>
  (node.status?.conditions ?? []).filter((condition) => condition.status === 'True').map((condition) => condition.type)

/** The node without what every heartbeat changes. */
const withoutHeartbeat = ({ metadata: { resourceVersion, ...metadata }, spec, status }: KubeNode) => ({
  metadata,
  spec,
  status: { ...status, conditions: undefined },
})

/**
 * Whether an update of a node cannot matter to any DaemonSet: since 1.30 unless labels or taints differ, before unless anything but
 * heartbeats does.
 * @source pkg/controller/daemon/daemon_controller.go shouldIgnoreNodeUpdate; DS-1.11
 */
export function isNodeChangeIgnored(old: KubeNode, node: KubeNode, version: KubernetesVersion): boolean {
  if (since(version, 'nodeFilterLabelsAndTaints'))
    return semanticEqual(old.metadata.labels, node.metadata.labels) && semanticEqual(old.spec?.taints, node.spec?.taints)
  const [before, now] = [new Set(trueConditions(old)), new Set(trueConditions(node))]
  if (before.size !== now.size || [...now].some((type) => !before.has(type))) return false
  return semanticEqual(withoutHeartbeat(old), withoutHeartbeat(node))
}

/** The bound pods of DaemonSets on a node, by `namespace/name` of the DaemonSet. */
function scheduledDaemonSets(pods: readonly Pod[]): Set<string> {
  const keys = new Set<string>()
  for (const pod of pods) {
    const ref = controllerOf(pod)
    if (ref?.kind === 'DaemonSet') keys.add(`${pod.metadata.namespace}/${ref.name}`)
  }
  return keys
}

/**
 * Enqueues the DaemonSets for which a changed node means work: one that should run there and has no pod bound, one that should not go on
 * and has, and, since 1.34, one that has a pod there and counts misscheduled ones.
 * @source pkg/controller/daemon/daemon_controller.go syncNodeUpdate; DS-1.13
 */
export function syncNodeUpdate({ context, api, queue }: DaemonSetController, nodeName: string): void {
  const { cache } = context.state
  const node = cache.nodes.get(nodeName)
  if (!node) return
  const scheduled = scheduledDaemonSets(api.podsOnNode(nodeName))
  const countsMisscheduled = since(context.version, 'nodeQueueMisscheduled')
  for (const [key, ds] of cache.daemonSets) {
    const { shouldRun, shouldContinueRunning } = nodeShouldRunDaemonPod(node, ds.spec.template)
    const isScheduled = scheduled.has(key)
    const matters =
      (shouldRun && !isScheduled) ||
      (!shouldContinueRunning && isScheduled) ||
      (countsMisscheduled && isScheduled && ds.status.numberMisscheduled > 0)
    if (matters) queue.add(key)
  }
}
