import { ApiError } from '#k8s/api-error.ts'
import type { Deployment, ReplicaSet } from '#k8s/types.ts'
import type { DeploymentSync } from './deployment-sync.ts'
import { byRevision, sizeOf } from './replica-set-lists.ts'

/** The largest 32-bit integer stands for "keep all". */
const noLimit = 2_147_483_647

/**
 * The old ReplicaSets beyond revisionHistoryLimit, lowest revision first; those that still have pods, or whose size was not yet
 * observed, stay although they count.
 * @source pkg/controller/deployment/sync.go cleanupDeployment; WC-3.8
 */
export function surplusHistory(deployment: Deployment, oldRSs: readonly ReplicaSet[]): ReplicaSet[] {
  const limit = deployment.spec.revisionHistoryLimit
  if (limit === undefined || limit === noLimit) return []
  const alive = oldRSs.filter((rs) => !rs.metadata.deletionTimestamp).sort(byRevision)
  return alive
    .slice(0, Math.max(0, alive.length - limit))
    .filter((rs) => rs.status.replicas === 0 && sizeOf(rs) === 0 && (rs.metadata.generation ?? 0) <= (rs.status.observedGeneration ?? 0))
}

/** Deletes the old ReplicaSets that history does not need. */
export function cleanupDeployment({ deployment, context }: DeploymentSync, oldRSs: readonly ReplicaSet[]): void {
  for (const { metadata } of surplusHistory(deployment, oldRSs)) {
    try {
      context.api.delete('ReplicaSet', metadata.namespace ?? '', metadata.name)
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === 'NotFound')) throw error
    }
  }
}
