import { expect, test } from 'vitest'
import type { Frame, JournalEntry } from '#protocol/messages.ts'
import { nextJournal } from './journal.ts'

const entry = (id: number, part: Partial<JournalEntry> = {}): JournalEntry => ({
  id,
  atMs: id * 10,
  component: 'kubelet',
  verb: 'patch',
  kind: 'Pod',
  namespace: 'default',
  name: 'a',
  causeId: 0,
  ...part,
})
const frame = (journal: JournalEntry[], part: Partial<Frame> = {}) => ({ journal, ...part }) as Frame

test('new entries are added; a frame without any changes nothing', () => {
  const state = nextJournal({ entries: [entry(1)], latest: [] }, frame([entry(2)]))
  expect(state.entries.map(({ id }) => id)).toEqual([1, 2])
  expect(nextJournal(state, frame([]))).toBe(state)
})

test('when time was turned, the words that were found are kept', () => {
  const state = { entries: [entry(1, { text: 'ready' }), entry(2, { text: 'gone' })], latest: [] }
  const turned = nextJournal(state, frame([entry(1), entry(2, { atMs: 99 })], { reset: true }))
  expect(turned.entries.map(({ text }) => text)).toEqual(['ready', undefined])
})
