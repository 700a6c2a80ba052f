import { expect, test } from 'vitest'
import { isBlankAt } from './is-blank-at.ts'

test.each([
  ['    app: agent', 1, true],
  ['    app: agent', 3, true],
  // where the word begins, and behind its end, one points at the word
  ['    app: agent', 5, false],
  ['    app: agent', 8, false],
  ['app:   agent', 7, true],
  ['spec:', 6, false],
  ['spec:  ', 8, true],
  ['', 1, true],
])('in %j at column %i: %s', (line, column, blank) => {
  expect(isBlankAt(line, column)).toBe(blank)
})
