import { targetNode } from '#k8s/pod.ts'
import type { AnyObject, Pod } from '#k8s/types.ts'
import type { ObjectDiff, RemovedObject } from '#protocol/diff.ts'
import { keyOf, keyOfObject } from './key.ts'
import type { Tables } from './tables.ts'
import { workloadOf } from './workload.ts'

/** Pod keys by the node they are on or meant for; `''` = pods that no node was found for, or whose node is gone. */
export type PodsByNode = ReadonlyMap<string, readonly string[]>

const kindOrder = ['DaemonSet', 'StatefulSet', 'Deployment']

/** Daemon pods first, the system's own last, then by workload and age: so that a tile keeps its place. */
function sortText(pod: Pod, tables: Tables): string {
  const workload = workloadOf(pod, tables)
  const rank = kindOrder.indexOf(workload.kind)
  const parts = [workload.namespace === 'kube-system' ? 1 : 0, rank < 0 ? 9 : rank, workload.namespace, workload.name]
  return [...parts, pod.metadata.creationTimestamp ?? '', pod.metadata.name].join('\u0000')
}

const nodeNameOf = (one: AnyObject | RemovedObject) => (one.kind !== 'Node' ? undefined : 'metadata' in one ? one.metadata.name : one.name)

/** Where a pod is listed; undefined when there is no such pod. */
function listOf(tables: Tables, key: string): string | undefined {
  const pod = tables.Pod.get(key)
  const node = pod && (targetNode(pod) ?? '')
  return node === undefined || tables.Node.has(node) ? node : ''
}

/** Nodes whose list may be another after a diff: those a pod came to, left, or was made anew on, and those that came or went themselves. */
function touchedNodes(before: Tables, after: Tables, diff: ObjectDiff): Set<string> {
  const touched = new Set<string>()
  const look = (key: string) => {
    const [from, to] = [listOf(before, key), listOf(after, key)]
    if (from === to && before.Pod.get(key)?.metadata.uid === after.Pod.get(key)?.metadata.uid) return
    if (from !== undefined) touched.add(from)
    if (to !== undefined) touched.add(to)
  }
  for (const list of [diff.added, diff.updated]) for (const object of list) if (object.kind === 'Pod') look(keyOfObject(object))
  for (const gone of diff.removed) if (gone.kind === 'Pod') look(keyOf(gone.namespace, gone.name))
  const cameOrWent = [...diff.added.map(nodeNameOf), ...diff.removed.map(nodeNameOf)].filter((name) => name !== undefined)
  for (const name of cameOrWent) touched.add(name).add('')
  return touched
}

/**
 * The index after a diff between these tables; work is proportional to what changed. Lists that did not change stay the same array. A
 * ReplicaSet that comes or goes may give pods another place: then `previous` is not gone by.
 */
export function indexPodsByNode(before: Tables, after: Tables, diff: ObjectDiff, previous: PodsByNode): PodsByNode {
  const isReplicaSet = ({ kind }: { kind: string }) => kind === 'ReplicaSet'
  const anew = diff.added.some(isReplicaSet) || diff.removed.some(isReplicaSet)
  const touched = anew ? new Set(previous.keys()) : touchedNodes(before, after, diff)
  const lists = new Map<string, string[]>([...touched].map((node) => [node, []]))
  const put = (key: string) => {
    const node = listOf(after, key)
    if (node === undefined) return
    const list = lists.get(node)
    if (list) list.push(key)
    else if (anew) lists.set(node, [key])
  }
  if (anew) for (const key of after.Pod.keys()) put(key)
  else {
    const known = new Set([...touched].flatMap((node) => previous.get(node) ?? []))
    for (const object of [...diff.added, ...diff.updated]) if (object.kind === 'Pod') known.add(keyOfObject(object))
    for (const key of known) put(key)
  }
  if (lists.size === 0) return previous
  const index = new Map(previous)
  for (const [node, keys] of lists) {
    const sorted = sortKeys(keys, after)
    const old = previous.get(node)
    if (sorted.length === 0) index.delete(node)
    else if (!old || !sameKeys(old, sorted)) index.set(node, sorted)
  }
  return index
}

const sameKeys = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((key, at) => key === b[at])

function sortKeys(keys: readonly string[], tables: Tables): readonly string[] {
  const orders = keys.map((key) => ({ key, order: sortText(tables.Pod.get(key) as Pod, tables) }))
  return orders.sort((a, b) => (a.order < b.order ? -1 : 1)).map(({ key }) => key)
}
