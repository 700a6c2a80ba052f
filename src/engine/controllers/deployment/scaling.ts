import type { Deployment, ReplicaSet } from '#k8s/types.ts'
import { cleanupDeployment } from './cleanup.ts'
import { syncDeploymentStatus } from './deployment-status.ts'
import type { DeploymentSync } from './deployment-sync.ts'
import { isRollingUpdate, replicasOf } from './fenceposts.ts'
import { syncRevision } from './new-replica-set.ts'
import { proportionalSizes } from './proportion.ts'
import { activeOf, allOf, findActiveOrLatest, type ReplicaSets, sizeOf } from './replica-set-lists.ts'
import { desiredReplicasAnnotation, replicasAnnotation } from './revision-annotations.ts'
import { reread } from './rolling.ts'
import { resizeReplicaSet, scaleReplicaSet } from './scale-replica-set.ts'

/** Whether a ReplicaSet with pods was scaled for another size of the Deployment. @source deployment_controller.go isScalingEvent */
export function isScalingEvent(deployment: Deployment, sets: ReplicaSets): boolean {
  return activeOf(allOf(sets)).some((rs) => {
    const desired = replicasAnnotation(rs, desiredReplicasAnnotation)
    return desired !== undefined && desired !== replicasOf(deployment)
  })
}

/** The new ReplicaSet has all pods the Deployment wants, and they are available. @source deployment_util.go IsSaturated */
function isSaturated(deployment: Deployment, rs: ReplicaSet | undefined): boolean {
  if (!rs) return false
  const replicas = replicasOf(deployment)
  return sizeOf(rs) === replicas && replicasAnnotation(rs, desiredReplicasAnnotation) === replicas && (rs.status.availableReplicas ?? 0) === replicas
}

/**
 * Scales without rolling out: the only ReplicaSet with pods gets the whole size; old ones beside a saturated new one go to 0; else all
 * share in proportion.
 * @source pkg/controller/deployment/sync.go scale; WC-3.5
 */
function scale(sync: DeploymentSync, sets: ReplicaSets): void {
  const { deployment } = sync
  const only = findActiveOrLatest(sets)
  if (only) {
    resizeReplicaSet(sync, only, replicasOf(deployment))
    return
  }
  if (isSaturated(deployment, sets.newRS)) {
    for (const rs of activeOf(sets.oldRSs)) resizeReplicaSet(sync, rs, 0)
    return
  }
  if (!isRollingUpdate(deployment)) return
  for (const { rs, size } of proportionalSizes(deployment, activeOf(allOf(sets)))) scaleReplicaSet(sync, rs, size)
}

/** Syncs a Deployment that is paused or was scaled: sizes only, no rollout. @source pkg/controller/deployment/sync.go sync */
export function syncScale(sync: DeploymentSync, list: readonly ReplicaSet[]): void {
  const sets = syncRevision(sync, list, false)
  scale(sync, sets)
  if (sync.deployment.spec.paused) cleanupDeployment(sync, sets.oldRSs)
  syncDeploymentStatus(sync, reread(sync, sets))
}
