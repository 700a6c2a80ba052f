import { isTerminating } from '#k8s/pod.ts'
import type { Pod, StatefulSet } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { StatefulSetRevisions } from './revision-history.ts'
import { isRunningAndAvailable, isRunningAndReady, replicasOf, revisionNameOf } from './stateful-pod.ts'

export interface StatefulSetCounts {
  replicas: number
  readyReplicas: number
  availableReplicas: number
  currentReplicas: number
  updatedReplicas: number
}

/** @source stateful_set_control.go computeReplicaStatus */
export function countReplicas(
  set: StatefulSet,
  revisions: StatefulSetRevisions,
  pods: readonly Pod[],
  nowMs: number,
  version: KubernetesVersion,
): StatefulSetCounts {
  const counts = { replicas: pods.length, readyReplicas: 0, availableReplicas: 0, currentReplicas: 0, updatedReplicas: 0 }
  for (const pod of pods) {
    if (isRunningAndReady(pod)) {
      counts.readyReplicas++
      if (isRunningAndAvailable(pod, set.spec.minReadySeconds, nowMs, version)) counts.availableReplicas++
    }
    if (isTerminating(pod)) continue
    if (revisionNameOf(pod) === revisions.current.metadata.name) counts.currentReplicas++
    if (revisionNameOf(pod) === revisions.update.metadata.name) counts.updatedReplicas++
  }
  return counts
}

/**
 * The status to write. A rollout whose pods are all updated and ready is over: its revision becomes the current one.
 * Zero counts are left out as the API does, except replicas, availableReplicas and collisionCount.
 * @source stateful_set_utils.go completeRollingUpdate; WC-4.1
 */
export function statusFrom(set: StatefulSet, revisions: StatefulSetRevisions, counts: StatefulSetCounts): StatefulSet['status'] {
  const { replicas, readyReplicas, availableReplicas, updatedReplicas } = counts
  const wanted = replicasOf(set)
  const isRolling = (set.spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate'
  const isDone = isRolling && updatedReplicas === wanted && readyReplicas === wanted && replicas === wanted
  const currentReplicas = isDone ? updatedReplicas : counts.currentReplicas
  const { conditions } = set.status
  return {
    ...(set.metadata.generation && { observedGeneration: set.metadata.generation }),
    replicas,
    ...(readyReplicas && { readyReplicas }),
    ...(currentReplicas && { currentReplicas }),
    ...(updatedReplicas && { updatedReplicas }),
    availableReplicas,
    currentRevision: (isDone ? revisions.update : revisions.current).metadata.name,
    updateRevision: revisions.update.metadata.name,
    collisionCount: revisions.collisionCount,
    ...(conditions?.length && { conditions }),
  }
}
