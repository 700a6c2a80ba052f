import type { Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Cycle } from './cycle.ts'
import { filters } from './filters/index.ts'
import type { FilterFailure, FilterName } from './filters/plugin.ts'
import { createNodeCache, LiveView, type SchedulerReads } from './live-view.ts'
import { createMemory, rememberPod } from './memory.ts'
import { pinnedNodes } from './pinned-nodes.ts'

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

/**
 * Why a pod is or is not placed, per node (all, or the named ones), as the scheduler would see it now. Reads only.
 * For a bound pod: whether it would fit beside what is there, itself left out.
 */
export function explainPending(api: SchedulerReads, version: KubernetesVersion, pod: Pod, nodeNames?: readonly string[]): NodeVerdict[] {
  const memory = createMemory()
  for (const object of api.list('Pod')) rememberPod(memory, { type: 'ADDED', kind: 'Pod', object })
  const view = new LiveView(version, withoutPod(api, pod), memory, createNodeCache())
  const asked: Pod = { ...pod, spec: { ...pod.spec, nodeName: undefined } }
  const cycle: Cycle = { pod: asked, view }
  const pinned = pinnedNodes(pod)
  const verdicts: NodeVerdict[] = []
  for (const name of nodeNames ?? view.nodeNames()) {
    const info = view.node(name)
    if (!info) continue
    const said = filters.map((plugin): FilterVerdict => ({ plugin: plugin.name, failure: plugin.filter(cycle, info) }))
    verdicts.push({ node: name, fits: said.every((verdict) => !verdict.failure), considered: !pinned || pinned.includes(name), filters: said })
  }
  return verdicts
}

function withoutPod(api: SchedulerReads, { metadata, spec }: Pod): SchedulerReads {
  return {
    get: (kind, namespace, name) => api.get(kind, namespace, name),
    list: (kind, namespace) => api.list(kind, namespace),
    count: (kind) => api.count(kind),
    node: (name) => api.node(name),
    podsOnNode: (name) =>
      name === spec.nodeName ? api.podsOnNode(name).filter((other) => other.metadata.uid !== metadata.uid) : api.podsOnNode(name),
  }
}
