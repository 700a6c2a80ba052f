import type { ReplicaSet } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import type { DeploymentSync } from './deployment-sync.ts'
import { sizeOf } from './replica-set-lists.ts'
import { hasAnnotations, replicasAnnotations } from './revision-annotations.ts'

/** Message of event ScalingReplicaSet; `created` = the ReplicaSet is new. WC-3.6 */
export function scalingMessage(version: KubernetesVersion, name: string, from: number, to: number, created = false): string {
  const start = `Scaled ${to > from ? 'up' : 'down'} replica set ${name}`
  if (since(version, 'scalingEventFromTo')) return `${start} from ${from} to ${to}`
  return since(version, 'scalingEventNamesBoth') && !created ? `${start} to ${to} from ${from}` : `${start} to ${to}`
}

/**
 * Gives a ReplicaSet a size and the annotations that go with the Deployment's; an event tells of a changed size.
 * Returns the ReplicaSet as stored.
 * @source pkg/controller/deployment/sync.go scaleReplicaSet
 */
export function scaleReplicaSet(sync: DeploymentSync, rs: ReplicaSet, size: number): ReplicaSet {
  const { context, deployment } = sync
  const wanted = replicasAnnotations(deployment)
  const from = sizeOf(rs)
  if (from === size && hasAnnotations(rs.metadata.annotations, wanted)) return rs
  const metadata = { ...rs.metadata, annotations: { ...rs.metadata.annotations, ...wanted } }
  const scaled = context.api.update('ReplicaSet', { ...rs, metadata, spec: { ...rs.spec, replicas: size } })
  if (from !== size) context.record(deployment, 'Normal', 'ScalingReplicaSet', scalingMessage(context.version, rs.metadata.name, from, size))
  return scaled
}

/** Like scaleReplicaSet, but leaves a ReplicaSet of the right size alone. @source scaleReplicaSetAndRecordEvent */
export function resizeReplicaSet(sync: DeploymentSync, rs: ReplicaSet, size: number): boolean {
  if (sizeOf(rs) === size) return false
  scaleReplicaSet(sync, rs, size)
  return true
}
