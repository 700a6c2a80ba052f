import { ApiError } from '#k8s/api-error.ts'
import { templateHash } from '#k8s/hash.ts'
import { controllerOf, controllerRef } from '#k8s/owner.ts'
import type { Deployment, ReplicaSet } from '#k8s/types.ts'
import { errorText, isNamespaceTerminating } from '../replicaset/pod-control.ts'
import { createCondition, findCondition, progressReason, withCondition } from './deployment-conditions.ts'
import { type DeploymentSync, withRevision, writeDeployment, writeStatus } from './deployment-sync.ts'
import { newReplicas } from './new-replicas.ts'
import { hasProgressDeadline } from './progress-deadline.ts'
import { equalIgnoringHash, hashLabel, type ReplicaSets, sizeOf, splitReplicaSets } from './replica-set-lists.ts'
import { hasAnnotations, newReplicaSetAnnotations, revisionAnnotation, revisionOf } from './revision-annotations.ts'
import { scalingMessage } from './scale-replica-set.ts'

/** The Deployment with a Progressing condition, if it has a deadline for its progress. */
function withProgressing(sync: DeploymentSync, deployment: Deployment, status: 'True' | 'False', reason: string, message: string): Deployment {
  if (!hasProgressDeadline(deployment)) return deployment
  const condition = createCondition('Progressing', status, reason, message, sync.context.timestamp())
  return { ...deployment, status: withCondition(deployment.status, condition) }
}

/** Brings annotations and minReadySeconds of the existing new ReplicaSet up to date, or else the Deployment's revision. */
function syncExisting(sync: DeploymentSync, rs: ReplicaSet, newRevision: number): ReplicaSet {
  const { deployment, context } = sync
  const annotations = newReplicaSetAnnotations(deployment, rs.metadata.annotations, newRevision, true)
  const { minReadySeconds = 0 } = deployment.spec
  const waitsRight = (rs.spec.minReadySeconds ?? 0) === minReadySeconds
  if (!waitsRight || !hasAnnotations(rs.metadata.annotations, annotations)) {
    const spec = waitsRight ? rs.spec : { ...rs.spec, minReadySeconds }
    return context.api.update('ReplicaSet', { ...rs, metadata: { ...rs.metadata, annotations }, spec })
  }
  let next = withRevision(deployment, rs.metadata.annotations?.[revisionAnnotation] ?? '')
  if (!findCondition(deployment.status, 'Progressing'))
    next = withProgressing(sync, next, 'True', progressReason.found, `Found new replica set "${rs.metadata.name}"`)
  writeDeployment(sync, next)
  return rs
}

function replicaSetFor(deployment: Deployment, oldRSs: readonly ReplicaSet[], newRevision: number): ReplicaSet {
  const { template, selector, minReadySeconds } = deployment.spec
  const hash = templateHash(template, deployment.status.collisionCount)
  const labels = { ...template.metadata?.labels, [hashLabel]: hash }
  const rs: ReplicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: newReplicaSetAnnotations(deployment, undefined, newRevision, false),
      ownerReferences: [controllerRef(deployment)],
    },
    spec: {
      replicas: 0,
      ...(minReadySeconds && { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
    status: { replicas: 0 },
  }
  return { ...rs, spec: { ...rs.spec, replicas: newReplicas(deployment, [...oldRSs, rs], rs) } }
}

/** The name is taken: by the ReplicaSet that is wanted (it is returned), or by another, which counts as a hash collision (WC-3.8). */
function resolveCollision(sync: DeploymentSync, wanted: ReplicaSet, error: unknown): ReplicaSet {
  const { deployment, context } = sync
  const taken = context.api.get('ReplicaSet', wanted.metadata.namespace ?? '', wanted.metadata.name)
  const isOurs = taken && controllerOf(taken)?.uid === deployment.metadata.uid && equalIgnoringHash(taken.spec.template, deployment.spec.template)
  if (isOurs) return taken
  writeStatus(sync, { ...deployment.status, collisionCount: (deployment.status.collisionCount ?? 0) + 1 })
  throw error
}

function create(sync: DeploymentSync, oldRSs: readonly ReplicaSet[], newRevision: number): ReplicaSet {
  const { context } = sync
  const wanted = replicaSetFor(sync.deployment, oldRSs, newRevision)
  try {
    const created = context.api.create('ReplicaSet', wanted)
    const size = sizeOf(created)
    if (size > 0)
      context.record(sync.deployment, 'Normal', 'ScalingReplicaSet', scalingMessage(context.version, created.metadata.name, 0, size, true))
    const message = `Created new replica set "${created.metadata.name}"`
    writeDeployment(sync, withProgressing(sync, withRevision(sync.deployment, String(newRevision)), 'True', progressReason.created, message))
    return created
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'AlreadyExists') {
      const taken = resolveCollision(sync, wanted, error)
      writeDeployment(sync, withRevision(sync.deployment, String(newRevision)))
      return taken
    }
    if (isNamespaceTerminating(error)) throw error
    const message = `Failed to create new replica set "${wanted.metadata.name}": ${errorText(error)}`
    writeDeployment(sync, withProgressing(sync, sync.deployment, 'False', progressReason.createFailed, message))
    context.record(sync.deployment, 'Warning', progressReason.createFailed, message)
    throw error
  }
}

/**
 * The Deployment's ReplicaSets, the new one created when it is missing and wanted, revisions brought up to date.
 * Throws what the API answers when the create fails.
 * @source pkg/controller/deployment/sync.go getAllReplicaSetsAndSyncRevision, getNewReplicaSet; WC-3.2
 */
export function syncRevision(sync: DeploymentSync, list: readonly ReplicaSet[], createIfMissing: boolean): ReplicaSets {
  const { newRS, oldRSs } = splitReplicaSets(sync.deployment, list)
  const newRevision = Math.max(0, ...oldRSs.map(revisionOf)) + 1
  if (newRS) return { newRS: syncExisting(sync, newRS, newRevision), oldRSs }
  return createIfMissing ? { newRS: create(sync, oldRSs, newRevision), oldRSs } : { oldRSs }
}
