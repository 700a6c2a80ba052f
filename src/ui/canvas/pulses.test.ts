import { expect, test } from 'vitest'
import type { JournalEntry } from '#protocol/messages.ts'
import { type Places, pulsesOf } from './pulses.ts'

const box = (x: number, y: number) => ({ x, y, width: 100, height: 40 })
const places: Places = {
  component: (lane) => (lane === 'api-server' ? box(0, 0) : box(200, 0)),
  node: (name) => (name === 'worker-0' ? box(0, 200) : undefined),
}
const entry = (id: number, more: Partial<JournalEntry>): JournalEntry => ({
  id,
  atMs: 0,
  component: 'default-scheduler',
  verb: 'bind',
  kind: 'Pod',
  namespace: 'default',
  name: 'a',
  node: 'worker-0',
  causeId: 0,
  rootId: id,
  ...more,
})

test('each way is drawn once; what leads to no place is not drawn', () => {
  const alike = [entry(1, {}), entry(2, { name: 'b' }), entry(3, { component: 'kubelet', verb: 'patch', node: 'elsewhere' })]
  expect(pulsesOf(alike, places, 16)).toMatchObject([{ lane: 'scheduler' }])
})

test('an entry in the place of one that was taken back has a pulse of its own beside the other', () => {
  const [before] = pulsesOf([entry(7, {})], places, 16)
  const [after] = pulsesOf([entry(7, { verb: 'create' })], places, 16)
  expect(after?.id).not.toBe(before?.id)
})
