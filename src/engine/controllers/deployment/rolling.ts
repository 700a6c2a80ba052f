import type { Deployment, ReplicaSet } from '#k8s/types.ts'
import { cleanupDeployment } from './cleanup.ts'
import { syncRolloutStatus } from './deployment-status.ts'
import type { DeploymentSync } from './deployment-sync.ts'
import { maxUnavailable, replicasOf } from './fenceposts.ts'
import { syncRevision } from './new-replica-set.ts'
import { newReplicas } from './new-replicas.ts'
import { isComplete } from './progress-deadline.ts'
import type { Resize } from './proportion.ts'
import { activeOf, allOf, type ReplicaSets, sizeOf, totalSize, totalStatus } from './replica-set-lists.ts'
import { resizeReplicaSet } from './scale-replica-set.ts'

interface Shrinking {
  rs: ReplicaSet
  size: number
}

/** Lowers the sizes in order by at most `budget` in all. */
function shrink(list: Shrinking[], budget: number, most: (item: Shrinking) => number): Resize[] {
  const steps: Resize[] = []
  for (const item of list) {
    const count = Math.min(budget, most(item))
    if (count <= 0) continue
    budget -= count
    item.size -= count
    steps.push({ rs: item.rs, size: item.size })
  }
  return steps
}

/**
 * New sizes of the old ReplicaSets: pods that are not available go first, then available ones as far as replicas − maxUnavailable
 * stay available; oldest ReplicaSet first. The two steps are separate entries, as they are separate writes. Nothing happens while a
 * ReplicaSet still reports more available pods than it should have: its last change was not carried out yet.
 * @source pkg/controller/deployment/rolling.go reconcileOldReplicaSets, cleanupUnhealthyReplicas; WC-3.3
 */
export function oldReplicaSizes(deployment: Deployment, sets: ReplicaSets): Resize[] {
  const { newRS } = sets
  const old = activeOf(sets.oldRSs)
  if (!newRS || old.length === 0) return []
  const availableIn = (rs: ReplicaSet) => rs.status.availableReplicas ?? 0
  const minAvailable = replicasOf(deployment) - maxUnavailable(deployment)
  const limit = totalSize(allOf(sets)) - minAvailable - (sizeOf(newRS) - availableIn(newRS))
  if (limit <= 0 || old.some((rs) => availableIn(rs) > sizeOf(rs))) return []
  const list = old.map((rs) => ({ rs, size: sizeOf(rs) }))
  const unhealthy = shrink(list, limit, ({ rs, size }) => size - availableIn(rs))
  const spare = totalStatus([...old, newRS], 'availableReplicas') - minAvailable
  return [...unhealthy, ...shrink(list, spare, ({ size }) => size)]
}

/** Grows the new ReplicaSet as far as maxSurge lets it, or shrinks it to `replicas`. @source reconcileNewReplicaSet */
function reconcileNewReplicaSet(sync: DeploymentSync, sets: ReplicaSets & { newRS: ReplicaSet }): boolean {
  const { deployment } = sync
  const replicas = replicasOf(deployment)
  const size = sizeOf(sets.newRS) > replicas ? replicas : newReplicas(deployment, allOf(sets), sets.newRS)
  return resizeReplicaSet(sync, sets.newRS, size)
}

function reconcileOldReplicaSets(sync: DeploymentSync, sets: ReplicaSets): boolean {
  const resizes = oldReplicaSizes(sync.deployment, sets)
  for (const { rs, size } of resizes) {
    // an earlier step of this sync may have written the same ReplicaSet
    const stored = sync.context.api.get('ReplicaSet', rs.metadata.namespace ?? '', rs.metadata.name)
    if (stored) resizeReplicaSet(sync, stored, size)
  }
  return resizes.length > 0
}

/**
 * One step of a rolling update: the new ReplicaSet up, or else the old ones down, or else history is cleaned up.
 * @source pkg/controller/deployment/rolling.go rolloutRolling; WC-3.3
 */
export function rolloutRolling(sync: DeploymentSync, list: readonly ReplicaSet[]): void {
  const { newRS, oldRSs } = syncRevision(sync, list, true)
  if (!newRS) return
  const sets = { newRS, oldRSs }
  const scaled = reconcileNewReplicaSet(sync, sets) || reconcileOldReplicaSets(sync, sets)
  if (!scaled && isComplete(sync.deployment, sync.deployment.status)) cleanupDeployment(sync, oldRSs)
  syncRolloutStatus(sync, reread(sync, sets))
}

/** The ReplicaSets as stored now, after this sync's own writes. */
export function reread(sync: DeploymentSync, { newRS, oldRSs }: ReplicaSets): ReplicaSets {
  const fresh = (rs: ReplicaSet) => sync.context.api.get('ReplicaSet', rs.metadata.namespace ?? '', rs.metadata.name) ?? rs
  return { ...(newRS && { newRS: fresh(newRS) }), oldRSs: oldRSs.map(fresh) }
}
