import { isTerminal } from '#k8s/pod.ts'
import type { ReplicaSet } from '#k8s/types.ts'
import { cleanupDeployment } from './cleanup.ts'
import { syncRolloutStatus } from './deployment-status.ts'
import type { DeploymentSync } from './deployment-sync.ts'
import { replicasOf } from './fenceposts.ts'
import { syncRevision } from './new-replica-set.ts'
import { isComplete } from './progress-deadline.ts'
import { activeOf, type ReplicaSets, totalStatus } from './replica-set-lists.ts'
import { reread } from './rolling.ts'
import { resizeReplicaSet } from './scale-replica-set.ts'

/** Whether a pod of an old ReplicaSet is left that is not terminal; terminating ones count. @source recreate.go oldPodsRunning */
function oldPodsRunning({ context }: DeploymentSync, oldRSs: readonly ReplicaSet[]): boolean {
  if (totalStatus(oldRSs, 'replicas') > 0) return true
  return oldRSs.some((rs) => context.api.controlledBy('Pod', rs.metadata.uid ?? '').some((pod) => !isTerminal(pod)))
}

/**
 * One step of strategy Recreate: the old ReplicaSets to 0; when their pods are gone the new one is created or grown.
 * @source pkg/controller/deployment/recreate.go rolloutRecreate; WC-3.4
 */
export function rolloutRecreate(sync: DeploymentSync, list: readonly ReplicaSet[]): void {
  let sets: ReplicaSets = syncRevision(sync, list, false)
  let scaledDown = false
  for (const rs of activeOf(sets.oldRSs)) if (resizeReplicaSet(sync, rs, 0)) scaledDown = true
  if (!scaledDown && !oldPodsRunning(sync, sets.oldRSs)) {
    if (!sets.newRS) sets = syncRevision(sync, list, true)
    if (sets.newRS) resizeReplicaSet(sync, sets.newRS, replicasOf(sync.deployment))
    if (isComplete(sync.deployment, sync.deployment.status)) cleanupDeployment(sync, sets.oldRSs)
  }
  syncRolloutStatus(sync, reread(sync, sets))
}
