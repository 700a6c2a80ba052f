import { podRequests } from '#k8s/pod.ts'
import { matchesLabels, podMatchesNodeSelectorAndAffinity } from '#k8s/selector.ts'
import { findUntoleratedTaint, isSchedulingTaint } from '#k8s/taint.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { requiredAffinityTerms, requiredAntiAffinityTerms, termMatches } from './affinity-terms.ts'
import { type ClusterEvent, eventNode } from './cluster-event.ts'
import type { ClusterView } from './cluster-view.ts'
import { fitsRequest } from './filters/node-resources-fit.ts'
import type { FilterName } from './filters/plugin.ts'
import { podHostPorts, portsConflict } from './host-ports.ts'
import { allocatableOf, NodeInfo } from './node-info.ts'
import { pinnedNodes } from './pinned-nodes.ts'

type Hint = (pod: Pod, event: ClusterEvent, view: ClusterView) => boolean

const untolerated = (pod: Pod, node: KubeNode) => findUntoleratedTaint(node.spec.taints, pod.spec.tolerations, isSchedulingTaint) !== undefined
const admits = (pod: Pod, node: KubeNode) => podMatchesNodeSelectorAndAffinity(pod.spec, node.metadata.name, node.metadata.labels)

/** Whether a change in or out of this pod concerns the waiting pod's constraints between pods. */
function concernsAffinity(pod: Pod, { kind, pod: other }: Extract<ClusterEvent, { pod: Pod }>, view: ClusterView): boolean {
  if (kind !== 'PodDelete' && requiredAffinityTerms(pod).some((term) => termMatches(term, pod, other, view))) return true
  if (kind === 'PodAdd') return false
  return (
    requiredAntiAffinityTerms(pod).some((term) => termMatches(term, pod, other, view)) ||
    requiredAntiAffinityTerms(other).some((term) => termMatches(term, other, pod, view))
  )
}

function concernsSpread(pod: Pod, { pod: other, old }: Extract<ClusterEvent, { pod: Pod }>): boolean {
  if (other.metadata.namespace !== pod.metadata.namespace) return false
  const constraints = pod.spec.topologySpreadConstraints ?? []
  return constraints.some((c) => matchesLabels(c.labelSelector, other.metadata.labels) || matchesLabels(c.labelSelector, old?.metadata.labels))
}

const labelsMatter = (event: ClusterEvent) => event.kind === 'NodeAdd' || (event.kind === 'NodeUpdate' && event.changes.includes('labels'))

/** Whether resources grew or a node came on which the pod would fit were it empty. */
const nodeMayFit: Hint = (pod, event) => {
  if (!('node' in event) || fitsRequest(podRequests(pod.spec), new NodeInfo(event.node, [])).length) return false
  if (event.kind !== 'NodeUpdate') return event.kind === 'NodeAdd'
  const [before, after] = [allocatableOf(event.old), allocatableOf(event.node)]
  const requests = podRequests(pod.spec)
  return (
    after.pods > before.pods ||
    (requests.cpuMillis > 0 && after.cpuMillis > before.cpuMillis) ||
    (requests.memoryBytes > 0 && after.memoryBytes > before.memoryBytes) ||
    (requests.ephemeralBytes > 0 && after.ephemeralBytes > before.ephemeralBytes) ||
    Object.keys(requests.extended).some((name) => (after.extended[name] ?? 0) > (before.extended[name] ?? 0))
  )
}

