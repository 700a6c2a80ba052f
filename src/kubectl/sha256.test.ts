import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sha256 } from './sha256.ts'

test.each(['', 'abc', 'ä<>&', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'kubectl '.repeat(999)])(
  '%s has the sum that it has elsewhere',
  (text) => {
    expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
  },
)
