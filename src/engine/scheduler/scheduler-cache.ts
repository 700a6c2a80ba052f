import { controllerOf } from '#k8s/owner.ts'
import { isResizing } from '#k8s/pod-resize.ts'
import type { KubeNode, LabelSelector, Pod, Service, StringMap } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { LastFoundMap } from '#sim/last-found-map.ts'
import type { ControlPlaneApi, WatchEvent } from '../component.ts'
import type { ClusterView, PlacedPod } from './cluster-view.ts'
import { DomainCounts } from './domain-counts.ts'
import type { Judgement } from './judgement.ts'
import type { Likeness } from './likeness.ts'
import { assumePod, occupiesNode, rememberNode, rememberPod, type SchedulerMemory } from './memory.ts'
import { type Allocatable, allocatableOf, NodeInfo } from './node-info.ts'
import { createNodeList, groupNodes, type NodeGroup, type NodeList, type NodeTraits, traitsOf } from './node-list.ts'
import { zoneKey } from './node-order.ts'
import type { SpreadConstraint } from './spread-constraint.ts'

/** The reads that scheduling needs beside what it was told. */
export type SchedulerReads = Pick<ControlPlaneApi, 'get' | 'list'>

/** What is known of a node, or of a name that pods have as their node's. */
interface Slot {
  node: KubeNode | undefined
  /** Pods that occupy it. Replaced, never written into. */
  pods: readonly Pod[]
  /** undefined until it is asked for after a change. */
  info: NodeInfo | undefined
  /** undefined until it is asked for after a change of the node. */
  allocatable: Allocatable | undefined
}

/**
 * Whether a pod on its node only reports: nothing but its status and its annotations are new, and it goes on taking the same room there. Most
 * news is of that sort.
 */
function onlyReports(pod: Pod, before: Pod): boolean {
  if (pod.spec !== before.spec || !occupiesNode(pod) || !occupiesNode(before) || isResizing(before) || isResizing(pod)) return false
  const { labels, deletionTimestamp } = pod.metadata
  return (
    labels === before.metadata.labels &&
    deletionTimestamp === before.metadata.deletionTimestamp &&
    pod.status.nominatedNodeName === before.status.nominatedNodeName
  )
}

/**
 * The cluster as the scheduler knows it, with sums per node that are renewed only where something changed. All of it is derived from the
 * memory: a new cache over the same memory says the same.
 * @source pkg/scheduler/internal/cache
 */
export class SchedulerCache implements ClusterView {
  readonly version: KubernetesVersion
  private readonly api: SchedulerReads
  private readonly memory: SchedulerMemory
  private readonly slots = new LastFoundMap<Slot>()
  /** Nodes whose info in `list` is out of date. */
  private readonly dirty = new Set<string>()
  private list: NodeList | undefined
  private groups: readonly NodeGroup[] | undefined
  private knownTraits: NodeTraits | undefined
  private readonly domains = new DomainCounts()

  constructor(version: KubernetesVersion, api: SchedulerReads, memory: SchedulerMemory) {
    this.version = version
    this.api = api
    this.memory = memory
    for (const [name, node] of memory.nodes) this.newSlot(name).node = node
    for (const pod of memory.pods.values()) {
      const slot = this.slotOf(pod.spec.nodeName ?? '')
      slot.pods = replaced(slot.pods, -1, pod)
    }
  }

  /** Takes a delivered change of a pod in. */
  onPod(event: WatchEvent<'Pod'>): void {
    const { type, object: pod, old } = event
    if (type === 'MODIFIED' && old && onlyReports(pod, old)) return
    if (!rememberPod(this.memory, event)) return
    this.putPod(pod.spec.nodeName ?? '', pod.metadata.uid ?? '', type !== 'DELETED' && occupiesNode(pod) ? pod : undefined)
  }

  onNode(event: WatchEvent<'Node'>): void {
    rememberNode(this.memory, event)
    const { type, object: node, old } = event
    const { name } = node.metadata
    this.groups = undefined
    this.knownTraits = undefined
    if (type !== 'MODIFIED' || !old || zoneKey(old) !== zoneKey(node)) this.list = undefined
    const slot = this.slotOf(name)
    slot.node = type === 'DELETED' ? undefined : node
    slot.allocatable = undefined
    if (type === 'DELETED' && slot.pods.length === 0) this.slots.delete(name)
    this.touch(name, slot)
  }

  /** Counts a pod just bound as on its node. */
  assume(bound: Pod): void {
    assumePod(this.memory, bound)
    this.putPod(bound.spec.nodeName ?? '', bound.metadata.uid ?? '', bound)
  }

  nodeCount(): number {
    return this.memory.nodes.size
  }

  node(name: string): NodeInfo | undefined {
    const slot = this.slots.get(name)
    if (!slot?.node) return undefined
    slot.allocatable ??= allocatableOf(slot.node)
    slot.info ??= new NodeInfo(slot.node, slot.pods, slot.allocatable)
    return slot.info
  }

