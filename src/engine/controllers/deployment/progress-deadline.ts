import { parseTimestamp } from '#k8s/time.ts'
import type { Deployment } from '#k8s/types.ts'
import { findCondition, progressReason } from './deployment-conditions.ts'
import { replicasOf } from './fenceposts.ts'

/** The largest 32-bit integer stands for "no deadline". */
const noDeadline = 2_147_483_647

export function hasProgressDeadline({ spec }: Deployment): boolean {
  return spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== null && spec.progressDeadlineSeconds !== noDeadline
}

/** All pods are on the new template and available, and no others are left. @source deployment_util.go DeploymentComplete */
export function isComplete(deployment: Deployment, status: Deployment['status']): boolean {
  const replicas = replicasOf(deployment)
  const { updatedReplicas = 0, replicas: present = 0, availableReplicas = 0, observedGeneration = 0 } = status
  return (
    updatedReplicas === replicas &&
    present === replicas &&
    availableReplicas === replicas &&
    observedGeneration >= (deployment.metadata.generation ?? 0)
  )
}

/** More updated, ready or available pods, or fewer old ones, than before. @source deployment_util.go DeploymentProgressing */
export function isProgressing({ status: before }: Deployment, status: Deployment['status']): boolean {
  const old = (s: Deployment['status']) => (s.replicas ?? 0) - (s.updatedReplicas ?? 0)
  return (
    (status.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(status) < old(before) ||
    (status.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (status.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  )
}

/** When the rollout's time is over, ms since 1970; undefined when nobody is counting. */
function deadlineMs(deployment: Deployment, status: Deployment['status']): number | undefined {
  const progressing = findCondition(status, 'Progressing')
  if (!hasProgressDeadline(deployment) || !progressing?.lastUpdateTime || progressing.reason === progressReason.available) return undefined
  return parseTimestamp(progressing.lastUpdateTime) + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000
}

/** No progress within progressDeadlineSeconds. nowMs = ms since 1970. @source deployment_util.go DeploymentTimedOut; WC-3.7 */
export function isTimedOut(deployment: Deployment, status: Deployment['status'], nowMs: number): boolean {
  if (hasProgressDeadline(deployment) && findCondition(status, 'Progressing')?.reason === progressReason.timedOut) return true
  const deadline = deadlineMs(deployment, status)
  return deadline !== undefined && deadline < nowMs
}

/**
 * Milliseconds after which a rollout without news is looked at again, a second past its deadline; undefined when it is complete, timed
 * out, or has no deadline.
 * @source pkg/controller/deployment/progress.go requeueStuckDeployment
 */
export function stuckCheckDelay(deployment: Deployment, status: Deployment['status'], nowMs: number): number | undefined {
  const deadline = deadlineMs(deployment, deployment.status)
  if (deadline === undefined || isComplete(deployment, status)) return undefined
  if (findCondition(deployment.status, 'Progressing')?.reason === progressReason.timedOut) return undefined
  return Math.max(0, deadline - nowMs) + 1000
}
