import type { Kind } from '#k8s/types.ts'

export type JournalVerb = 'create' | 'update' | 'status' | 'delete' | 'bind' | 'run' | 'refuse' | 'fault'

/** One thing that was done, and what it was done because of. Ids rise; 0 = no cause (the cluster's own start). */
export interface JournalEntry {
  readonly id: number
  readonly atMs: number
  /** Who did it: a component's name, `user`, or `kubelet`. */
  readonly by: string
  readonly verb: JournalVerb
  readonly kind?: Kind
  readonly namespace?: string
  readonly name?: string
  /** The command line, the fault, or what changed in one word or two. */
  readonly text?: string
  readonly cause: number
  /** Where the chain of causes begins; 0 = here. */
  readonly root: number
}

export interface Journal {
  entries: JournalEntry[]
  nextId: number
}

const limit = 40_000

export function createJournal(): Journal {
  return { entries: [], nextId: 1 }
}

/** Adds an entry under the next id; the oldest are forgotten beyond 40,000. Returns the id. */
export function addEntry(journal: Journal, entry: JournalEntry): number {
  journal.nextId++
  journal.entries.push(entry)
  if (journal.entries.length > limit * 1.25) journal.entries = journal.entries.slice(-limit)
  return entry.id
}

/** The entry with this id; undefined when it was forgotten. */
export function entryOf({ entries }: Journal, id: number): JournalEntry | undefined {
  return entries[id - (entries[0]?.id ?? 0)]
}

/** The root of an entry with this cause. */
export function rootOf(journal: Journal, cause: number): number {
  return cause === 0 ? 0 : entryOf(journal, cause)?.root || cause
}
