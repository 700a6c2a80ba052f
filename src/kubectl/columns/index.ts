import type { MetricsKind } from '#k8s/api/metrics-resources.ts'
import type { Kind } from '#k8s/types.ts'
import type { TablePrinter } from '../table.ts'
import { daemonSetPrinter } from './daemonset.ts'
import { eventPrinter } from './event.ts'
import { metricsPrinter } from './metrics.ts'
import { nodePrinter } from './node.ts'
import { leasePrinter, namespacePrinter, priorityClassPrinter, servicePrinter } from './others.ts'
import { podPrinter } from './pod.ts'
import { controllerRevisionPrinter, deploymentPrinter, replicaSetPrinter, statefulSetPrinter } from './workloads.ts'

/** The table printer of every kind. @source pkg/printers/internalversion/printers.go AddHandlers */
export const tablePrinters: { [K in Kind | MetricsKind]: TablePrinter } = {
  Node: nodePrinter as TablePrinter,
  Pod: podPrinter as TablePrinter,
  DaemonSet: daemonSetPrinter as TablePrinter,
  ControllerRevision: controllerRevisionPrinter as TablePrinter,
  Deployment: deploymentPrinter as TablePrinter,
  ReplicaSet: replicaSetPrinter as TablePrinter,
  StatefulSet: statefulSetPrinter as TablePrinter,
  Namespace: namespacePrinter as TablePrinter,
  PriorityClass: priorityClassPrinter as TablePrinter,
  Event: eventPrinter as TablePrinter,
  Lease: leasePrinter as TablePrinter,
  Service: servicePrinter as TablePrinter,
  NodeMetrics: metricsPrinter,
  PodMetrics: metricsPrinter,
}
