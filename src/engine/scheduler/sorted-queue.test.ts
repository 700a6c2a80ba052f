import { expect, it } from 'vitest'
import { createRandom, seedRandom } from '#sim/random.ts'
import { createSortedQueue, isEmptySorted, peekSorted, popSorted, pushSorted } from './sorted-queue.ts'

interface Item {
  atMs: number
  order: number
  seq: number
}

it('gives items in order, however they arrive and leave', () => {
  const state = seedRandom(3)
  const random = createRandom(() => state)
  const queue = createSortedQueue<Item>()
  let model: Item[] = []
  for (let seq = 0; seq < 3_000; seq++) {
    if (random.int(5) < 3) {
      // mostly rising, as pods come in
      const item = { atMs: random.int(10) ? 0 : -random.int(3), order: seq - (random.int(10) ? 0 : random.int(50)), seq }
      pushSorted(queue, item)
      model.push(item)
    } else if (model.length) {
      model.sort((a, b) => a.atMs - b.atMs || a.order - b.order || a.seq - b.seq)
      expect(peekSorted(queue)).toBe(model[0])
      popSorted(queue)
      model = model.slice(1)
    }
    expect(isEmptySorted(queue)).toBe(model.length === 0)
  }
})
