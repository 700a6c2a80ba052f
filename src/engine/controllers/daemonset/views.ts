import type { DaemonSet, KubeNode, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { createDaemonSetView, type DaemonSetView } from './daemon-set-view.ts'
import { type InformerCache, keyOf } from './informer-cache.ts'
import type { ListedNode } from './node-entry.ts'

/** The views of all DaemonSets that were synced, over one list of nodes: derived from the cache, told of its changes. */
export interface Views {
  of(ds: DaemonSet): DaemonSetView
  /** To be called after the cache took the change; `before` = what it held before. */
  podChanged(pod: Pod | undefined, before: Pod | undefined): void
  revisionChanged(name: string, namespace: string | undefined): void
  nodeChanged(old: KubeNode | undefined, node: KubeNode | undefined): void
  forget(key: string): void
  clear(): void
}

export function createViews(version: KubernetesVersion, cache: () => InformerCache): Views {
  const views = new Map<string, { namespace: string | undefined; view: DaemonSetView }>()
  const nodes = new Map<string, ListedNode & { node: KubeNode }>()
  let nextOrder = 0
  let listed = false

  const list = (node: KubeNode) => {
    const { name } = node.metadata
    const known = nodes.get(name)
    if (known) known.node = node
    else nodes.set(name, { node, order: nextOrder++ })
  }
  const listNodes = () => {
    if (listed) return
    for (const node of cache().nodes.values()) list(node)
    listed = true
  }

  return {
    of(ds) {
      const key = keyOf(ds)
      const known = views.get(key)
      if (known?.view.fits(ds)) return known.view
      listNodes()
      const { pods, revisions } = cache()
      const view = createDaemonSetView(ds, { nodes, pods: pods.values(), revisions: revisions.values() }, version)
      views.set(key, { namespace: ds.metadata.namespace, view })
      return view
    },
    podChanged(pod, before) {
      const namespace = (pod ?? before)?.metadata.namespace
      for (const entry of views.values()) if (entry.namespace === namespace) entry.view.podChanged(pod, before)
    },
    revisionChanged(name, namespace) {
      const revision = cache().revisions.get(`${namespace}/${name}`)
      for (const entry of views.values()) if (entry.namespace === namespace) entry.view.revisionChanged(name, revision)
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
