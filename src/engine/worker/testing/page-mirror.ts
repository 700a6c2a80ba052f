import type { WorkerMessage } from '#protocol/messages.ts'

/** What a page knows of the cluster when it does no more than apply the frames it was sent: objects by kind and key, as text. */
export function mirrorOf(messages: readonly WorkerMessage[]): Map<string, string> {
  const objects = new Map<string, string>()
  for (const message of messages) {
    if (message.type !== 'frame') continue
    if (message.reset) objects.clear()
    const { added, updated, removed } = message.diff
    for (const object of [...added, ...updated])
      objects.set(`${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`, JSON.stringify(object))
    for (const { kind, namespace, name } of removed) objects.delete(`${kind}/${namespace}/${name}`)
  }
  return objects
}
