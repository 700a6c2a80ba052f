import { isPodAvailable, isPodReady } from '#k8s/pod.ts'
import type { Condition, Pod, ReplicaSet, StringMap } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { errorText } from './pod-control.ts'

/** What the status of a ReplicaSet is calculated from. */
export interface ReplicaSetObservation {
  /** Its active pods, as they were before this sync changed anything. */
  pods: readonly Pod[]
  /** How many of its pods are on their way out (1.35). */
  terminating: number
  /** What went wrong while creating or deleting pods. */
  error?: unknown
  nowMs: number
  timestamp: string
  version: KubernetesVersion
}

function hasLabels(labels: StringMap | undefined, wanted: StringMap | undefined): boolean {
  if (labels !== wanted) for (const key in wanted) if (labels?.[key] !== wanted[key]) return false
  return true
}

function conditionsAfter(rs: ReplicaSet, observation: ReplicaSetObservation): Condition[] | undefined {
  const { conditions } = rs.status
  const known = conditions?.find((c) => c.type === 'ReplicaFailure')
  if (observation.error === undefined) return known ? conditions?.filter((c) => c !== known) : conditions
  if (known) return conditions
  const reason = observation.pods.length < (rs.spec.replicas ?? 1) ? 'FailedCreate' : 'FailedDelete'
  const failure: Condition = {
    type: 'ReplicaFailure',
    status: 'True',
    lastTransitionTime: observation.timestamp,
    reason,
    message: errorText(observation.error),
  }
  return [...(conditions ?? []), failure]
}

/**
 * The status a ReplicaSet should have. Counts of zero are left out as the API does, except `replicas`.
 * @source pkg/controller/replicaset/replica_set_utils.go calculateStatus; WC-2.3
 */
export function calculateStatus(rs: ReplicaSet, observation: ReplicaSetObservation): ReplicaSet['status'] {
  const { pods, nowMs, version } = observation
  const { minReadySeconds } = rs.spec
  const wanted = rs.spec.template.metadata?.labels
  let fullyLabeledReplicas = 0
  let readyReplicas = 0
  let availableReplicas = 0
  for (const pod of pods) {
    if (hasLabels(pod.metadata.labels, wanted)) fullyLabeledReplicas++
    if (!isPodReady(pod)) continue
    readyReplicas++
    if (!minReadySeconds || isPodAvailable(pod, minReadySeconds, nowMs, version)) availableReplicas++
  }
  const conditions = conditionsAfter(rs, observation)
  return {
    replicas: pods.length,
    ...(fullyLabeledReplicas && { fullyLabeledReplicas }),
    ...(readyReplicas && { readyReplicas }),
    ...(availableReplicas && { availableReplicas }),
    ...(since(version, 'terminatingReplicas') && { terminatingReplicas: observation.terminating }),
    ...(rs.metadata.generation && { observedGeneration: rs.metadata.generation }),
    ...(conditions?.length && { conditions }),
  }
}
