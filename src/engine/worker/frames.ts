import { targetNode, wantedNode } from '#k8s/pod.ts'
import type { AnyObject, Kind } from '#k8s/types.ts'
import type { ObjectDiff, RemovedObject } from '#protocol/diff.ts'
import type { Frame, JournalEntry as PageEntry } from '#protocol/messages.ts'
import { type Diff, emptyDiff } from '#sim/diff.ts'
import type { Cluster } from '../cluster.ts'
import { entryOf, type Journal, type JournalEntry, type JournalVerb } from '../journal.ts'
import { kinds } from '../store/tables.ts'

const removedObject = (object: AnyObject): RemovedObject => ({
  kind: object.kind as Kind,
  namespace: object.metadata.namespace ?? '',
  name: object.metadata.name,
  uid: object.metadata.uid ?? '',
})

/** A diff as it travels to the page. */
export function toObjectDiff(diff: Diff<AnyObject>): ObjectDiff {
  return {
    added: [...diff.added.values()],
    updated: [...diff.updated.values()].map(([, to]) => to),
    removed: [...diff.removed.values()].map(removedObject),
  }
}

/** The diff from nothing to everything, for a page that starts anew. */
export function wholeCluster(cluster: Cluster): Diff<AnyObject> {
  const diff = emptyDiff<AnyObject>()
  for (const kind of kinds)
    for (const [key, object] of cluster.core.state.tables[kind] as Map<string, AnyObject>) diff.added.set(`${kind}/${key}`, object)
  return diff
}

const verbs: Record<JournalVerb, PageEntry['verb']> = {
  create: 'create',
  update: 'update',
  status: 'patch',
  delete: 'delete',
  bind: 'bind',
  run: 'command',
  refuse: 'refused',
  fault: 'outside',
}

function nodeOf(cluster: Cluster, entry: JournalEntry): string | undefined {
  if (entry.kind === 'Node') return entry.name
  if (entry.kind !== 'Pod') return undefined
  if (entry.verb === 'bind') return entry.text
  const pod = cluster.core.state.tables.Pod.get(`${entry.namespace}/${entry.name}`)
  if (!pod) return undefined
  // a daemon pod is meant for its node before it is bound; where another came to lie was not known when it was made
  return entry.verb === 'create' ? wantedNode(pod) : targetNode(pod)
}

/** Every machine's lease says the same. */
const isHeartbeat = ({ by, kind }: JournalEntry): boolean => kind === 'Lease' && by === 'kubelet'

/** Of more entries than the page can show: the newest, and the roots of those, so that it is known what they are because of. */
function withRoots(journal: Journal, kept: readonly JournalEntry[], after: number): readonly JournalEntry[] {
  const firstId = kept[0]?.id ?? 0
  const roots = new Set(kept.map((entry) => entry.root).filter((root) => root > after && root < firstId))
  return [...[...roots].sort((a, b) => a - b).flatMap((id) => entryOf(journal, id) ?? []), ...kept]
}

/**
 * Journal entries with a higher id than `after`, as the page reads them; at most `limit`, the newest, and the roots of those. With
 * `journalFrom` when some were left out.
 */
export function journalSince(cluster: Cluster, after: number, limit = 2000): Pick<Frame, 'journal' | 'journalFrom'> {
  const { journal } = cluster.core.state
  let first = journal.entries.length
  while (first > 0 && (journal.entries[first - 1] as JournalEntry).id > after) first--
  const entries = journal.entries.slice(first).filter((entry) => !isHeartbeat(entry))
  if (entries.length <= limit) return { journal: entries.map((entry) => toPageEntry(cluster, entry)) }
  const kept = entries.slice(-limit)
  return { journal: withRoots(journal, kept, after).map((entry) => toPageEntry(cluster, entry)), journalFrom: (kept[0] as JournalEntry).id }
}

function toPageEntry(cluster: Cluster, entry: JournalEntry): PageEntry {
  const node = nodeOf(cluster, entry)
  return {
    id: entry.id,
    atMs: entry.atMs,
    component: entry.by,
    verb: verbs[entry.verb],
    kind: entry.kind ?? '',
    namespace: entry.namespace ?? '',
    name: entry.name ?? '',
    ...(node && { node }),
    ...(entry.text && { text: entry.text }),
    causeId: entry.cause,
    rootId: entry.root || entry.id,
  }
}
