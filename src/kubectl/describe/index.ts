import type { MetricsKind } from '#k8s/api/metrics-resources.ts'
import type { Kind } from '#k8s/types.ts'
import type { Describer } from './describer.ts'
import { describeNode } from './node.ts'
import { describeGeneric, describeNamespace, describePriorityClass, describeService } from './others.ts'
import { describePod } from './pod.ts'
import { describeDaemonSet, describeDeployment, describeReplicaSet, describeStatefulSet } from './workloads.ts'

/** The describer of every kind. @source kubectl/pkg/describe describerMap */
export const describers: { [K in Kind | MetricsKind]: Describer } = {
  Node: describeNode as Describer,
  Pod: describePod as Describer,
  DaemonSet: describeDaemonSet as Describer,
  Deployment: describeDeployment as Describer,
  ReplicaSet: describeReplicaSet as Describer,
  StatefulSet: describeStatefulSet as Describer,
  Namespace: describeNamespace as Describer,
  Service: describeService as Describer,
  PriorityClass: describePriorityClass as Describer,
  ControllerRevision: describeGeneric,
  Event: describeGeneric,
  Lease: describeGeneric,
  NodeMetrics: describeGeneric,
  PodMetrics: describeGeneric,
}
