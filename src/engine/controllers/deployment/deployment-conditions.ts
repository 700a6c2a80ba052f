import type { Condition, ConditionStatus, Deployment } from '#k8s/types.ts'

export type DeploymentConditionType = 'Available' | 'Progressing' | 'ReplicaFailure'

/** Reasons of condition Progressing (WC-3.7). */
export const progressReason = {
  paused: 'DeploymentPaused',
  resumed: 'DeploymentResumed',
  found: 'FoundNewReplicaSet',
  created: 'NewReplicaSetCreated',
  createFailed: 'ReplicaSetCreateError',
  updated: 'ReplicaSetUpdated',
  available: 'NewReplicaSetAvailable',
  timedOut: 'ProgressDeadlineExceeded',
} as const

export function findCondition(status: Deployment['status'], type: DeploymentConditionType): Condition | undefined {
  return status.conditions?.find((condition) => condition.type === type)
}

export function createCondition(
  type: DeploymentConditionType,
  status: ConditionStatus,
  reason: string,
  message: string,
  timestamp: string,
): Condition {
  return { type, status, lastUpdateTime: timestamp, lastTransitionTime: timestamp, reason, message }
}

export function withoutCondition(status: Deployment['status'], type: DeploymentConditionType): Deployment['status'] {
  if (!findCondition(status, type)) return status
  const { conditions, ...rest } = status
  const kept = conditions?.filter((condition) => condition.type !== type)
  return { ...rest, ...(kept?.length && { conditions: kept }) }
}

/**
 * The status with this condition, put last. A condition with the same status and reason is left as it is; the transition time stays
 * while the status does.
 * @source pkg/controller/deployment/util/deployment_util.go SetDeploymentCondition
 */
export function withCondition(status: Deployment['status'], condition: Condition): Deployment['status'] {
  const known = findCondition(status, condition.type as DeploymentConditionType)
  if (known?.status === condition.status && known.reason === condition.reason) return status
  const made = known?.status === condition.status ? { ...condition, lastTransitionTime: known.lastTransitionTime } : condition
  return { ...status, conditions: [...(status.conditions ?? []).filter((c) => c.type !== condition.type), made] }
}
