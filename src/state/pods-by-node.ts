import { targetNode } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import type { ObjectDiff } from '#protocol/diff.ts'
import { keyOf, keyOfObject } from './key.ts'
import type { Tables } from './tables.ts'
import { workloadOf } from './workload.ts'

/** Pod keys by the node they are on or meant for; `''` = pods that no node was found for. */
export type PodsByNode = ReadonlyMap<string, readonly string[]>

const kindOrder = ['DaemonSet', 'StatefulSet', 'Deployment']

/** Daemon pods first, the system's own last, then by workload and age: so that a tile keeps its place. */
function sortText(pod: Pod, tables: Tables): string {
  const workload = workloadOf(pod, tables)
  const rank = kindOrder.indexOf(workload.kind)
  const parts = [workload.namespace === 'kube-system' ? 1 : 0, rank < 0 ? 9 : rank, workload.namespace, workload.name]
  return [...parts, pod.metadata.creationTimestamp ?? '', pod.metadata.name].join('\u0000')
}

/** Nodes whose list may be another after a diff: those a pod came to, left, or was made anew on. */
function touchedNodes(before: Tables, after: Tables, diff: ObjectDiff): Set<string> {
  const touched = new Set<string>()
  const look = (key: string) => {
    const [old, now] = [before.Pod.get(key), after.Pod.get(key)]
    const [from, to] = [old && (targetNode(old) ?? ''), now && (targetNode(now) ?? '')]
    if (from === to && old?.metadata.uid === now?.metadata.uid) return
    if (from !== undefined) touched.add(from)
    if (to !== undefined) touched.add(to)
  }
  for (const list of [diff.added, diff.updated]) for (const object of list) if (object.kind === 'Pod') look(keyOfObject(object))
  for (const gone of diff.removed) if (gone.kind === 'Pod') look(keyOf(gone.namespace, gone.name))
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
  const put = (key: string, node: string) => {
    const list = lists.get(node)
    if (list) list.push(key)
    else lists.set(node, [key])
  }
  if (anew) for (const [key, pod] of after.Pod) put(key, targetNode(pod) ?? '')
  else {
    for (const node of touched) for (const key of previous.get(node) ?? []) if (nodeOf(after, key) === node) put(key, node)
    for (const list of [diff.added, diff.updated]) {
      for (const object of list) {
        if (object.kind !== 'Pod') continue
        const [key, node] = [keyOfObject(object), targetNode(object) ?? '']
        if (touched.has(node) && nodeOf(before, key) !== node) put(key, node)
      }
    }
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

const nodeOf = ({ Pod }: Tables, key: string): string | undefined => {
  const pod = Pod.get(key)
  return pod && (targetNode(pod) ?? '')
}

const sameKeys = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((key, at) => key === b[at])

function sortKeys(keys: readonly string[], tables: Tables): readonly string[] {
  const orders = keys.map((key) => ({ key, order: sortText(tables.Pod.get(key) as Pod, tables) }))
  return orders.sort((a, b) => (a.order < b.order ? -1 : 1)).map(({ key }) => key)
}
