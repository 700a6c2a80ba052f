import { createStore } from 'zustand/vanilla'
import type { Frame, JournalEntry } from '#protocol/messages.ts'

/** What happened, oldest first; the oldest are dropped when there are too many to show. */
export interface JournalState {
  entries: readonly JournalEntry[]
  /** Entries of the last frame: what the canvas animates. */
  latest: readonly JournalEntry[]
}

const maxEntries = 4000

export function nextJournal(state: JournalState, frame: Frame): JournalState {
  const keepUpTo = frame.journalKeepUpTo
  if (!frame.reset && keepUpTo === undefined && frame.journal.length === 0) return state
  let entries = frame.reset ? [] : state.entries
  if (keepUpTo !== undefined) entries = entries.filter((entry) => entry.id <= keepUpTo)
  if (frame.journal.length > 0) {
    entries = [...entries, ...frame.journal]
    if (entries.length > maxEntries) entries = entries.slice(-maxEntries)
  }
  return { entries, latest: frame.reset ? [] : frame.journal }
}

export const journalStore = createStore<JournalState>(() => ({ entries: [], latest: [] }))
