import type { Deployment, PodTemplateSpec, ReplicaSet } from '#k8s/types.ts'
import { semanticEqual } from '#sim/equal.ts'
import { revisionOf } from './revision-annotations.ts'

export const hashLabel = 'pod-template-hash'

/** What a rollout looks at: the ReplicaSet of the present template, and all others, oldest first. */
export interface ReplicaSets {
  newRS?: ReplicaSet
  oldRSs: ReplicaSet[]
}

export const sizeOf = (rs: ReplicaSet): number => rs.spec.replicas ?? 1

export const allOf = ({ newRS, oldRSs }: ReplicaSets): ReplicaSet[] => (newRS ? [...oldRSs, newRS] : oldRSs)

export const activeOf = (list: readonly ReplicaSet[]): ReplicaSet[] => list.filter((rs) => sizeOf(rs) > 0)

/** Σ spec.replicas */
export const totalSize = (list: readonly ReplicaSet[]): number => list.reduce((sum, rs) => sum + sizeOf(rs), 0)

/** Σ of a field of the status */
export function totalStatus(list: readonly ReplicaSet[], field: 'replicas' | 'readyReplicas' | 'availableReplicas'): number {
  return list.reduce((sum, rs) => sum + (rs.status[field] ?? 0), 0)
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Oldest first, equals by name. @source ReplicaSetsByCreationTimestamp */
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  return compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') || compareText(a.metadata.name, b.metadata.name)
}

/** Lowest revision first, then oldest. @source ReplicaSetsByRevision */
export function byRevision(a: ReplicaSet, b: ReplicaSet): number {
  return revisionOf(a) - revisionOf(b) || byCreation(a, b)
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  if (template.metadata?.labels?.[hashLabel] === undefined) return template
  const { [hashLabel]: _, ...labels } = template.metadata.labels
  return { ...template, metadata: { ...template.metadata, labels } }
}

/** Whether two templates are equal but for the hash label. @source deployment_util.go EqualIgnoreHash */
export function equalIgnoringHash(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return semanticEqual(withoutHash(a), withoutHash(b))
}

/**
 * Splits the Deployment's ReplicaSets into the new one (the oldest with an equal template) and the old ones.
 * @source deployment_util.go FindNewReplicaSet, FindOldReplicaSets; WC-3.2
 */
export function splitReplicaSets(deployment: Deployment, list: readonly ReplicaSet[]): ReplicaSets {
  const sorted = [...list].sort(byCreation)
  const newRS = sorted.find((rs) => equalIgnoringHash(rs.spec.template, deployment.spec.template))
  return { newRS, oldRSs: sorted.filter((rs) => rs !== newRS) }
}

/**
 * The only ReplicaSet with pods; without any the new or else the newest one; undefined when several have pods, or none exists.
 * @source deployment_util.go FindActiveOrLatest
 */
export function findActiveOrLatest({ newRS, oldRSs }: ReplicaSets): ReplicaSet | undefined {
  const active = activeOf(allOf({ newRS, oldRSs }))
  if (active.length === 0) return newRS ?? [...oldRSs].sort(byCreation).at(-1)
  return active.length === 1 ? active[0] : undefined
}
