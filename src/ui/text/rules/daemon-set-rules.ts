import { type RuleText, rule } from './rule-text.ts'

/** Rules of the DaemonSet controller and of the DaemonSet's own checks, by number. */
export const daemonSetRules: Readonly<Record<string, RuleText>> = {
  'DS-1.14': rule(
    'daemonSet',
    'A taint may leave the numbers as they were',
    'Since 1.33 a changed node wakes a DaemonSet only when a pod is to be made or deleted there, or when it already counts misscheduled pods. An untolerated NoSchedule taint on a node that has its pod does neither: the status stays as it was until something else wakes a sync. Before 1.33 it was corrected at once.',
  ),
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
  'DS-7.4': rule(
    'daemonSet',
    'What the API server refuses',
    'A pod that is not let in is not made: an event FailedCreate says why, DESIRED stays, CURRENT does not follow. The controller tries again later.',
  ),
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
  'DS-8.1': rule(
    'daemonSet',
    'What the numbers of a DaemonSet count',
    'The controller goes through the nodes. DESIRED counts nodes that should have a pod; CURRENT those of them that have one; READY and AVAILABLE look at that pod; MISSCHEDULED counts pods on nodes that should have none.',
  ),
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
  'DS-2.4': rule(
    'daemonSet',
    'Waiting for what was just done',
    'While the controller has not seen all of its own changes it makes and deletes nothing; only the numbers are counted anew.',
  ),
  'DS-5.2': rule(
    'labels',
    'Whose pod it is',
    'A pod belongs to the controller that its owner reference names. When its labels stop matching the selector, it is let go and not counted any more.',
  ),
  'DS-6.3': rule(
    'daemonSet',
    'Where a pod may not stay it is deleted',
    'The labels no longer fit, or a NoExecute taint is not tolerated: the controller deletes the pod, whatever state it is in.',
  ),
  'DS-6.9': rule(
    'update',
    'With surge two pods may share a node',
    'The new pod is made beside the old one, which is deleted when the new one is available.',
  ),
  'DS-6.10': rule(
    'nodes',
    'Pods for nodes that are gone',
    'A pod that was meant for a node which is no longer there, and not yet bound, is deleted. Bound ones are left to the pod garbage collector.',
  ),
  'DS-10.1': rule('update', 'Every sync goes through all nodes', 'Old and new pods are looked at on each node, also on those that have none.'),
  'DS-10.2': rule(
    'update',
    'How the limits are counted',
    'A percentage is of the nodes that should have a pod, rounded up. When both limits come out as 0, maxUnavailable is 1.',
  ),
  'DS-10.3': rule(
    'update',
    'New is what has the newest revision',
    'A pod is new when its label `controller-revision-hash` is that of the newest template.',
  ),
  'DS-10.4': rule('update', 'One old and one new pod at most', 'A node with more of them is left out of the update until that is mended.'),
  'DS-10.6': rule(
    'update',
    'Broken old pods go first',
    'Old pods that are not available are deleted at once; of the others as many as maxUnavailable still allows.',
  ),
  'DS-10.7': rule(
    'update',
    'A node counts as unavailable until its new pod is available',
    'With maxUnavailable 1 the next node has its turn only then.',
  ),
  'DS-10.10': rule(
    'update',
    'How many new pods surge',
    'New pods are made beside old ones on at most maxSurge nodes; where the old pod is not available, at once.',
  ),
  'DS-10.11': rule(
    'update',
    'Pods on nodes that should have none',
    'They count as available, too; when there are more than wanted, the old ones go first.',
  ),
  'DS-10.12': rule(
    'update',
    'A lost node can hold up a surge',
    'While an old pod is on a node that no longer exists, no step of the update is made.',
  ),
  'DS-11.1': rule(
    'update',
    'With OnDelete you do the update',
    'A new template is recorded as a revision, and no pod is touched. Each pod that you delete comes back from the new template.',
  ),
  'DS-12.3': rule(
    'daemonSet',
    'A DaemonSet can be deleted without its pods',
    'With `--cascade=orphan` its pods and revisions lose their owner and stay. A new DaemonSet whose selector matches takes them over; with the same template it does not even replace them.',
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
}
