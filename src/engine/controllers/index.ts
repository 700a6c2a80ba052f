import type { ComponentDefinition } from '../component.ts'
import { kubeletDefinition } from '../kubelet/kubelet.ts'
import type { KubeletProfile, KubeletProfileName } from '../kubelet/profile.ts'
import { schedulerDefinition } from '../scheduler/scheduler.ts'
import { bootstrapController } from './apiserver/bootstrap-controller.ts'
import { daemonSetControllerDefinition } from './daemonset/daemon-set-controller.ts'
import { deploymentController } from './deployment/deployment-controller.ts'
import { garbageCollector } from './garbagecollector/garbage-collector.ts'
import { namespaceController } from './namespace/namespace-controller.ts'
import { nodeControllerDefinition } from './nodelifecycle/node-controller.ts'
import { podGarbageCollector } from './podgc/pod-garbage-collector.ts'
import { replicaSetController } from './replicaset/replicaset-controller.ts'
import { statefulSetController } from './statefulset/statefulset-controller.ts'
import { taintEvictionDefinition } from './tainteviction/taint-eviction-controller.ts'

/** Everything that acts in a cluster, in the order in which watch events are delivered. */
export function componentDefinitions(kubelets: KubeletProfileName | KubeletProfile): readonly ComponentDefinition[] {
  return [
    bootstrapController,
    kubeletDefinition(kubelets),
    nodeControllerDefinition,
    taintEvictionDefinition,
    daemonSetControllerDefinition,
    deploymentController,
    replicaSetController,
    statefulSetController,
    garbageCollector,
    namespaceController,
    podGarbageCollector,
    schedulerDefinition,
  ] as readonly ComponentDefinition[]
}
