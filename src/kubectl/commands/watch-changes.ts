import { parseTimestamp, toTimestamp } from '#k8s/time.ts'
import type { AnyObject } from '#k8s/types.ts'

/** One line of a watch. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  object: AnyObject
}

export const watchKey = ({ metadata }: AnyObject): string => metadata.uid ?? `${metadata.namespace}/${metadata.name}`
const versionOf = ({ metadata }: AnyObject): number => Number(metadata.resourceVersion ?? 0)

/**
 * What is told of an object that is gone, from how it was last seen. The API takes a pod's grace away before it removes it, and a look
 * comes too late to see that (API-2.3).
 */
function endOf(object: AnyObject, nowMs: number): WatchEvent[] {
  const { deletionTimestamp, deletionGracePeriodSeconds: grace = 0, generation } = object.metadata
  if (object.kind !== 'Pod' || (deletionTimestamp && grace === 0)) return [{ type: 'DELETED', object }]
  const ending = deletionTimestamp
    ? { deletionTimestamp: toTimestamp(parseTimestamp(deletionTimestamp) - grace * 1000) }
    : { deletionTimestamp: toTimestamp(nowMs), ...(generation && { generation: generation + 1 }) }
  const ended = { ...object, metadata: { ...object.metadata, ...ending, deletionGracePeriodSeconds: 0 } }
  return [
    { type: 'MODIFIED', object: ended },
    { type: 'DELETED', object: ended },
  ]
}

/** What changed between two looks, the second at `nowMs`; what is gone first, then the oldest change first. */
export function changesBetween(before: ReadonlyMap<string, AnyObject>, now: readonly AnyObject[], nowMs: number): WatchEvent[] {
  const keys = new Set(now.map(watchKey))
  const gone = [...before.values()].filter((o) => !keys.has(watchKey(o))).flatMap((object) => endOf(object, nowMs))
  const fresh = now.flatMap((object): WatchEvent[] => {
    const old = before.get(watchKey(object))
    if (old?.metadata.resourceVersion === object.metadata.resourceVersion && old) return []
    return [{ type: old ? 'MODIFIED' : 'ADDED', object }]
  })
  return [...gone, ...fresh.sort((a, b) => versionOf(a.object) - versionOf(b.object))]
}
