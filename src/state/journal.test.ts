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
  rootId: id,
  ...part,
})
const frame = (journal: JournalEntry[], part: Partial<Frame> = {}) => ({ journal, ...part }) as Frame

test('new entries are added; a frame without any changes nothing', () => {
  const state = nextJournal({ entries: [entry(1)], completeFrom: 0, latest: [] }, frame([entry(2)]))
  expect(state.entries.map(({ id }) => id)).toEqual([1, 2])
  expect(nextJournal(state, frame([]))).toBe(state)
})

test('when time was turned, the words that were found are kept', () => {
  const state = { entries: [entry(1, { text: 'ready' }), entry(2, { text: 'gone' })], completeFrom: 0, latest: [] }
  const turned = nextJournal(state, frame([entry(1), entry(2, { atMs: 99 })], { reset: true }))
  expect(turned.entries.map(({ text }) => text)).toEqual(['ready', undefined])
})

test('of too many entries the oldest are dropped, but not what the others are because of', () => {
  const many = Array.from({ length: 6000 }, (_, at) => entry(at + 2, { causeId: 1, rootId: 1 }))
  const state = nextJournal({ entries: [entry(1, { verb: 'outside' })], completeFrom: 0, latest: [] }, frame(many))
  expect(state.entries[0]?.id).toBe(1)
  expect(state.entries).toHaveLength(4001)
  expect(state.completeFrom).toBe(state.entries[1]?.id)
  expect(state.entries.at(-1)?.id).toBe(6001)
})
