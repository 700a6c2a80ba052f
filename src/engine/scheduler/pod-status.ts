import type { Condition, Pod, PodStatus } from '#k8s/types.ts'

/** A condition's new content; the time is filled in when its status changes. */
export type ConditionUpdate = Pick<Condition, 'type' | 'status' | 'reason' | 'message' | 'observedGeneration'>

/** The status with a condition set; the very same object when nothing differs. @source pkg/api/v1/pod UpdatePodCondition; SCH-6.2 */
export function withCondition(status: PodStatus, update: ConditionUpdate, timestamp: string): PodStatus {
  const conditions = status.conditions ?? []
  const at = conditions.findIndex(({ type }) => type === update.type)
  const known = conditions[at]
  if (known && known.status === update.status && known.reason === update.reason && known.message === update.message) return status
  const lastTransitionTime = known?.status === update.status ? known.lastTransitionTime : timestamp
  const condition: Condition = { ...update, lastProbeTime: null, lastTransitionTime }
  return { ...status, conditions: at < 0 ? [...conditions, condition] : conditions.with(at, condition) }
}

/** The pod with this condition, PodScheduled=False, and the nomination; the very same object when nothing differs. */
export function withSchedulingFailure(pod: Pod, failed: ConditionUpdate, nominated: string | undefined, timestamp: string): Pod {
  let status = withCondition(pod.status, failed, timestamp)
  if (status.nominatedNodeName !== nominated) {
    const { nominatedNodeName: _, ...rest } = status
    status = nominated ? { ...rest, nominatedNodeName: nominated } : rest
  }
  return status === pod.status ? pod : { ...pod, status }
}
