import type { Deployment, ReplicaSet, StringMap } from '#k8s/types.ts'
import { maxSurge, replicasOf } from './fenceposts.ts'

export const revisionAnnotation = 'deployment.kubernetes.io/revision'
export const revisionHistoryAnnotation = 'deployment.kubernetes.io/revision-history'
export const desiredReplicasAnnotation = 'deployment.kubernetes.io/desired-replicas'
export const maxReplicasAnnotation = 'deployment.kubernetes.io/max-replicas'

/** Longest revision history kept, in characters. */
const maxHistoryLength = 2000

/** Annotations of a Deployment that its ReplicaSets do not get. */
const notCopied = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  revisionHistoryAnnotation,
  desiredReplicasAnnotation,
  maxReplicasAnnotation,
  'deprecated.deployment.rollback.to',
])

/** The ReplicaSet's revision, 0 when it has none or an unreadable one. */
export function revisionOf(rs: ReplicaSet): number {
  const revision = Number(rs.metadata.annotations?.[revisionAnnotation] ?? 0)
  return Number.isInteger(revision) ? revision : 0
}

/** A number kept in an annotation; undefined when absent or no integer. */
export function replicasAnnotation(rs: ReplicaSet, annotation: string): number | undefined {
  const text = rs.metadata.annotations?.[annotation]
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined
}

/** The annotations by which a ReplicaSet remembers for which size of the Deployment it was scaled. @source SetReplicasAnnotations */
export function replicasAnnotations(deployment: Deployment): StringMap {
  const replicas = replicasOf(deployment)
  return { [desiredReplicasAnnotation]: String(replicas), [maxReplicasAnnotation]: String(replicas + maxSurge(deployment)) }
}

/** Whether all of `wanted` is in `annotations`. */
export function hasAnnotations(annotations: StringMap | undefined, wanted: StringMap): boolean {
  for (const key in wanted) if (annotations?.[key] !== wanted[key]) return false
  return true
}

function historyWith(history: string | undefined, oldRevision: string): string | undefined {
  if (!history) return oldRevision
  const revisions = history.split(',')
  let length = history.length + oldRevision.length + 1
  let start = 0
  for (; length > maxHistoryLength && start < revisions.length; start++) length -= (revisions[start] as string).length + 1
  return length <= maxHistoryLength ? [...revisions.slice(start), oldRevision].join(',') : undefined
}

/**
 * The annotations of the Deployment's new ReplicaSet: the Deployment's own, the revision if it is higher than the present one
 * (which then goes into the history), and for one that is about to be created the sizes.
 * @source pkg/controller/deployment/util/deployment_util.go SetNewReplicaSetAnnotations; WC-3.2
 */
export function newReplicaSetAnnotations(deployment: Deployment, existing: StringMap | undefined, newRevision: number, exists: boolean): StringMap {
  const annotations: StringMap = { ...existing }
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) if (!notCopied.has(key)) annotations[key] = value
  const oldRevision = existing?.[revisionAnnotation]
  if (oldRevision && !/^-?\d+$/.test(oldRevision)) return annotations
  if (Number(oldRevision ?? 0) < newRevision) {
    annotations[revisionAnnotation] = String(newRevision)
    if (oldRevision !== undefined) {
      const history = historyWith(existing?.[revisionHistoryAnnotation], oldRevision)
      if (history !== undefined) annotations[revisionHistoryAnnotation] = history
    }
  }
  return exists ? annotations : { ...annotations, ...replicasAnnotations(deployment) }
}
