import { controllerOf } from '#k8s/owner.ts'
import type { LabelSelector, Pod, Service, StringMap } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { ControlPlaneApi, WatchEvent } from '../component.ts'
import type { ClusterView, PlacedPod } from './cluster-view.ts'
import { DomainCounts } from './domain-counts.ts'
import { assumePod, rememberNode, rememberPod, type SchedulerMemory } from './memory.ts'
import { createNodeInfo, type NodeInfo } from './node-info.ts'
import { createNodeList, groupNodes, type NodeGroup, type NodeList } from './node-list.ts'
import { zoneKey } from './node-order.ts'
import type { SpreadConstraint } from './spread-constraint.ts'

/** The reads that scheduling needs beside what it was told. */
export type SchedulerReads = Pick<ControlPlaneApi, 'get' | 'list'>

/**
 * The cluster as the scheduler knows it, with sums per node that are renewed only where something changed. All of it is derived from the
 * memory: a new cache over the same memory says the same.
 * @source pkg/scheduler/internal/cache
 */
export class SchedulerCache implements ClusterView {
  readonly version: KubernetesVersion
  private readonly api: SchedulerReads
  private readonly memory: SchedulerMemory
  private readonly podsByNode = new Map<string, Map<string, Pod>>()
  private readonly infos = new Map<string, NodeInfo>()
  /** Nodes of `list` whose info is out of date. */
  private readonly dirty = new Set<string>()
  private list: NodeList | undefined
  private groups: readonly NodeGroup[] | undefined
  private readonly domains = new DomainCounts()

  constructor(version: KubernetesVersion, api: SchedulerReads, memory: SchedulerMemory) {
    this.version = version
    this.api = api
    this.memory = memory
    for (const [uid, pod] of memory.pods) this.putPod(uid, pod)
  }

  /** Takes a delivered change of a pod in. */
  onPod(event: WatchEvent<'Pod'>): void {
    const node = rememberPod(this.memory, event)
    if (node) this.refreshPod(event.object.metadata.uid ?? '', node)
  }

  onNode(event: WatchEvent<'Node'>): void {
    rememberNode(this.memory, event)
    const { type, object: node, old } = event
    this.groups = undefined
    if (type !== 'MODIFIED' || !old || zoneKey(old) !== zoneKey(node)) this.list = undefined
    this.touch(node.metadata.name)
  }

  /** Counts a pod just bound as on its node. */
  assume(bound: Pod): void {
    assumePod(this.memory, bound)
    this.refreshPod(bound.metadata.uid ?? '', bound.spec.nodeName ?? '')
  }

  nodeCount(): number {
    return this.memory.nodes.size
  }

  node(name: string): NodeInfo | undefined {
    const known = this.infos.get(name)
    if (known) return known
    const node = this.memory.nodes.get(name)
    if (!node) return undefined
    const pods = this.podsByNode.get(name)
    const info = createNodeInfo(node, pods ? [...pods.values()] : [])
    this.infos.set(name, info)
    return info
  }

  nodes(): readonly NodeInfo[] {
    const list = this.list
    if (!list) this.list = createNodeList([...this.memory.nodes.values()], (name) => this.node(name) as NodeInfo)
    else for (const name of this.dirty) list.infos[list.at.get(name) as number] = this.node(name) as NodeInfo
    this.dirty.clear()
    return (this.list as NodeList).infos
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

  private refreshPod(uid: string, nodeName: string): void {
    const pod = this.memory.pods.get(uid)
    if (pod) this.putPod(uid, pod)
    else {
      const pods = this.podsByNode.get(nodeName)
      if (pods?.delete(uid) && pods.size === 0) this.podsByNode.delete(nodeName)
    }
    this.touch(nodeName)
  }

  private putPod(uid: string, pod: Pod): void {
    const at = pod.spec.nodeName ?? ''
    const pods = this.podsByNode.get(at)
    if (pods) pods.set(uid, pod)
    else this.podsByNode.set(at, new Map([[uid, pod]]))
  }

  private touch(nodeName: string): void {
    this.infos.delete(nodeName)
    this.domains.touch(nodeName)
    if (this.list?.at.has(nodeName)) this.dirty.add(nodeName)
  }
}

const none: readonly never[] = []
