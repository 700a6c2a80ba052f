import { expect, test } from 'vitest'
import { readLabels, readTaints } from './read-pairs.ts'
import { areLabels, areTaints, isName } from './well-formed.ts'

test.each([
  ['', true],
  ['edge-7.example.com', true],
  ['My Node!', false],
  ['-a', false],
])('as a name %j is fine: %s (DS-15.1)', (name, fine) => {
  expect(isName(name)).toBe(fine)
})

test.each([
  ['', true],
  ['disk=ssd, example.com/zone=a edge', true],
  ['!! x', false],
  ['=ssd', false],
  ['a/b/c=1', false],
  ['a=b=c', false],
])('as labels %j are fine: %s (DS-15.4, DS-15.5)', (text, fine) => {
  expect(areLabels(readLabels(text))).toBe(fine)
})

test.each([
  ['gpu=yes:NoSchedule gpu=yes:NoExecute', true],
  ['!!:NoSchedule', false],
  ['gpu=!!:NoSchedule', false],
  ['gpu=a:NoSchedule gpu=b:NoSchedule', false],
])('as taints %j are fine: %s', (text, fine) => {
  expect(areTaints(readTaints(text) ?? [])).toBe(fine)
})
