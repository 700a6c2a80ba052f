/** Pages of the Kubernetes documentation, by name and address below kubernetes.io/docs. */
const pages = {
  daemonSet: ['DaemonSet', 'concepts/workloads/controllers/daemonset/'],
  update: ['Perform a Rolling Update on a DaemonSet', 'tasks/manage-daemon/update-daemon-set/'],
  assign: ['Assigning Pods to Nodes', 'concepts/scheduling-eviction/assign-pod-node/'],
  taints: ['Taints and Tolerations', 'concepts/scheduling-eviction/taint-and-toleration/'],
  scheduler: ['Kubernetes Scheduler', 'concepts/scheduling-eviction/kube-scheduler/'],
  priority: ['Pod Priority and Preemption', 'concepts/scheduling-eviction/pod-priority-preemption/'],
  resources: ['Resource Management for Pods and Containers', 'concepts/configuration/manage-resources-containers/'],
  labels: ['Labels and Selectors', 'concepts/overview/working-with-objects/labels/'],
  objects: ['Objects In Kubernetes', 'concepts/overview/working-with-objects/'],
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

const rule = (page: Page, title: string, text: string): RuleText => ({
  title,
  text,
  page: { name: pages[page][0], address: `https://kubernetes.io/docs/${pages[page][1]}` },
})

const shared = {
  filters: rule(
    'scheduler',
    'The scheduler asks its filters, one after the other',
    'For every node the filters are asked in a fixed order, and the first that says no is the reason for that node. A pod for which no node is left stays Pending; it is tried again when something changes that could help.',
  ),
  status: rule(
    'daemonSet',
    'What the numbers of a DaemonSet count',
    'The controller goes through the nodes. DESIRED counts nodes that should have a pod; CURRENT those of them that have one; READY and AVAILABLE look at that pod; MISSCHEDULED counts pods on nodes that should have none.',
  ),
}

/** Every rule that hints and answers name, by its number. Loaded when the first one is opened. */
export const ruleTexts: Readonly<Record<string, RuleText>> = {
  'DS-2': rule(
    'daemonSet',
    'The controller waits for what it has just done',
    'After it made or deleted pods, it does nothing more until it has seen all of them in its own copy of the cluster.',
  ),
  'DS-3.4': rule(
    'daemonSet',
    'A DaemonSet that is being deleted makes no pods',
    'Its pods are removed by the garbage collector, or stay when it is deleted with `--cascade=orphan`.',
  ),
  'DS-4': rule(
    'daemonSet',
    'Which nodes get a pod',
    'Asked in this order: does the template name another node; do node selector and required node affinity fit the node’s labels; are its NoSchedule and NoExecute taints tolerated. Only when all agree the node gets a pod.',
  ),
  'DS-4.2': rule(
    'assign',
    '`nodeName` names the one node',
    'A template with `nodeName` wants that node and no other. When there is none of that name, no pod is made.',
  ),
  'DS-4.3': rule(
    'assign',
    'Node selector and required affinity must both fit',
    'Every pair of `nodeSelector` must be on the node exactly, and at least one term of the required node affinity must match. A DaemonSet also deletes the pod of a node that stops matching.',
  ),
  'DS-4.4': rule(
    'assign',
    'How affinity terms are read',
    'One matching term is enough; inside a term every expression must hold. `NotIn` also holds when the label is missing; `Gt` and `Lt` compare whole numbers. An empty term matches nothing.',
  ),
  'DS-4.5': rule(
    'daemonSet',
    'What a DaemonSet does not look at',
    'Resource requests, host ports, cordons, preferred affinity and readiness do not matter when the controller makes pods. They matter afterwards: the scheduler may leave such a pod Pending.',
  ),
  'DS-4.6': rule(
    'taints',
    'NoSchedule and NoExecute taints must be tolerated',
    'A node with such a taint gets a pod only if the pod tolerates it. If a NoExecute taint is not tolerated, a running pod goes as well; after a NoSchedule taint it stays. `PreferNoSchedule` is ignored.',
  ),
  'DS-4.7': rule(
    'taints',
    'When a toleration fits a taint',
    'The effect must be equal or left out, the key equal or left out, and with `Equal` the value too; `Exists` takes every value. No key together with `Exists` takes every taint, also those that appear later.',
  ),
  'DS-6.4': rule(
    'daemonSet',
    'Failed daemon pods are replaced, each time later',
    'A failed pod is deleted and made anew, after a wait that doubles with each failure on that node: 1 s, 2 s, 4 s, … up to 15 minutes.',
  ),
  'DS-6.5': rule(
    'daemonSet',
    'A daemon pod should never finish',
    'A pod that has succeeded is deleted and made anew; before Kubernetes 1.27 it stayed as it was.',
  ),
  'DS-6.6': rule(
    'daemonSet',
    'First the old pod goes, then the new one comes',
    'While the old pod of a node is still there, even terminating, its successor is not made.',
  ),
  'DS-7.1': rule('daemonSet', 'At most 250 at a time', 'One sync makes and deletes at most 250 pods; the rest waits for the next one.'),
  'DS-6.8': rule(
    'daemonSet',
    'One pod for each node',
    'When a node has several pods of a DaemonSet, the first stays and the others are deleted. While one is terminating, no new one is made.',
  ),
  'DS-7.6': rule(
    'taints',
    'Tolerations that every daemon pod gets',
    'The controller adds tolerations of not-ready and unreachable (NoExecute), and of disk, memory and pid pressure and unschedulable (NoSchedule), all without seconds. An equal one in the template is overwritten.',
  ),
  'DS-7.7': rule(
    'daemonSet',
    'Required affinity is replaced in the pod',
    'The required node affinity of the template decides which nodes get pods. In each pod the controller puts “this one node” in its place; preferred affinity and node selector stay as written.',
  ),
  'DS-8.1': shared.status,
  'DS-8.2': rule(
    'update',
    'The oldest pod of a node counts',
    'When a node has an old and a new pod, the numbers look at the old one. UP-TO-DATE rises only when it is gone.',
  ),
  'DS-8.4': rule(
    'daemonSet',
    'The status is written when a number changes',
    'Between two syncs of the controller the status says what was true before.',
  ),
  'DS-8.6': rule(
    'update',
    'Available = ready for long enough',
    'A pod counts as available when it has been Ready for `minReadySeconds`; an update waits for that.',
  ),
  'DS-11.1': rule(
    'update',
    'With OnDelete you do the update',
    'A new template is recorded as a revision, and no pod is touched. Each pod that you delete comes back from the new template.',
  ),
  'DS-13.2': rule(
    'daemonSet',
    'Cordoned nodes still get daemon pods',
    'A cordon is a taint that every daemon pod tolerates. Ordinary pods stay away.',
  ),
  'DS-14.1': rule(
    'update',
    'Limits that are not written',
    '`maxUnavailable` becomes 1 and `maxSurge` 0, each by itself. So `maxSurge: 1` alone means both are set, which is refused: write `maxUnavailable: 0` beside it.',
  ),
  'DS-15.12': rule(
    'labels',
    'The selector must match the template’s labels',
    'A workload finds its pods by its selector. If the pods it makes did not match, it would make more and more of them, so the API server refuses the object.',
  ),
  'DS-15.54': rule(
    'update',
    'Either maxUnavailable or maxSurge',
    'One of the two must be more than 0, the other one 0: a DaemonSet takes the old pod away first, or starts the new one beside it. Percentages are of the nodes that should have a pod, rounded up.',
  ),
  'DS-15.60': rule(
    'labels',
    'The selector is for life',
    'A changed selector would leave the pods it had. The API server refuses the change; delete the object (`--cascade=orphan` keeps its pods) or use another name.',
  ),
  'DS-16.5': rule(
    'objects',
    '`apiVersion` and `kind` name the type exactly',
    'Both are case-sensitive. What the server does not know under exactly that name is refused before anything else is looked at.',
  ),
  'API-1': rule(
    'objects',
    'Some fields are for life',
    'A pod’s spec is fixed but for images, new tolerations and a few deadlines; a StatefulSet’s but for replicas, template, update strategy, ordinals and a few numbers; a priority class keeps its value. The API server refuses other changes: use another name, or delete the object first.',
  ),
  'DEP-1': rule(
    'deprecation',
    'Names that have been replaced',
    'An old name may still be read, may do nothing, or may be gone with the next version. The new name is there already.',
  ),
  'YAML-1.1': rule(
    'objects',
    'kubectl reads YAML 1.1',
    'Without quotes `yes`, `no`, `on`, `off`, `y` and `n` are truth values, `010` is 8, `1_000` and `1e3` are 1000, and `~` is nothing. Of two equal keys the last one wins, without a word. Quotes keep a text a text.',
  ),
  'KL-4.2': rule(
    'lifecycle',
    'Why a container waits',
    'Its image may not be there yet (ErrImagePull, ImagePullBackOff), or it ended and is started again after a growing wait (CrashLoopBackOff).',
  ),
  'KL-8.5': rule(
    'nodes',
    'A stopped kubelet says nothing',
    'Containers may go on running, but the API shows the last that was reported. Deleting a pod there waits for the kubelet.',
  ),
  'NL-2': rule(
    'nodes',
    'How a lost node is noticed',
    'The kubelet renews a lease every 10 s. The node lifecycle controller looks every 5 s, and after the grace period sets Ready to Unknown.',
  ),
  'NL-2.2': rule(
    'nodes',
    'Ready becomes Unknown',
    'When no lease was renewed for the whole grace period, the controller sets the conditions of the node to Unknown and taints it as unreachable.',
  ),
  'NL-6.2': rule(
    'taints',
    'Eviction by NoExecute taints',
    'A pod that does not tolerate the taint is deleted at once; with `tolerationSeconds` after that time; a toleration without seconds keeps it for good.',
  ),
  'NL-7.1': rule(
    'shutdown',
    'When a pod of a dead node is gone at last',
    'Its kubelet comes back and confirms; or the Node object is deleted; or the node is tainted out-of-service; or somebody forces the deletion.',
  ),
  'SCH-2.1': shared.filters,
  'SCH-3.1': rule(
    'drain',
    'Cordoned nodes take no new pods',
    'The scheduler leaves out nodes that are marked unschedulable, except for pods that tolerate that mark, as daemon pods do.',
  ),
  'SCH-3.2': rule('assign', '`nodeName` leaves one node', 'A pod that names a node goes to that node or nowhere.'),
  'SCH-3.3': rule('taints', 'Taints keep pods away', 'A node with a NoSchedule or NoExecute taint that the pod does not tolerate is left out.'),
  'SCH-3.4': rule(
    'assign',
    'Node selector and required affinity leave nodes out',
    'The labels of a node must fit all of the node selector and at least one term of the required affinity.',
  ),
  'SCH-3.5': rule('scheduler', 'A host port must be free', 'Two pods cannot have the same port of a node.'),
  'SCH-3.7': rule('assign', 'Spread constraints leave nodes out', 'A node is left out when one pod more there would make the spread too uneven.'),
  'SCH-3.8': rule(
    'assign',
    'Affinity to other pods leaves nodes out',
    'Required affinity wants certain pods near, required anti-affinity wants them away.',
  ),
  'SCH-3.6': rule(
    'resources',
    'A pod must fit beside the others',
    'What all pods of a node request together may not be more than the node offers. It is the requests that count, not what is really used.',
  ),
  'SCH-3.13': rule(
    'scheduler',
    'A host port is taken once a node',
    'Two pods cannot have the same port of a node. With `hostNetwork` every container port is a host port.',
  ),
  'SCH-3.15': rule(
    'resources',
    'What a pod requests',
    'The sum of its containers, or its largest init container if that is more. A limit without a request counts as the request.',
  ),
  'SCH-5': rule(
    'scheduler',
    'Among fitting nodes the best score wins',
    'Nodes with room, with fewer pods of the same workload and with the image already there score better; a daemon pod has one node only.',
  ),
  'SCH-6': rule(
    'scheduler',
    'What the scheduler says when no node fits',
    'FailedScheduling counts the nodes by reason. The pod stays Pending and is tried again.',
  ),
  'SCH-8.7': rule(
    'priority',
    'A pod with priority may take the place of others',
    'On a full node pods of lower priority are removed for it. Daemon pods have priority 0 unless they name a class, and then nobody makes room for them.',
  ),
}

export const rulesText = {
  title: (number: string) => `Rule ${number}`,
  page: 'Kubernetes documentation',
  unknown: 'This rule is part of the specification that the engine follows; there is no short text about it.',
}
