import { expect, test } from 'vitest'
import { readLabels, readTaints } from './read-pairs.ts'

test('labels, with and without value', () => {
  expect(readLabels('disk=ssd, zone=a edge')).toEqual({ disk: 'ssd', zone: 'a', edge: '' })
})

test('taints with all three effects', () => {
  expect(readTaints('gpu=yes:NoSchedule, a:NoExecute b=:PreferNoSchedule')).toEqual([
    { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
    { key: 'a', effect: 'NoExecute' },
    { key: 'b', effect: 'PreferNoSchedule' },
  ])
  expect(readTaints('')).toEqual([])
})

test.each(['gpu', 'gpu=yes', 'gpu:Never', ':NoSchedule'])('%s is no taint', (text) => {
  expect(readTaints(text)).toBeUndefined()
})
