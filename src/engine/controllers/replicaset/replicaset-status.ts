import type { Condition, ReplicaSet } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { errorText } from './pod-control.ts'
import type { PodTally } from './pod-tally.ts'

/** What the status of a ReplicaSet is calculated from. */
export interface ReplicaSetObservation {
  /** Its pods counted, as they were before this sync created or deleted any. */
  tally: PodTally
  /** How many of the active ones are available. */
  available: number
  /** What went wrong while creating or deleting pods. */
  error?: unknown
  timestamp: string
  version: KubernetesVersion
}

function conditionsAfter(rs: ReplicaSet, observation: ReplicaSetObservation): Condition[] | undefined {
  const { conditions } = rs.status
  const known = conditions?.find((c) => c.type === 'ReplicaFailure')
  if (observation.error === undefined) return known ? conditions?.filter((c) => c !== known) : conditions
  if (known) return conditions
  const reason = observation.tally.active < (rs.spec.replicas ?? 1) ? 'FailedCreate' : 'FailedDelete'
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
  const { tally, available, version } = observation
  const { active, fullyLabeled, ready } = tally
  const conditions = conditionsAfter(rs, observation)
  return {
    replicas: active,
    ...(fullyLabeled && { fullyLabeledReplicas: fullyLabeled }),
    ...(ready && { readyReplicas: ready }),
    ...(available && { availableReplicas: available }),
    ...(since(version, 'terminatingReplicas') && { terminatingReplicas: tally.terminating }),
    ...(rs.metadata.generation && { observedGeneration: rs.metadata.generation }),
    ...(conditions?.length && { conditions }),
  }
}
