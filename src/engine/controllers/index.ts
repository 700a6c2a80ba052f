import type { ComponentDefinition } from '../component.ts'
import { kubeletDefinition } from '../kubelet/kubelet.ts'
import type { KubeletProfileName } from '../kubelet/profile.ts'
import { schedulerDefinition } from '../scheduler/scheduler.ts'
import { daemonSetControllerDefinition } from './daemonset/daemon-set-controller.ts'
import { deploymentControllerDefinition } from './deployment/deployment-controller.ts'
import { garbageCollectorDefinition } from './garbagecollector/garbage-collector.ts'
import { namespaceControllerDefinition } from './namespace/namespace-controller.ts'
import { nodeControllerDefinition } from './nodelifecycle/node-controller.ts'
import { podGarbageCollectorDefinition } from './podgc/pod-garbage-collector.ts'
import { replicaSetControllerDefinition } from './replicaset/replicaset-controller.ts'
import { statefulSetControllerDefinition } from './statefulset/statefulset-controller.ts'
import { taintEvictionDefinition } from './tainteviction/taint-eviction-controller.ts'

/** Everything that acts in a cluster, in the order in which watch events are delivered. */
export function componentDefinitions(kubelets: KubeletProfileName): readonly ComponentDefinition[] {
  return [
    kubeletDefinition(kubelets),
    nodeControllerDefinition,
    taintEvictionDefinition,
    daemonSetControllerDefinition,
    deploymentControllerDefinition,
    replicaSetControllerDefinition,
    statefulSetControllerDefinition,
    garbageCollectorDefinition,
    podGarbageCollectorDefinition,
    namespaceControllerDefinition,
    schedulerDefinition,
  ] as readonly ComponentDefinition[]
}
