import { expect, test } from 'vitest'
import { breakLongWords } from './break-long-words.ts'

test.each([
  ['taint node.kubernetes.io/unreachable:NoExecute put on', ['taint node.kubernetes.io/', 'unreachable:', 'NoExecute put on']],
  ['You ran kubectl taint nodes worker-1 dedicated=gpu:NoExecute', ['You ran kubectl taint nodes worker-1 dedicated=gpu:NoExecute']],
  ['its grace period ends at t = 00:00:47', ['its grace period ends at t = 00:00:47']],
])('%s', (text, pieces) => {
  expect(breakLongWords(text)).toEqual(pieces)
})
