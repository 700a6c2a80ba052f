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
