import { expect, it } from 'vitest'
import { slowStartBatch } from './slow-start-batch.ts'

it('WC-1.3: batches of 1, 2, 4; a batch with an error is finished and is the last', () => {
  const tried: number[] = []
  const work = (i: number) => {
    tried.push(i)
    if (i === 1 || i === 2) throw new Error(`no ${i}`)
  }
  expect(slowStartBatch(10, 1, work)).toEqual({ successes: 1, error: new Error('no 1') })
  expect(tried).toEqual([0, 1, 2])
})

it('calls all when nothing fails', () => {
  let calls = 0
  expect(slowStartBatch(10, 1, () => void calls++)).toEqual({ successes: 10 })
  expect(calls).toBe(10)
  expect(slowStartBatch(0, 1, () => void calls++)).toEqual({ successes: 0 })
})

it('no batch is larger than 500', () => {
  let calls = 0
  const work = () => {
    if (++calls > 2000) throw new Error('full')
  }
  // 1 + 2 + … + 256, then 500 at a time
  expect(slowStartBatch(10_000, 1, work).successes).toBe(2000)
  expect(calls).toBe(2011)
})
