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

/** Writes the status; nothing happens when it is the stored one. */
export function writeStatus(sync: DeploymentSync, status: Deployment['status']): void {
  sync.deployment = sync.context.api.updateStatus('Deployment', { ...sync.deployment, status })
}

/** Notes the revision of the new ReplicaSet on the Deployment. @source deployment_util.go SetDeploymentRevision */
export function writeRevision(sync: DeploymentSync, revision: string): void {
  const { deployment, context } = sync
  const { annotations } = deployment.metadata
  if (annotations?.[revisionAnnotation] === revision) return
  const metadata = { ...deployment.metadata, annotations: { ...annotations, [revisionAnnotation]: revision } }
  sync.deployment = context.api.update('Deployment', { ...deployment, metadata })
}
