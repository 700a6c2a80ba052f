import { createStore } from 'zustand/vanilla'
import type { Frame, JournalEntry } from '#protocol/messages.ts'

/** What happened, oldest first; the oldest are dropped when there are too many to show. */
export interface JournalState {
  entries: readonly JournalEntry[]
  /** Entries of the last frame: what the canvas animates. */
  latest: readonly JournalEntry[]
}

const maxEntries = 4000

/** When time was turned, what still happened keeps the words that were found for it. */
function keepTexts(entries: readonly JournalEntry[], known: readonly JournalEntry[]): readonly JournalEntry[] {
  const texts = new Map(known.map((entry) => [entry.id, entry]))
  return entries.slice(-maxEntries).map((entry) => {
    const same = entry.text === undefined ? texts.get(entry.id) : undefined
    return same?.text !== undefined && same.atMs === entry.atMs && same.name === entry.name ? { ...entry, text: same.text } : entry
  })
}

export function nextJournal(state: JournalState, frame: Frame): JournalState {
  const keepUpTo = frame.journalKeepUpTo
  if (!frame.reset && keepUpTo === undefined && frame.journal.length === 0) return state
  if (frame.reset) return { entries: keepTexts(frame.journal, state.entries), latest: [] }
  let entries = state.entries
  if (keepUpTo !== undefined) entries = entries.filter((entry) => entry.id <= keepUpTo)
  if (frame.journal.length > 0) {
    entries = [...entries, ...frame.journal]
    if (entries.length > maxEntries) entries = entries.slice(-maxEntries)
  }
  return { entries, latest: frame.journal }
}

export const journalStore = createStore<JournalState>(() => ({ entries: [], latest: [] }))
