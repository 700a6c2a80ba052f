import { createStore } from 'zustand/vanilla'
import type { Frame, JournalEntry } from '#protocol/messages.ts'

/** What happened, oldest first; the oldest are dropped when there are too many to show. */
export interface JournalState {
  entries: readonly JournalEntry[]
  /** Entries before this one were dropped, but for what those that are kept were because of; 0 = none. */
  completeFrom: number
  /** Entries of the last frame: what the canvas animates. */
  latest: readonly JournalEntry[]
}

/** Whether an entry is what people did or were told, not what was written. */
export const isWords = ({ verb }: JournalEntry): boolean => verb === 'command' || verb === 'outside' || verb === 'refused'

const maxEntries = 4000
/** Dropped at once, so that it is not done with every frame. */
const slack = 1000

/** When time was turned, what still happened keeps the words that were found for it. */
function keepTexts(entries: readonly JournalEntry[], known: readonly JournalEntry[]): readonly JournalEntry[] {
  const texts = new Map(known.map((entry) => [entry.id, entry]))
  return entries.map((entry) => {
    const same = entry.text === undefined ? texts.get(entry.id) : undefined
    return same?.text !== undefined && same.atMs === entry.atMs && same.name === entry.name ? { ...entry, text: same.text } : entry
  })
}

/** The newest entries, and before them their roots. */
function dropOldest(entries: readonly JournalEntry[]): Pick<JournalState, 'entries' | 'completeFrom'> {
  const kept = entries.slice(-maxEntries)
  const roots = new Set(kept.map((entry) => entry.rootId))
  return { entries: [...entries.slice(0, -maxEntries).filter((entry) => roots.has(entry.id)), ...kept], completeFrom: kept[0]?.id ?? 0 }
}

export function nextJournal(state: JournalState, frame: Frame): JournalState {
  const keepUpTo = frame.journalKeepUpTo
  if (!frame.reset && keepUpTo === undefined && frame.journal.length === 0) return state
  const before = frame.reset ? [] : keepUpTo === undefined ? state.entries : state.entries.filter((entry) => entry.id <= keepUpTo)
  const entries = [...before, ...(frame.reset ? keepTexts(frame.journal, state.entries) : frame.journal)]
  const completeFrom = frame.journalFrom ?? (frame.reset ? 0 : state.completeFrom)
  const latest = frame.reset ? [] : frame.journal
  return entries.length > maxEntries + slack ? { ...dropOldest(entries), latest } : { entries, completeFrom, latest }
}

export const journalStore = createStore<JournalState>(() => ({ entries: [], completeFrom: 0, latest: [] }))
