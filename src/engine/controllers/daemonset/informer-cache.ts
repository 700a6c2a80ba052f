import { controllerOf } from '#k8s/owner.ts'
import type { ControllerRevision, DaemonSet, KubeNode, KubeObject, Pod } from '#k8s/types.ts'
import { LastFoundMap } from '#sim/last-found-map.ts'
import type { WatchEvent } from '../../component.ts'
import { createKeyOf } from '../../store/tables.ts'

/**
 * What the controller has been told of so far, as its shared informers keep it: the store as of the last delivered watch event.
 * Part of the controller's state; the (frozen) objects are shared with the store. Keys are `namespace/name`, uids for pods, names for nodes.
 *
 * Modelled: the lag behind the API server, except for pods the controller itself creates or relabels. Not modelled: the informers' resync every 12 to 24 hours (DS-1.2), and pods that another kind of
 * controller owns, which no rule here looks at.
 */
export interface InformerCache {
  readonly daemonSets: Map<string, DaemonSet>
  readonly revisions: Map<string, ControllerRevision>
  readonly pods: Map<string, Pod>
  /** In creation order. */
  readonly nodes: Map<string, KubeNode>
}

export function createInformerCache(): InformerCache {
  return { daemonSets: new Map(), revisions: new Map(), pods: new LastFoundMap(), nodes: new Map() }
}

const podKey = (pod: KubeObject): string => pod.metadata.uid ?? keyOf(pod)

/** What the cache holds of this pod. */
export function cachedPod({ pods }: InformerCache, pod: KubeObject): Pod | undefined {
  return pods.get(podKey(pod))
}

/** `namespace/name`: the key of the work queue, too. */
export function keyOf({ metadata }: KubeObject): string {
  return namedKey(metadata.namespace, metadata.name)
}

/** As `keyOf`, by name: there are few DaemonSets, and one is often asked for again and again. */
export const namedKey = createKeyOf()

const concernsDaemonSets = (pod: Pod): boolean => (controllerOf(pod)?.kind ?? 'DaemonSet') === 'DaemonSet'

function put<T extends KubeObject>(table: Map<string, T>, key: string, event: WatchEvent, kept = true): boolean {
  if (event.type === 'DELETED' || !kept) return table.delete(key)
  const object = event.object as KubeObject as T
  if (table.get(key) === object) return false
  table.set(key, object)
  return true
}

/** Takes one delivered change into the cache; false when it was there already. */
export function applyEvent(cache: InformerCache, event: WatchEvent): boolean {
  const { kind, object } = event
  if (kind === 'DaemonSet') return put(cache.daemonSets, keyOf(object), event)
  if (kind === 'ControllerRevision') return put(cache.revisions, keyOf(object), event)
  if (kind === 'Pod') return put(cache.pods, podKey(object), event, concernsDaemonSets(object as Pod))
  return kind === 'Node' && put(cache.nodes, keyOf(object), event)
}
