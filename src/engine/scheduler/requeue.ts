import { podRequests } from '#k8s/pod.ts'
import { podMatchesNodeSelectorAndAffinity } from '#k8s/selector.ts'
import { findUntoleratedTaint, isSchedulingTaint } from '#k8s/taint.ts'
import type { KubeNode, Pod, PodAffinityTerm } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { requiredAffinityTerms, requiredAntiAffinityTerms, termMatches } from './affinity-terms.ts'
import { type ClusterEvent, eventNode, takesLess } from './cluster-event.ts'
import type { ClusterView } from './cluster-view.ts'
import { createCycle } from './cycle.ts'
import { fitsRequest } from './filters/node-resources-fit.ts'
import type { FilterName } from './filters/plugin.ts'
import { podHostPorts, portsConflict } from './host-ports.ts'
import { allocatableOf, NodeInfo } from './node-info.ts'
import { pinnedNodes } from './pinned-nodes.ts'
import { hardConstraints } from './spread-constraints.ts'
import { hasTopologyLabels } from './spread-counts.ts'

type Hint = (pod: Pod, event: ClusterEvent, view: ClusterView) => boolean

const untolerated = (pod: Pod, node: KubeNode) => findUntoleratedTaint(node.spec.taints, pod.spec.tolerations, isSchedulingTaint) !== undefined
const hasLabel = ({ metadata }: KubeNode, key: string) => metadata.labels?.[key] !== undefined
const admits = (pod: Pod, node: KubeNode) => podMatchesNodeSelectorAndAffinity(pod.spec, node.metadata.name, node.metadata.labels)

const isOfAll = (terms: readonly PodAffinityTerm[], owner: Pod, target: Pod, view: ClusterView) =>
  terms.length > 0 && terms.every((term) => termMatches(term, owner, target, view))

/** A pod that came near the waiting one's wish, or left what repels it. Until 1.36 a pod has to match all anti-affinity terms to count. */
function podConcernsAffinity(pod: Pod, { kind, pod: other, old }: Extract<ClusterEvent, { pod: Pod }>, view: ClusterView): boolean {
  const [wanted, unwanted] = [requiredAffinityTerms(pod), requiredAntiAffinityTerms(pod)]
  if (kind === 'PodAdd') return isOfAll(wanted, pod, other, view)
  if (kind === 'PodDelete') {
    if (isOfAll(unwanted, pod, other, view)) return true
    return since(view.version, 'affinityHintsBothWays') && requiredAntiAffinityTerms(other).some((term) => termMatches(term, other, pod, view))
  }
  const became = (terms: readonly PodAffinityTerm[]) => Number(isOfAll(terms, pod, other, view)) - Number(!!old && isOfAll(terms, pod, old, view))
  return became(wanted) > 0 || became(unwanted) < 0
}

/** A node that came to a domain of the waiting pod's affinity, or one that left or changed a domain of its anti-affinity. */
const nodeConcernsAffinity: Hint = (pod, event) => {
  if (event.kind === 'NodeAdd')
    return requiredAntiAffinityTerms(pod).length > 0 || requiredAffinityTerms(pod).some(({ topologyKey }) => hasLabel(event.node, topologyKey))
  if (event.kind !== 'NodeUpdate') return false
  const { node, old } = event
  const moved = ({ topologyKey: key }: PodAffinityTerm) => node.metadata.labels?.[key] !== old.metadata.labels?.[key]
  return (
    requiredAffinityTerms(pod).some((term) => moved(term) && hasLabel(node, term.topologyKey)) ||
    requiredAntiAffinityTerms(pod).some((term) => moved(term) && hasLabel(old, term.topologyKey))
  )
}

function podConcernsSpread(pod: Pod, { kind, pod: other, old }: Extract<ClusterEvent, { pod: Pod }>, view: ClusterView): boolean {
  if (other.metadata.namespace !== pod.metadata.namespace) return false
  const before = kind === 'PodUpdate' ? old?.metadata.labels : undefined
  return hardConstraints(createCycle(pod, view)).some((c) => c.matches(other.metadata.labels) !== (kind === 'PodUpdate' && c.matches(before)))
}

/** A node with all topology labels of the waiting pod came, went, or changed domain or taints. */
const nodeConcernsSpread: Hint = (pod, event, view) => {
  if (!('node' in event)) return false
  const constraints = hardConstraints(createCycle(pod, view))
  const has = hasTopologyLabels(event.node, constraints)
  if (event.kind !== 'NodeUpdate') return has
  const { node, old, changes } = event
  if (has !== hasTopologyLabels(old, constraints)) return true
  const moved = () => constraints.some(({ topologyKey: key }) => node.metadata.labels?.[key] !== old.metadata.labels?.[key])
  return has && (changes.includes('taints') || moved())
}

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
  NodeResourcesFit: (pod, event, view) =>
    event.kind === 'PodDelete' || ('pod' in event && event.old ? takesLess(view.version, event.pod, event.old) : nodeMayFit(pod, event, view)),
  PodTopologySpread: (pod, event, view) => ('pod' in event ? podConcernsSpread(pod, event, view) : nodeConcernsSpread(pod, event, view)),
  InterPodAffinity: (pod, event, view) => ('pod' in event ? podConcernsAffinity(pod, event, view) : nodeConcernsAffinity(pod, event, view)),
}

const isNodeChange = (event: ClusterEvent) => event.kind === 'NodeAdd' || event.kind === 'NodeUpdate'
const changed = (event: ClusterEvent, what: string) =>
  event.kind === 'NodeAdd' || (event.kind === 'NodeUpdate' && event.changes.some((c) => c === what))

/** A new node comes with a taint: what it wakes it wakes when it has lost it (`passesPreCheck`). */
const nodeConcernsOthers: Hint = (_pod, event, { version }) =>
  changed(event, 'labels') || (since(version, 'newNodesWakeAffinity') && (changed(event, 'schedulable') || changed(event, 'taints')))

/**
 * Before 1.32: does the plugin listen to this kind of change at all? NodeResourcesFit to all updates of nodes since PR #109442, which came to
 * 1.23 and older ones, too.
 * @source EventsToRegister of each plugin; SCH-7.5
 */
const registered: Record<FilterName, Hint> = {
  NodeName: (_pod, event) => isNodeChange(event),
  NodeAffinity: (_pod, event) => isNodeChange(event),
  TaintToleration: (_pod, event) => isNodeChange(event),
  NodeUnschedulable: (_pod, event) => changed(event, 'schedulable') || changed(event, 'taints'),
  NodePorts: (_pod, event) => isNodeChange(event) || event.kind === 'PodDelete',
  NodeResourcesFit: (_pod, event) => isNodeChange(event) || event.kind === 'PodDelete',
  PodTopologySpread: (pod, event, view) => {
    if (event.kind === 'PodDelete' || event.kind === 'NodeDelete') return true
    return 'pod' in event ? podConcernsSpread(pod, event, view) : nodeConcernsOthers(pod, event, view)
  },
  InterPodAffinity: (pod, event, view) => {
    if (event.kind === 'PodDelete') return true
    if (!('pod' in event)) return nodeConcernsOthers(pod, event, view)
    return requiredAffinityTerms(pod).some((term) => termMatches(term, pod, event.pod, view))
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
