import type { Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { createCycle } from './cycle.ts'
import { filters } from './filters/index.ts'
import type { FilterFailure, FilterName } from './filters/plugin.ts'
import { createMemory } from './memory.ts'
import { pinnedNodes } from './pinned-nodes.ts'
import { SchedulerCache, type SchedulerReads } from './scheduler-cache.ts'

/** What one filter says of one node; without `failure` the node passes it. */
export interface FilterVerdict {
  readonly plugin: FilterName
  readonly failure?: FilterFailure
}

/** All filters' verdicts on one node, also those the scheduler would not ask any more after the first failure. */
export interface NodeVerdict {
  readonly node: string
  readonly fits: boolean
  /** False for nodes that the scheduler does not look at, because the pod names others. */
  readonly considered: boolean
  readonly filters: readonly FilterVerdict[]
}

/** A cache of the cluster as it is in the store now. `without` = uid of a pod to leave out. */
export function cacheOfStore(api: SchedulerReads, version: KubernetesVersion, without?: string): SchedulerCache {
  const cache = new SchedulerCache(version, api, createMemory())
  for (const object of api.list('Node')) cache.onNode({ type: 'ADDED', kind: 'Node', object })
  for (const object of api.list('Pod')) if (object.metadata.uid !== without) cache.onPod({ type: 'ADDED', kind: 'Pod', object })
  return cache
}

/**
 * Why a pod is or is not placed, per node (all, or the named ones), as the scheduler would see it now. Reads only.
 * For a bound pod: whether it would fit beside what is there, itself left out.
 */
export function explainPending(api: SchedulerReads, version: KubernetesVersion, pod: Pod, nodeNames?: readonly string[]): NodeVerdict[] {
  const view = cacheOfStore(api, version, pod.metadata.uid)
  const cycle = createCycle({ ...pod, spec: { ...pod.spec, nodeName: undefined } }, view)
  const pinned = pinnedNodes(pod)
  const verdicts: NodeVerdict[] = []
  for (const name of nodeNames ?? view.nodes().map((info) => info.name)) {
    const info = view.node(name)
    if (!info) continue
    const said = filters.map((plugin): FilterVerdict => ({ plugin: plugin.name, failure: plugin.filter(cycle, info) }))
    verdicts.push({ node: name, fits: said.every((verdict) => !verdict.failure), considered: !pinned || pinned.includes(name), filters: said })
  }
  return verdicts
}
