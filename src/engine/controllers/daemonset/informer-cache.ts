import { controllerOf } from '#k8s/owner.ts'
import type { ControllerRevision, DaemonSet, KubeNode, KubeObject, Pod } from '#k8s/types.ts'
import type { WatchEvent } from '../../component.ts'

/**
 * What the controller has been told of so far, as its shared informers keep it: the store as of the last delivered watch event.
 * Part of the controller's state; the (frozen) objects are shared with the store. Keys are `namespace/name`, node names for nodes.
 *
 * Modelled: the lag behind the API server, except for pods the controller itself creates. Not modelled: the informers' resync every 12 to 24 hours (DS-1.2), and pods that another kind of
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
  return { daemonSets: new Map(), revisions: new Map(), pods: new Map(), nodes: new Map() }
}

/** `namespace/name`: the key of the work queue, too. */
export function keyOf({ metadata }: KubeObject): string {
  return metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name
}

const concernsDaemonSets = (pod: Pod): boolean => (controllerOf(pod)?.kind ?? 'DaemonSet') === 'DaemonSet'

function put<T extends KubeObject>(table: Map<string, T>, event: WatchEvent, kept = true): void {
  const object = event.object as KubeObject as T
  if (event.type === 'DELETED' || !kept) table.delete(keyOf(object))
  else table.set(keyOf(object), object)
}

/** Takes one delivered change into the cache. */
export function applyEvent(cache: InformerCache, event: WatchEvent): void {
  const { kind, object } = event
  if (kind === 'DaemonSet') put(cache.daemonSets, event)
  else if (kind === 'ControllerRevision') put(cache.revisions, event)
  else if (kind === 'Pod') put(cache.pods, event, concernsDaemonSets(object as Pod))
  else if (kind === 'Node') put(cache.nodes, event)
}
