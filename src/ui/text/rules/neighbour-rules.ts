import { type RuleText, rule } from './rule-text.ts'

/** Rules of everything around a DaemonSet: API server, YAML, kubelet, node lifecycle, scheduler. By number. */
export const neighbourRules: Readonly<Record<string, RuleText>> = {
  'API-1': rule(
    'objects',
    'Some fields are for life',
    'A pod’s spec is fixed but for images, new tolerations and a few deadlines; a StatefulSet’s but for replicas, template, update strategy, ordinals and a few numbers; a priority class keeps its value. The API server refuses other changes: use another name, or delete the object first.',
  ),
  'API-2': rule(
    'objects',
    'A resourceVersion is a condition',
    'It says which state of the object a change is made to, a uid which object. The API server refuses the change when the object is in another state, or another object, by then. Manifests leave both out.',
  ),
  'API-2.5': rule(
    'finalizers',
    'Finalizers hold an object',
    'A deleted object stays, marked as deleted, until the last name is gone from its metadata.finalizers. Whoever put a name there takes it out when its own work is done; no new one can be added meanwhile.',
  ),
  'DEP-1': rule(
    'deprecation',
    'Names that have been replaced',
    'An old name may still be read, may do nothing, or may be gone with the next version. The new name is there already.',
  ),
  'GATE-1': rule(
    'featureGates',
    'Fields behind a feature gate',
    'A new field is part of the API before it does anything: while its feature gate is off, the API server takes a manifest with it and throws the field away without a word. Releases turn gates on, and now and then off again, as 1.36 did with maxUnavailable of StatefulSets.',
  ),
  'YAML-1.1': rule(
    'objects',
    'kubectl reads YAML 1.1',
    'Without quotes `yes`, `no`, `on`, `off`, `y` and `n` are truth values, `010` is 8, `1_000` and `1e3` are 1000, and `~` is nothing. Of two equal keys the last one wins, without a word. Quotes keep a text a text.',
  ),
  'KL-1': rule(
    'lifecycle',
    'How a pod starts',
    'The kubelet takes the pod, sets up volumes and network, runs the init containers one after the other, then starts the containers.',
  ),
  'KL-3': rule(
    'lifecycle',
    'The conditions of a pod',
    'The kubelet reports whether the pod is initialized, its containers are ready, and the pod is.',
  ),
  'KL-5': rule(
    'lifecycle',
    'A container that crashes waits longer each time',
    'The wait before the next start doubles, up to five minutes; ten minutes without a crash begin anew.',
  ),
  'KL-6': rule('lifecycle', 'An image that cannot be pulled', 'It is tried again after a wait that doubles, up to five minutes.'),
  'KL-4.2': rule(
    'lifecycle',
    'Why a container waits',
    'Its image may not be there yet (ErrImagePull, ImagePullBackOff), or it ended and is started again after a growing wait (CrashLoopBackOff).',
  ),
  'KL-7': rule(
    'probes',
    'Probes',
    'A probe has to fail `failureThreshold` times in a row, one `periodSeconds` apart, before something is done: readiness takes Ready away, liveness and startup have the container restarted.',
  ),
  'KL-8.5': rule(
    'nodes',
    'A stopped kubelet says nothing',
    'Containers may go on running, but the API shows the last that was reported. Deleting a pod there waits for the kubelet.',
  ),
  'KL-10': rule(
    'eviction',
    'Eviction by the kubelet under pressure',
    'Every 10 s one pod goes: first those that use more than they ask for, then those of lower priority. Critical pods stay. Under disk and PID pressure no others are let in, not even daemon pods.',
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
  'NL-4.1': rule(
    'nodes',
    'First NoSchedule, then NoExecute',
    'The pass that finds a node silent writes its condition and keeps new pods away. Only the pass after it, five seconds later, asks for the taint that evicts.',
  ),
  'NL-4.2': rule(
    'nodes',
    'Which taint a sick node gets',
    'A node that says it is not ready is tainted not-ready, one that says nothing unreachable. The taint that evicts waits for its turn in the queue of the zone.',
  ),
  'NL-4.3': rule(
    'nodes',
    'One node after the other',
    'In each zone one node in ten seconds gets the taint that evicts, so that one mistake does not empty the cluster. Who is well again by then leaves the queue.',
  ),
  'NL-5.3': rule(
    'nodes',
    'Where most nodes are sick, evicting stops',
    'With more than half of a zone sick (55 % and at least three nodes) the fault is rather in the network: a zone of up to 50 nodes is then left alone, a larger one goes on ten times slower.',
  ),
  'NL-5.4': rule(
    'nodes',
    'Where all nodes are sick, nobody is evicted',
    'There would be no place to go. The taints that evict are taken off, and countdowns end. It begins anew when a node is well again.',
  ),
  'NL-6.3': rule(
    'taints',
    'When the countdown begins',
    '`tolerationSeconds` run from the moment at which the controller sees the taint, not from the time that is written in the taint.',
  ),
  'NL-6.7': rule(
    'taints',
    'Evicted means deleted',
    'The pod is marked as a disruption and deleted with its own grace period. Disruption budgets are not asked.',
  ),
  'NL-7.1': rule(
    'shutdown',
    'When a pod of a dead node is gone at last',
    'Its kubelet comes back and confirms; or the Node object is deleted; or the node is tainted out-of-service; or somebody forces the deletion.',
  ),
  'NL-7.3': rule(
    'nodes',
    'Pods of a node that is gone',
    'The pod garbage collector looks every 20 s. A node that it misses for 40 s is taken for gone, and the pods that were bound to it are deleted without grace.',
  ),
  'CH-10': rule(
    'resize',
    'A running pod can be given other cpu and memory',
    'Since 1.33 by its part `resize`. The kubelet allocates what fits beside its other pods; what does not fit now waits, what the node can never give is refused. The template of the owner is not changed: the next pod asks for what stands there.',
  ),
  'SCH-1.5': rule(
    'gates',
    'Scheduling gates hold a pod back',
    'A pod with gates in its spec stays out of the scheduler’s queue: no filter is asked, nothing is tried. Whoever set a gate takes it away when the pod may go; only when the last one is gone does the scheduler look at it.',
  ),
  'SCH-2.1': rule(
    'scheduler',
    'The scheduler asks its filters, one after the other',
    'For every node the filters are asked in a fixed order, and the first that says no is the reason for that node. A pod for which no node is left stays Pending; it is tried again when something changes that could help.',
  ),
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