/** From 1.32 on: does this change help against this plugin's verdict? @source QueueingHintFn of each plugin; SCH-7.7 */
const hints: Record<FilterName, Hint> = {
  NodeName: (_pod, event) => event.kind === 'NodeAdd',
  NodeUnschedulable: (_pod, event) => {
    if (event.kind === 'NodeAdd') return !event.node.spec.unschedulable
    return event.kind === 'NodeUpdate' && event.changes.includes('schedulable')
  },
  TaintToleration: (pod, event) => {
    if (event.kind === 'NodeAdd') return !untolerated(pod, event.node)
    return event.kind === 'NodeUpdate' && untolerated(pod, event.old) && !untolerated(pod, event.node)
  },
  NodeAffinity: (pod, event) => {
    if (event.kind === 'NodeAdd') return admits(pod, event.node)
    return event.kind === 'NodeUpdate' && !admits(pod, event.old) && admits(pod, event.node)
  },
  NodePorts: (pod, event) => {
    if (event.kind === 'NodeAdd') return true
    if (event.kind !== 'PodDelete') return false
    const freed = podHostPorts(event.pod.spec)
    return podHostPorts(pod.spec).some((port) => freed.some((other) => portsConflict(port, other)))
  },
  NodeResourcesFit: (pod, event, view) => event.kind === 'PodDelete' || nodeMayFit(pod, event, view),
  PodTopologySpread: (pod, event) => {
    if ('pod' in event) return concernsSpread(pod, event)
    return event.kind === 'NodeDelete' || labelsMatter(event) || (event.kind === 'NodeUpdate' && event.changes.includes('taints'))
  },
  InterPodAffinity: (pod, event, view) => ('pod' in event ? concernsAffinity(pod, event, view) : labelsMatter(event)),
}

const isNodeChange = (event: ClusterEvent) => event.kind === 'NodeAdd' || event.kind === 'NodeUpdate'
const changed = (event: ClusterEvent, what: string) =>
  event.kind === 'NodeAdd' || (event.kind === 'NodeUpdate' && event.changes.some((c) => c === what))

/** Before 1.32: does the plugin listen to this kind of change at all? @source EventsToRegister of each plugin; SCH-7.5 */
const registered: Record<FilterName, Hint> = {
  NodeName: (_pod, event) => isNodeChange(event),
  NodeAffinity: (_pod, event) => isNodeChange(event),
  TaintToleration: (_pod, event) => isNodeChange(event),
  NodeUnschedulable: (_pod, event) => changed(event, 'schedulable') || changed(event, 'taints'),
  NodePorts: (_pod, event) => isNodeChange(event) || event.kind === 'PodDelete',
  NodeResourcesFit: (_pod, event) => changed(event, 'allocatable') || event.kind === 'PodDelete',
  PodTopologySpread: (pod, event) => {
    if (event.kind === 'PodDelete' || event.kind === 'NodeDelete') return true
    return 'pod' in event ? concernsSpread(pod, event) : changed(event, 'labels')
  },
  InterPodAffinity: (pod, event, view) => {
    if (event.kind === 'PodDelete') return true
    return 'pod' in event ? concernsAffinity(pod, event, view) : changed(event, 'labels')
  },
}

/** Before 1.32 a node event moves a pod only if the node could take it as things stand. @source preCheckForNode; SCH-7.7 */
function passesPreCheck(pod: Pod, event: ClusterEvent, view: ClusterView): boolean {
  if (!('node' in event) || event.kind === 'NodeDelete') return true
  const info = view.node(event.node.metadata.name) ?? new NodeInfo(event.node, [])
  if (!admits(pod, event.node) || untolerated(pod, event.node) || fitsRequest(podRequests(pod.spec), info).length) return false
  return !podHostPorts(pod.spec).some((port) => info.ports.some((taken) => portsConflict(port, taken)))
}

/**
 * Whether a change should make the scheduler look at an unschedulable pod again. `plugins` = who rejected it; none = any change may help.
 * From 1.32 on a pod pinned to one node cares for that node only; upstream retries it after every deletion as well, without effect.
 */
export function isWorthRequeuing(pod: Pod, plugins: readonly FilterName[], event: ClusterEvent, view: ClusterView): boolean {
  const withHints = since(view.version, 'queueingHints')
  if (!withHints && !passesPreCheck(pod, event, view)) return false
  if (!plugins.length) return true
  if (withHints && !plugins.includes('PodTopologySpread') && !plugins.includes('InterPodAffinity')) {
    const pinned = pinnedNodes(pod)
    if (pinned && !pinned.includes(eventNode(event))) return false
  }
  const table = withHints ? hints : registered
  return plugins.some((name) => table[name](pod, event, view))
}
