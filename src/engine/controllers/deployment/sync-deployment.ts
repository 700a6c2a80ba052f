import { isEmptySelector } from '#k8s/selector.ts'
import { claimObjects } from '../replicaset/claim.ts'
import { createCondition, findCondition, progressReason, withCondition } from './deployment-conditions.ts'
import { syncDeploymentStatus } from './deployment-status.ts'
import { type DeploymentSync, writeStatus } from './deployment-sync.ts'
import { isRollingUpdate } from './fenceposts.ts'
import { syncRevision } from './new-replica-set.ts'
import { hasProgressDeadline } from './progress-deadline.ts'
import { rolloutRecreate } from './recreate.ts'
import { splitReplicaSets } from './replica-set-lists.ts'
import { rolloutRolling } from './rolling.ts'
import { isScalingEvent, syncScale } from './scaling.ts'

/** Notes that a rollout was paused or resumed, so that the pause does not count as lack of progress. @source checkPausedConditions */
function checkPausedConditions(sync: DeploymentSync): void {
  const { deployment, context } = sync
  if (!hasProgressDeadline(deployment)) return
  const reason = findCondition(deployment.status, 'Progressing')?.reason
  const paused = !!deployment.spec.paused
  if (reason === progressReason.timedOut || paused === (reason === progressReason.paused)) return
  const condition = paused
    ? createCondition('Progressing', 'Unknown', progressReason.paused, 'Deployment is paused', context.timestamp())
    : createCondition('Progressing', 'Unknown', progressReason.resumed, 'Deployment is resumed', context.timestamp())
  writeStatus(sync, withCondition(deployment.status, condition))
}

/**
 * One sync of a Deployment. Not modelled: the deprecated rollback annotation of extensions/v1beta1.
 * @source pkg/controller/deployment/deployment_controller.go syncDeployment; WC-3
 */
export function syncDeployment(sync: DeploymentSync): void {
  const { context, deployment } = sync
  if (isEmptySelector(deployment.spec.selector)) {
    context.record(deployment, 'Warning', 'SelectingAll', 'This deployment is selecting all pods. A non-empty selector is required.')
    writeStatus(sync, { ...deployment.status, observedGeneration: deployment.metadata.generation })
    return
  }
  const list = claimObjects(context, 'ReplicaSet', deployment)
  if (deployment.metadata.deletionTimestamp) {
    syncDeploymentStatus(sync, syncRevision(sync, list, false))
    return
  }
  checkPausedConditions(sync)
  if (deployment.spec.paused || isScalingEvent(deployment, splitReplicaSets(deployment, list))) syncScale(sync, list)
  else if (isRollingUpdate(deployment)) rolloutRolling(sync, list)
  else rolloutRecreate(sync, list)
}
