import { type ConditionUpdate, withCondition } from '#k8s/pod-condition.ts'
import type { Pod } from '#k8s/types.ts'

/** The pod with this condition, PodScheduled=False, and the nomination; the very same object when nothing differs. */
export function withSchedulingFailure(pod: Pod, failed: ConditionUpdate, nominated: string | undefined, timestamp: string): Pod {
  let status = withCondition(pod.status, failed, timestamp)
  if (status.nominatedNodeName !== nominated) {
    const { nominatedNodeName: _, ...rest } = status
    status = nominated ? { ...rest, nominatedNodeName: nominated } : rest
  }
  return status === pod.status ? pod : { ...pod, status }
}
