import type { Deployment } from '#k8s/types.ts'
import type { ControllerContext } from '../replicaset/controller-context.ts'
import { revisionAnnotation } from './revision-annotations.ts'

/** One sync of one Deployment; `deployment` is its state after the writes made so far. */
export interface DeploymentSync {
  readonly context: ControllerContext
  deployment: Deployment
  /** Syncs it again after a delay, ms. */
  requeueAfter(delayMs: number): void
}

/** Writes status and annotations together, as the status subresource of Deployments takes them; nothing happens when they are the stored ones. */
export function writeDeployment(sync: DeploymentSync, deployment: Deployment): void {
  sync.deployment = sync.context.api.updateStatus('Deployment', deployment, deployment.status)
}

/** Writes the status; nothing happens when it is the stored one. */
export function writeStatus(sync: DeploymentSync, status: Deployment['status']): void {
  writeDeployment(sync, { ...sync.deployment, status })
}

/** The Deployment with the revision of its new ReplicaSet noted. @source deployment_util.go SetDeploymentRevision */
export function withRevision(deployment: Deployment, revision: string): Deployment {
  const { annotations } = deployment.metadata
  if (annotations?.[revisionAnnotation] === revision) return deployment
  return { ...deployment, metadata: { ...deployment.metadata, annotations: { ...annotations, [revisionAnnotation]: revision } } }
}
