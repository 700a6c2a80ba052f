import type { Condition, Pod } from '#k8s/types.ts'
import type { NodeLifecycleContext } from './node-record.ts'

/**
 * Sets condition Ready of these pods to False where it is not: reason and message stay, ContainersReady is not touched.
 * @source pkg/controller/util/node/controller_utils.go MarkPodsNotReady; NL-2.5
 */
export function markPodsNotReady(ctx: NodeLifecycleContext, pods: readonly Pod[]): void {
  for (const pod of pods) {
    const conditions = pod.status.conditions
    if (!conditions?.some((c) => c.type === 'Ready' && c.status !== 'False')) continue
    const changed = conditions.map((c): Condition => (c.type === 'Ready' ? { ...c, status: 'False', lastTransitionTime: ctx.timestamp() } : c))
    ctx.api.updateStatus('Pod', pod, { ...pod.status, conditions: changed })
    ctx.record(pod, 'Warning', 'NodeNotReady', 'Node is not ready')
  }
}
