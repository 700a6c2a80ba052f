import { expect, test } from 'vitest'
import type { JournalEntry } from '#protocol/messages.ts'
import { storiesOf } from './stories.ts'

const entry = (id: number, causeId: number, part: Partial<JournalEntry> = {}): JournalEntry => ({
  id,
  atMs: id,
  component: 'daemonset-controller',
  verb: 'create',
  kind: 'Pod',
  namespace: 'default',
  name: `p${id}`,
  causeId,
  ...part,
})

test('consequences stand below what began them, at their depth, newest story first', () => {
  const stories = storiesOf([entry(1, 0), entry(2, 1), entry(3, 0), entry(4, 2)], 10)
  expect(stories.map(({ root }) => root.id)).toEqual([3, 1])
  expect(stories[1]?.consequences.map(({ entry: { id }, depth }) => [id, depth])).toEqual([
    [2, 1],
    [4, 2],
  ])
})

test('a report without news is left out, but what it led to is not', () => {
  const [story] = storiesOf([entry(1, 0), entry(2, 1, { verb: 'patch' }), entry(3, 2)], 10)
  expect(story?.consequences.map(({ entry: { id } }) => id)).toEqual([3])
})
