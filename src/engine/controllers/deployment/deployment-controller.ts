import { controllerOf } from '#k8s/owner.ts'
import { matchesLabels } from '#k8s/selector.ts'
import type { Deployment, KubeObject, Pod, ReplicaSet } from '#k8s/types.ts'
import { createQueueState, createWorkQueue, type QueueState, type WorkQueue } from '#sim/queue.ts'
import type { ComponentContext, ComponentDefinition, WatchEvent } from '../../component.ts'
import { isRollingUpdate } from './fenceposts.ts'
import { syncDeployment } from './sync-deployment.ts'

export interface DeploymentControllerState {
  queue: QueueState
}

const keyOf = (object: KubeObject): string => `${object.metadata.namespace}/${object.metadata.name}`

/** Which Deployments are synced after which events. @source deployment_controller.go addReplicaSet, updateReplicaSet, deletePod */
function createWatch({ api }: ComponentContext<DeploymentControllerState>, queue: WorkQueue): (event: WatchEvent) => void {
  const deploymentOf = (rs: ReplicaSet): Deployment | undefined => {
    const reference = controllerOf(rs)
    if (reference?.kind !== 'Deployment') return undefined
    const deployment = api.get('Deployment', rs.metadata.namespace ?? '', reference.name)
    return deployment?.metadata.uid === reference.uid ? deployment : undefined
  }

  const enqueueOwner = (rs: ReplicaSet) => {
    const deployment = deploymentOf(rs)
    if (deployment) queue.add(keyOf(deployment))
  }

  const replicaSetChanged = (rs: ReplicaSet, old: ReplicaSet | undefined, deleted: boolean) => {
    if (old && controllerOf(old)?.uid !== controllerOf(rs)?.uid) enqueueOwner(old)
    if (controllerOf(rs)) return enqueueOwner(rs)
    if (deleted || (old && old.metadata.labels === rs.metadata.labels && old.metadata.ownerReferences === rs.metadata.ownerReferences)) return
    for (const deployment of api.list('Deployment', rs.metadata.namespace))
      if (matchesLabels(deployment.spec.selector, rs.metadata.labels)) queue.add(keyOf(deployment))
  }

  /** With strategy Recreate the last old pod to go lets the rollout go on. */
  const podDeleted = (pod: Pod) => {
    const reference = controllerOf(pod)
    const rs = reference?.kind === 'ReplicaSet' ? api.get('ReplicaSet', pod.metadata.namespace ?? '', reference.name) : undefined
    const deployment = rs && rs.metadata.uid === reference?.uid ? deploymentOf(rs) : undefined
    if (!deployment || isRollingUpdate(deployment)) return
    const left = api.controlledBy('ReplicaSet', deployment.metadata.uid ?? '').some((s) => api.controlledBy('Pod', s.metadata.uid ?? '').length > 0)
    if (!left) queue.add(keyOf(deployment))
  }

  return (event) => {
    if (event.kind === 'Deployment') queue.add(keyOf(event.object))
    else if (event.kind === 'ReplicaSet') replicaSetChanged(event.object as ReplicaSet, event.old as ReplicaSet | undefined, event.type === 'DELETED')
    else if (event.kind === 'Pod' && event.type === 'DELETED') podDeleted(event.object as Pod)
  }
}

/** Rolls out Deployments through ReplicaSets. */
export const deploymentController: ComponentDefinition<DeploymentControllerState> = {
  name: 'deployment-controller',
  order: 11,
  initialState: () => ({ queue: createQueueState() }),
  create(context) {
    const queue = createWorkQueue(context, () => context.state.queue, {
      name: 'deployment',
      process: (key) => {
        const [namespace = '', name = ''] = key.split('/')
        const deployment = context.api.get('Deployment', namespace, name)
        if (deployment) syncDeployment({ context, deployment, requeueAfter: (delayMs) => queue.addAfter(key, delayMs) })
      },
    })
    return {
      watches: ['Deployment', 'ReplicaSet', 'Pod'],
      onWatch: createWatch(context, queue),
      onTimer: (payload) => void queue.onTimer(payload),
    }
  },
}
