import { expect, test } from 'vitest'
import { createClickJudge } from './double-click.ts'

const apply = { name: 'Apply' }
const addNode = { name: 'Node' }
const counts = () => createClickJudge((button) => button === addNode)

test('a double click on a button is one wish, but where each click is meant', () => {
  const judge = counts()
  expect([judge(apply, 1), judge(apply, 2), judge(apply, 3)]).toEqual([true, false, false])
  expect([judge(addNode, 1), judge(addNode, 2)]).toEqual([true, true])
})

test('what comes into the place of the clicked button does not get the second click', () => {
  const judge = counts()
  expect([judge(apply, 1), judge(addNode, 2)]).toEqual([true, false])
  expect([judge(apply, 1), judge(null, 2)]).toEqual([true, false])
  expect([judge(null, 1), judge(apply, 2)]).toEqual([true, false])
})

test('a double click in a text, and clicks by key, are as they are', () => {
  const judge = counts()
  expect([judge(null, 1), judge(null, 2)]).toEqual([true, true])
  expect([judge(apply, 0), judge(apply, 0), judge(apply, 1)]).toEqual([true, true, true])
})
