import { targetNode } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import { keyOfObject } from './key.ts'
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

const sameKeys = (a: readonly string[] | undefined, b: readonly string[]) => a?.length === b.length && a.every((key, at) => key === b[at])

/** The index over these tables. Lists that did not change stay the same array as in `previous`. */
export function indexPodsByNode(tables: Tables, previous: PodsByNode): PodsByNode {
  const lists = new Map<string, { key: string; order: string }[]>()
  for (const pod of tables.Pod.values()) {
    const node = targetNode(pod) ?? ''
    const entry = { key: keyOfObject(pod), order: sortText(pod, tables) }
    const list = lists.get(node)
    if (list) list.push(entry)
    else lists.set(node, [entry])
  }
  const index = new Map<string, readonly string[]>()
  for (const [node, entries] of lists) {
    const keys = entries.sort((a, b) => (a.order < b.order ? -1 : 1)).map((entry) => entry.key)
    const old = previous.get(node)
    index.set(node, old && sameKeys(old, keys) ? old : keys)
  }
  return index
}
