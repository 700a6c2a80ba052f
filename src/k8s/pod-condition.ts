import { observedGeneration } from './pod.ts'
import type { Condition, Pod, PodStatus } from './types.ts'
import type { KubernetesVersion } from './version.ts'

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

/** Why a pod is about to be ended by somebody else than its owner. */
export interface Disruption {
  readonly reason: 'DeletionByPodGC' | 'DeletionByTaintManager' | 'EvictionByEvictionAPI' | 'PreemptionByScheduler' | 'TerminationByKubelet'
  readonly message: string
}

/** The pod's status with the condition DisruptionTarget, which pods get from 1.26 on. */
export function withDisruptionTarget({ metadata, status }: Pod, disruption: Disruption, version: KubernetesVersion, timestamp: string): PodStatus {
  return withCondition(status, { type: 'DisruptionTarget', ...observedGeneration({ metadata }, version), status: 'True', ...disruption }, timestamp)
}
