import { isTerminal } from '#k8s/pod.ts'
import { controllerOf } from '#k8s/owner.ts'
import type { KubeNode, LabelSelector, Pod, Service, StringMap } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { ControlPlaneApi } from '../component.ts'
import type { ClusterView, NodeGroup, PlacedPod } from './cluster-view.ts'
import type { SchedulerMemory } from './memory.ts'
import { createNodeInfo, type NodeInfo } from './node-info.ts'
import { nodeOrder } from './node-order.ts'

/** The reads that scheduling needs. */
export type SchedulerReads = Pick<ControlPlaneApi, 'get' | 'list' | 'count' | 'node' | 'podsOnNode'>

interface CachedNode {
  info: NodeInfo
  /** What `info` was made of. */
  source: readonly Pod[]
}

interface NodeList {
  source: readonly KubeNode[]
  order: readonly string[]
  groups?: readonly NodeGroup[]
}

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** What schedules and taints say alike is looked at once. */
function groupNodes(nodes: readonly KubeNode[]): NodeGroup[] {
  const groups = new Map<string, { sample: NodeInfo; names: Set<string> }>()
  for (const node of nodes) {
    const { taints, unschedulable } = node.spec
    const key = taints?.length || unschedulable ? `${unschedulable ?? false}|${JSON.stringify(taints)}` : ''
    const group = groups.get(key)
    if (group) group.names.add(node.metadata.name)
    else groups.set(key, { sample: createNodeInfo(node, []), names: new Set([node.metadata.name]) })
  }
  return [...groups.values()]
}

/**
 * Sums per node, kept from cycle to cycle. Derived: an entry holds as long as the node and its pods in the store are the very
 * objects it was made of, so a lost cache (restore) changes nothing but time.
 */
export interface NodeCache {
  readonly infos: Map<string, CachedNode>
  list: NodeList | undefined
}

export function createNodeCache(): NodeCache {
  return { infos: new Map(), list: undefined }
}

/**
 * The view of one cycle, over the store as it is now. The real scheduler works on a snapshot of watched state plus the pods it has
 * assumed; here a binding is in the store at once, so the store itself is that snapshot.
 */
export class LiveView implements ClusterView {
  readonly version: KubernetesVersion
  private readonly api: SchedulerReads
  private readonly memory: SchedulerMemory
  private readonly cache: NodeCache
  private readonly seen = new Map<string, NodeInfo>()
  private all: readonly NodeInfo[] | undefined
  private list: NodeList | undefined
  private affinity: readonly PlacedPod[] | undefined

  constructor(version: KubernetesVersion, api: SchedulerReads, memory: SchedulerMemory, cache: NodeCache) {
    this.version = version
    this.api = api
    this.memory = memory
    this.cache = cache
  }

  nodeCount(): number {
    return this.api.count('Node')
  }

  node(name: string): NodeInfo | undefined {
    const seen = this.seen.get(name)
    if (seen) return seen
    const node = this.api.node(name)
    if (!node) {
      this.cache.infos.delete(name)
      return undefined
    }
    const pods = this.api.podsOnNode(name)
    let entry = this.cache.infos.get(name)
    if (!entry || entry.info.node !== node || !sameItems(entry.source, pods)) {
      entry = { info: createNodeInfo(node, pods), source: pods }
      this.cache.infos.set(name, entry)
    }
    this.seen.set(name, entry.info)
    return entry.info
  }

  nodeNames(): readonly string[] {
    return this.nodeList().order
  }

  nodes(): readonly NodeInfo[] {
    this.all ??= this.nodeNames().map((name) => this.node(name) as NodeInfo)
    return this.all
  }

  nodeGroups(): readonly NodeGroup[] {
    const list = this.nodeList()
    list.groups ??= groupNodes(list.source)
    return list.groups
  }

  podsWithAffinity(): readonly PlacedPod[] {
    if (!this.affinity) {
      const found: PlacedPod[] = []
      for (const key of this.memory.affinityPods) {
        const pod = this.podByKey(key)
        const node = pod?.spec.nodeName && !isTerminal(pod) ? this.api.node(pod.spec.nodeName) : undefined
        if (pod && node) found.push({ pod, node })
      }
      this.affinity = found
    }
    return this.affinity
  }

  nominatedPods(nodeName: string): readonly Pod[] {
    const keys = this.memory.nominated.get(nodeName)
    if (!keys) return []
    const found: Pod[] = []
    for (const key of keys) {
      const pod = this.podByKey(key)
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

  private podByKey(key: string): Pod | undefined {
    const slash = key.indexOf('/')
    return this.api.get('Pod', key.slice(0, slash), key.slice(slash + 1))
  }

  private nodeList(): NodeList {
    if (this.list) return this.list
    const source = this.api.list('Node')
    const known = this.cache.list
    if (!known || !sameItems(known.source, source)) this.cache.list = { source, order: nodeOrder(source) }
    this.list = this.cache.list as NodeList
    return this.list
  }
}
