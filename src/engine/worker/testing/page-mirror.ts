import type { AnyObject } from '#k8s/types.ts'
import type { WorkerMessage } from '#protocol/messages.ts'
import type { Cluster } from '../../cluster.ts'

const keyOf = ({ kind, metadata }: AnyObject): string => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`

/** What a page knows of the cluster when it does no more than apply the frames it was sent: objects by kind and key, as text. */
export function mirrorOf(messages: readonly WorkerMessage[]): Map<string, string> {
  const objects = new Map<string, string>()
  for (const message of messages) {
    if (message.type !== 'frame') continue
    if (message.reset) objects.clear()
    const { added, updated, removed } = message.diff
    for (const object of [...added, ...updated]) objects.set(keyOf(object), JSON.stringify(object))
    for (const { kind, namespace, name } of removed) objects.delete(`${kind}/${namespace}/${name}`)
  }
  return objects
}

/** Everything in the cluster, as the page ought to know it. */
export function truthOf(cluster: Cluster): Map<string, string> {
  const tables = Object.values(cluster.core.state.tables) as ReadonlyMap<string, AnyObject>[]
  return new Map(tables.flatMap((table) => [...table.values()].map((object) => [keyOf(object), JSON.stringify(object)] as const)))
}
