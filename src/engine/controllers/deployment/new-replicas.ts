import type { Deployment, ReplicaSet } from '#k8s/types.ts'
import { isRollingUpdate, maxSurge, replicasOf } from './fenceposts.ts'
import { sizeOf, totalSize } from './replica-set-lists.ts'

/**
 * The size the new ReplicaSet may have now: for RollingUpdate as much as replicas + maxSurge leaves room for. `all` includes newRS.
 * @source pkg/controller/deployment/util/deployment_util.go NewRSNewReplicas; WC-3.3
 */
export function newReplicas(deployment: Deployment, all: readonly ReplicaSet[], newRS: ReplicaSet): number {
  const replicas = replicasOf(deployment)
  if (!isRollingUpdate(deployment)) return replicas
  const room = replicas + maxSurge(deployment) - totalSize(all)
  if (room <= 0) return sizeOf(newRS)
  return sizeOf(newRS) + Math.min(room, replicas - sizeOf(newRS))
}
