import type { Deployment, ReplicaSet } from '#k8s/types.ts'
import { maxSurge, replicasOf } from './fenceposts.ts'
import { byCreation, sizeOf, totalSize } from './replica-set-lists.ts'
import { maxReplicasAnnotation, replicasAnnotation } from './revision-annotations.ts'

const roundHalfAway = (value: number): number => Math.sign(value) * Math.round(Math.abs(value))

/** How much a ReplicaSet would change if it kept its share of the Deployment. @source getReplicaSetFraction */
function fraction(rs: ReplicaSet, deployment: Deployment): number {
  if (replicasOf(deployment) === 0) return -sizeOf(rs)
  const before = replicasAnnotation(rs, maxReplicasAnnotation) || (deployment.status.replicas ?? 0)
  if (before === 0) return 0
  return roundHalfAway((sizeOf(rs) * (replicasOf(deployment) + maxSurge(deployment))) / before) - sizeOf(rs)
}

/** @source pkg/controller/deployment/util/deployment_util.go GetReplicaSetProportion */
function proportion(rs: ReplicaSet, deployment: Deployment, toAdd: number, added: number): number {
  if (sizeOf(rs) === 0 || toAdd === 0 || toAdd === added) return 0
  const allowed = toAdd - added
  return toAdd > 0 ? Math.min(fraction(rs, deployment), allowed) : Math.max(fraction(rs, deployment), allowed)
}

export interface Resize {
  rs: ReplicaSet
  size: number
}

/**
 * New sizes of ReplicaSets that share a Deployment in the middle of a rollout, so that each keeps its share; what is left over goes to
 * the largest. Largest first; of equals the newer grow and the older shrink first.
 * @source pkg/controller/deployment/sync.go scale; WC-3.5
 */
export function proportionalSizes(deployment: Deployment, active: readonly ReplicaSet[]): Resize[] {
  const replicas = replicasOf(deployment)
  const allowed = replicas > 0 ? replicas + maxSurge(deployment) : 0
  const toAdd = allowed - totalSize(active)
  const newerFirst = toAdd > 0
  const sorted = [...active].sort((a, b) => sizeOf(b) - sizeOf(a) || (newerFirst ? byCreation(b, a) : byCreation(a, b)))
  let added = 0
  const sizes = sorted.map((rs) => {
    const change = proportion(rs, deployment, toAdd, added)
    added += change
    return { rs, size: sizeOf(rs) + change }
  })
  const largest = sizes[0]
  if (largest && toAdd !== 0) largest.size = Math.max(0, largest.size + toAdd - added)
  return sizes
}
