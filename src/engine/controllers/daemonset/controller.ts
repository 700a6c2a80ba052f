import { parseTimestamp } from '#k8s/time.ts'
import type { DaemonSet, KubeNode, Pod } from '#k8s/types.ts'
import { createQueueState, type QueueState, type WorkQueue } from '#sim/queue.ts'
import type { ComponentContext, ControlPlaneApi } from '../../component.ts'
import { type BackoffState, createBackoffState } from './backoff.ts'
import { createDaemonSetView, type DaemonSetView } from './daemon-set-view.ts'
import type { Expectations, ExpectationsState } from './expectations.ts'
import { createInformerCache, type InformerCache, keyOf } from './informer-cache.ts'
import type { ListedNode } from './node-table.ts'
import type { PodControl } from './pod-control.ts'

/** All the controller remembers. */
export interface DaemonSetControllerState {
  readonly queue: QueueState
  /** Names of nodes that changed; used since 1.33. */
  readonly nodeQueue: QueueState
  readonly expectations: ExpectationsState
  readonly backoff: BackoffState
  readonly cache: InformerCache
}

export function createControllerState(): DaemonSetControllerState {
  return {
    queue: createQueueState(),
    nodeQueue: createQueueState(),
    expectations: new Map(),
    backoff: createBackoffState(),
    cache: createInformerCache(),
  }
}

/** What the parts of the controller share. */
export interface DaemonSetController {
  readonly context: ComponentContext<DaemonSetControllerState>
  readonly api: ControlPlaneApi
  readonly expectations: Expectations
  readonly podControl: PodControl
  readonly queue: WorkQueue
  readonly nodeQueue: WorkQueue
  readonly views: Views
}

/**
 * Present time, ms since 1970. Clusters start on a whole second, so the API's time and the fraction of the cluster's make it up.
 */
export function epochNow(context: Pick<ComponentContext<unknown>, 'now' | 'timestamp'>): number {
  return parseTimestamp(context.timestamp()) + (context.now() % 1000)
}

/** The views of all DaemonSets that were synced, over one list of nodes: derived from the cache, told of its changes. */
export interface Views {
  of(ds: DaemonSet): DaemonSetView
  /** To be called after the cache took the change. */
  podChanged(pod: Pod, gone: boolean): void
  revisionChanged(name: string, namespace: string | undefined): void
  nodeChanged(old: KubeNode | undefined, node: KubeNode | undefined): void
  forget(key: string): void
  clear(): void
}

export function createViews(context: ComponentContext<DaemonSetControllerState>): Views {
  const views = new Map<string, { namespace: string | undefined; view: DaemonSetView }>()
  const nodes = new Map<string, ListedNode>()
  let nextOrder = 0
  let listed = false

  const list = (node: KubeNode) => nodes.set(node.metadata.name, { node, order: nodes.get(node.metadata.name)?.order ?? nextOrder++ })
  const listNodes = () => {
    if (listed) return
    for (const node of context.state.cache.nodes.values()) list(node)
    listed = true
  }
  const each = (namespace: string | undefined, visit: (view: DaemonSetView) => void) => {
    for (const entry of views.values()) if (entry.namespace === namespace) visit(entry.view)
  }

  return {
    of(ds) {
      const key = keyOf(ds)
      const known = views.get(key)
      if (known?.view.fits(ds)) return known.view
      listNodes()
      const { pods, revisions } = context.state.cache
      const view = createDaemonSetView(ds, { nodes, pods: pods.values(), revisions: revisions.values() }, context.version)
      views.set(key, { namespace: ds.metadata.namespace, view })
      return view
    },
    podChanged: (pod, gone) => each(pod.metadata.namespace, (view) => view.podChanged(pod.metadata.name, gone ? undefined : pod)),
    revisionChanged(name, namespace) {
      const revision = context.state.cache.revisions.get(`${namespace}/${name}`)
      each(namespace, (view) => view.revisionChanged(name, revision))
    },
    nodeChanged(old, node) {
      const name = (node ?? old)?.metadata.name as string
      if (!listed) return
      if (node) list(node)
      else nodes.delete(name)
      if (old && node && old.metadata.labels === node.metadata.labels && old.spec?.taints === node.spec?.taints) return
      for (const { view } of views.values()) view.markNode(name)
    },
    forget: (key) => views.delete(key),
    clear() {
      views.clear()
      nodes.clear()
      listed = false
      nextOrder = 0
    },
  }
}
