/** Pages of the Kubernetes documentation, by name and address below kubernetes.io/docs. */
const pages = {
  daemonSet: ['DaemonSet', 'concepts/workloads/controllers/daemonset/'],
  update: ['Perform a Rolling Update on a DaemonSet', 'tasks/manage-daemon/update-daemon-set/'],
  assign: ['Assigning Pods to Nodes', 'concepts/scheduling-eviction/assign-pod-node/'],
  eviction: ['Node-pressure Eviction', 'concepts/scheduling-eviction/node-pressure-eviction/'],
  probes: ['Liveness, Readiness, and Startup Probes', 'concepts/configuration/liveness-readiness-startup-probes/'],
  gates: ['Pod Scheduling Readiness', 'concepts/scheduling-eviction/pod-scheduling-readiness/'],
  taints: ['Taints and Tolerations', 'concepts/scheduling-eviction/taint-and-toleration/'],
  scheduler: ['Kubernetes Scheduler', 'concepts/scheduling-eviction/kube-scheduler/'],
  priority: ['Pod Priority and Preemption', 'concepts/scheduling-eviction/pod-priority-preemption/'],
  resources: ['Resource Management for Pods and Containers', 'concepts/configuration/manage-resources-containers/'],
  labels: ['Labels and Selectors', 'concepts/overview/working-with-objects/labels/'],
  objects: ['Objects In Kubernetes', 'concepts/overview/working-with-objects/'],
  resize: ['Resize CPU and Memory Resources assigned to Containers', 'tasks/configure-pod-container/resize-container-resources/'],
  featureGates: ['Feature Gates', 'reference/command-line-tools-reference/feature-gates/'],
  finalizers: ['Finalizers', 'concepts/overview/working-with-objects/finalizers/'],
  deprecation: ['Deprecated API Migration Guide', 'reference/using-api/deprecation-guide/'],
  wellKnown: ['Well-Known Labels, Annotations and Taints', 'reference/labels-annotations-taints/'],
  lifecycle: ['Pod Lifecycle', 'concepts/workloads/pods/pod-lifecycle/'],
  nodes: ['Nodes', 'concepts/architecture/nodes/'],
  drain: ['Safely Drain a Node', 'tasks/administer-cluster/safely-drain-node/'],
  statefulSet: ['StatefulSets', 'concepts/workloads/controllers/statefulset/'],
  priorityClass: ['Pod Priority and Preemption', 'concepts/scheduling-eviction/pod-priority-preemption/'],
  shutdown: ['Node Shutdowns', 'concepts/cluster-administration/node-shutdown/'],
} as const

type Page = keyof typeof pages

/** A rule of the specification in words. */
export interface RuleText {
  title: string
  text: string
  page: { name: string; address: string }
}

/** A rule, with the page of the documentation that is about it. */
export const rule = (page: Page, title: string, text: string): RuleText => ({
  title,
  text,
  page: { name: pages[page][0], address: `https://kubernetes.io/docs/${pages[page][1]}` },
})
