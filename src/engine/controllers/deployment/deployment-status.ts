import type { Condition, Deployment } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { semanticEqual } from '#sim/equal.ts'
import { epochNow } from '../replicaset/epoch-now.ts'
import { createCondition, findCondition, progressReason, withCondition, withoutCondition } from './deployment-conditions.ts'
import { type DeploymentSync, writeStatus } from './deployment-sync.ts'
import { maxUnavailable, replicasOf } from './fenceposts.ts'
import { hasProgressDeadline, isComplete, isProgressing, isTimedOut, stuckCheckDelay } from './progress-deadline.ts'
import { allOf, type ReplicaSets, totalSize, totalStatus } from './replica-set-lists.ts'

/**
 * Σ of the ReplicaSets' terminating pods, undefined while one of them does not say. One that was never synced has none.
 * @source deployment_util.go GetTerminatingReplicaCountForReplicaSets
 */
function terminatingReplicas(sets: ReplicaSets): number | undefined {
  let sum = 0
  for (const { status } of allOf(sets)) {
    if (status.terminatingReplicas === undefined && status.observedGeneration) return undefined
    sum += status.terminatingReplicas ?? 0
  }
  return sum
}

/**
 * Counts and condition Available; counts of zero are left out as the API does.
 * @source pkg/controller/deployment/sync.go calculateStatus
 */
function calculateStatus({ deployment, context }: DeploymentSync, sets: ReplicaSets): Deployment['status'] {
  const timestamp = context.timestamp()
  const all = allOf(sets)
  const { conditions, collisionCount } = deployment.status
  const replicas = totalStatus(all, 'replicas')
  const updatedReplicas = sets.newRS?.status.replicas ?? 0
  const readyReplicas = totalStatus(all, 'readyReplicas')
  const availableReplicas = totalStatus(all, 'availableReplicas')
  const unavailableReplicas = Math.max(0, totalSize(all) - availableReplicas)
  const terminating = since(context.version, 'terminatingReplicas') ? terminatingReplicas(sets) : undefined
  const status: Deployment['status'] = {
    ...(deployment.metadata.generation && { observedGeneration: deployment.metadata.generation }),
    ...(replicas && { replicas }),
    ...(updatedReplicas && { updatedReplicas }),
    ...(readyReplicas && { readyReplicas }),
    ...(availableReplicas && { availableReplicas }),
    ...(unavailableReplicas && { unavailableReplicas }),
    ...(terminating !== undefined && { terminatingReplicas: terminating }),
    ...(collisionCount !== undefined && { collisionCount }),
    ...(conditions?.length && { conditions }),
  }
  const isAvailable = availableReplicas >= replicasOf(deployment) - maxUnavailable(deployment)
  const available = isAvailable
    ? createCondition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', timestamp)
    : createCondition('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.', timestamp)
  return withCondition(status, available)
}

/** Condition Progressing after this sync. @source pkg/controller/deployment/progress.go syncRolloutStatus */
function withProgress(deployment: Deployment, status: Deployment['status'], subject: string, nowMs: number, timestamp: string): Deployment['status'] {
  const current = findCondition(deployment.status, 'Progressing')
  const create = (value: 'True' | 'False', reason: string, what: string) =>
    createCondition('Progressing', value, reason, `${subject} ${what}`, timestamp)
  if (isComplete(deployment, status)) return withCondition(status, create('True', progressReason.available, 'has successfully progressed.'))
  if (isProgressing(deployment, status)) {
    // every step renews lastUpdateTime, also with the same reason: the deadline counts from there
    const progressing = create('True', progressReason.updated, 'is progressing.')
    const since = current?.status === 'True' ? current.lastTransitionTime : progressing.lastTransitionTime
    return withCondition(withoutCondition(status, 'Progressing'), { ...progressing, lastTransitionTime: since })
  }
  if (isTimedOut(deployment, status, nowMs)) return withCondition(status, create('False', progressReason.timedOut, 'has timed out progressing.'))
  return status
}

function replicaFailure(sets: ReplicaSets): Condition | undefined {
  for (const rs of [sets.newRS, ...sets.oldRSs]) {
    const failure = rs?.status.conditions?.find((c) => c.type === 'ReplicaFailure')
    if (failure) return { ...failure, lastUpdateTime: failure.lastTransitionTime }
  }
  return undefined
}

/**
 * Writes the status of a Deployment that is rolling out, with its progress; when nothing changed, plans the look at its deadline.
 * @source pkg/controller/deployment/progress.go syncRolloutStatus; WC-3.7
 */
export function syncRolloutStatus(sync: DeploymentSync, sets: ReplicaSets): void {
  const { deployment, context } = sync
  const nowMs = epochNow(context)
  let status = calculateStatus(sync, sets)
  const current = findCondition(deployment.status, 'Progressing')
  const wasCompleted = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === progressReason.available
  if (!hasProgressDeadline(deployment)) status = withoutCondition(status, 'Progressing')
  else if (!wasCompleted) {
    const subject = sets.newRS ? `ReplicaSet "${sets.newRS.metadata.name}"` : `Deployment "${deployment.metadata.name}"`
    status = withProgress(deployment, status, subject, nowMs, context.timestamp())
  }
  const failure = replicaFailure(sets)
  status = failure ? withCondition(status, failure) : withoutCondition(status, 'ReplicaFailure')
  if (!semanticEqual(deployment.status, status)) {
    writeStatus(sync, status)
    return
  }
  const delay = stuckCheckDelay(deployment, status, nowMs)
  if (delay !== undefined) sync.requeueAfter(delay)
}

/** Writes the counts only: paused, being scaled or deleted. @source pkg/controller/deployment/sync.go syncDeploymentStatus */
export function syncDeploymentStatus(sync: DeploymentSync, sets: ReplicaSets): void {
  writeStatus(sync, calculateStatus(sync, sets))
}