  nodes(): readonly NodeInfo[] {
    return this.upToDate().infos
  }

  judgements(of: Likeness): (Judgement | undefined)[] {
    const list = this.upToDate()
    if (list.judgedFor !== of) {
      list.judgedFor = of
      list.judgements = new Array(list.infos.length).fill(undefined)
    }
    return list.judgements
  }

  counts(key: string): (number | undefined)[] {
    const list = this.upToDate()
    if (list.countedFor !== key) {
      list.countedFor = key
      list.counts = new Array(list.infos.length).fill(undefined)
    }
    return list.counts
  }

  traits(): NodeTraits {
    this.knownTraits ??= traitsOf(this.memory.nodes.values())
    return this.knownTraits
  }

  nodeGroups(): readonly NodeGroup[] {
    this.groups ??= groupNodes(this.memory.nodes.values())
    return this.groups
  }

  domainCounts(constraint: SpreadConstraint): ReadonlyMap<string, number> {
    return this.domains.counts(
      constraint,
      () => this.nodes(),
      (name) => this.node(name),
    )
  }

  podsWithAffinity(): readonly PlacedPod[] {
    if (this.memory.affinityPods.size === 0) return none
    const found: PlacedPod[] = []
    for (const uid of this.memory.affinityPods) {
      const pod = this.memory.pods.get(uid)
      const node = pod && this.memory.nodes.get(pod.spec.nodeName ?? '')
      if (node) found.push({ pod, node })
    }
    return found
  }

  hasNominatedPods(): boolean {
    return this.memory.nominated.size > 0
  }

  nominatedPods(nodeName: string): readonly Pod[] {
    const keys = this.memory.nominated.get(nodeName)
    if (!keys) return none
    const found: Pod[] = []
    for (const key of keys) {
      const slash = key.indexOf('/')
      const pod = this.api.get('Pod', key.slice(0, slash), key.slice(slash + 1))
      if (pod && !pod.spec.nodeName && pod.status.nominatedNodeName === nodeName) found.push(pod)
    }
    return found
  }

  present(pod: Pod): Pod {
    const now = this.api.get('Pod', pod.metadata.namespace ?? '', pod.metadata.name)
    return now && now.metadata.uid === pod.metadata.uid ? now : pod
  }

  hasLowerPriority(priority: number): boolean {
    for (const known of this.memory.priorities.keys()) if (known < priority) return true
    return false
  }

  services(namespace: string): readonly Service[] {
    return this.api.list('Service', namespace)
  }

  namespaceLabels(namespace: string): StringMap | undefined {
    return this.api.get('Namespace', '', namespace)?.metadata.labels
  }

  ownerSelector(pod: Pod): LabelSelector | undefined {
    const owner = controllerOf(pod)
    if (owner?.kind !== 'ReplicaSet' && owner?.kind !== 'StatefulSet') return undefined
    const found = this.api.get(owner.kind, pod.metadata.namespace ?? '', owner.name)
    return found?.metadata.uid === owner.uid ? found.spec.selector : undefined
  }

  private upToDate(): NodeList {
    const list = this.list
    if (list)
      for (const name of this.dirty) {
        const at = list.at.get(name)
        if (at === undefined) continue
        list.infos[at] = this.node(name) as NodeInfo
        list.judgements[at] = undefined
        list.counts[at] = undefined
      }
    this.dirty.clear()
    this.list = list ?? createNodeList([...this.memory.nodes.values()], (name) => this.node(name) as NodeInfo)
    return this.list
  }

  private slotOf(nodeName: string): Slot {
    return this.slots.get(nodeName) ?? this.newSlot(nodeName)
  }

  private newSlot(nodeName: string): Slot {
    const slot: Slot = { node: undefined, pods: none, info: undefined, allocatable: undefined }
    this.slots.set(nodeName, slot)
    return slot
  }

  /** `pod` undefined = it does not occupy the node any more. */
  private putPod(nodeName: string, uid: string, pod: Pod | undefined): void {
    const slot = this.slotOf(nodeName)
    const at = slot.pods.findIndex(({ metadata }) => metadata.uid === uid)
    if (pod === slot.pods[at]) return
    slot.pods = replaced(slot.pods, at, pod)
    this.touch(nodeName, slot)
  }

  private touch(nodeName: string, slot: Slot): void {
    slot.info = undefined
    this.domains.touch(nodeName)
    if (this.list) this.dirty.add(nodeName)
  }
}

const none: readonly never[] = []

/** The pods with one at this place put in, taken out, or (−1) added. */
function replaced(pods: readonly Pod[], at: number, pod: Pod | undefined): readonly Pod[] {
  if (!pod) return pods.length === 1 ? none : pods.toSpliced(at, 1)
  if (at >= 0) return pods.with(at, pod)
  return pods.length === 0 ? [pod] : [...pods, pod]
}
