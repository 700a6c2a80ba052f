import { scaledValue } from '#k8s/int-or-percent.ts'
import type { Deployment } from '#k8s/types.ts'

export interface Fenceposts {
  /** Pods above `replicas` that a rollout may have. */
  maxSurge: number
  /** Pods below `replicas` that a rollout may be without. */
  maxUnavailable: number
}

export const replicasOf = (deployment: Deployment): number => deployment.spec.replicas ?? 1

export const isRollingUpdate = (deployment: Deployment): boolean => deployment.spec.strategy?.type !== 'Recreate'

/**
 * The bounds of a rolling update in pods: maxSurge rounded up, maxUnavailable down, never both zero. `maxUnavailable` is not yet
 * held below `replicas`.
 * @source pkg/controller/deployment/util/deployment_util.go ResolveFenceposts; WC-3.1
 */
export function resolveFenceposts(deployment: Deployment): Fenceposts {
  const { maxSurge = 0, maxUnavailable = 0 } = deployment.spec.strategy?.rollingUpdate ?? {}
  const replicas = replicasOf(deployment)
  const surge = scaledValue(maxSurge, replicas, true) ?? 0
  const unavailable = scaledValue(maxUnavailable, replicas, false) ?? 0
  return { maxSurge: surge, maxUnavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}

/** 0 unless the strategy is RollingUpdate. @source deployment_util.go MaxSurge */
export function maxSurge(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? resolveFenceposts(deployment).maxSurge : 0
}

/** At most `replicas`; 0 unless the strategy is RollingUpdate. @source deployment_util.go MaxUnavailable */
export function maxUnavailable(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? Math.min(resolveFenceposts(deployment).maxUnavailable, replicasOf(deployment)) : 0
}
