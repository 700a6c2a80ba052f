import type { ComponentDefinition } from '../component.ts'
import { kubeletDefinition } from '../kubelet/kubelet.ts'
import { kubeletProfiles, type KubeletProfileName } from '../kubelet/profile.ts'
import { schedulerDefinition } from '../scheduler/scheduler.ts'
import { daemonSetControllerDefinition } from './daemonset/daemon-set-controller.ts'
import { deploymentController } from './deployment/deployment-controller.ts'
import { nodeControllerDefinition } from './nodelifecycle/node-controller.ts'
import { replicaSetController } from './replicaset/replicaset-controller.ts'
import { taintEvictionDefinition } from './tainteviction/taint-eviction-controller.ts'

/** Everything that acts in a cluster, in the order in which watch events are delivered. */
export function componentDefinitions(kubelets: KubeletProfileName): readonly ComponentDefinition[] {
  return [
    kubeletDefinition(kubeletProfiles[kubelets]),
    nodeControllerDefinition,
    taintEvictionDefinition,
    daemonSetControllerDefinition,
    deploymentController,
    replicaSetController,
    schedulerDefinition,
  ] as readonly ComponentDefinition[]
}
