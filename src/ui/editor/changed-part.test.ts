import { expect, test } from 'vitest'
import { changedPart } from './changed-part.ts'

test.each([
  ['a\nb\nc', 'a\nx\nb\nc', 2, 2, 'x\n'],
  ['a\nb\nc', 'a\nc', 2, 4, ''],
  ['name: a', 'name: b', 6, 7, 'b'],
  ['aaa', 'aa', 2, 3, ''],
  ['', 'a', 0, 0, 'a'],
  ['a', '', 0, 1, ''],
  ['- \u{1f600}', '- \u{1f601}', 2, 4, '\u{1f601}'],
  ['\u{1f600}', '\u{1f900}', 0, 2, '\u{1f900}'],
  ['a\r\nb', 'a\nb', 1, 3, '\n'],
])('%j becomes %j', (from, to, start, end, replacement) => {
  expect(changedPart(from, to)).toEqual({ start, end, replacement })
})
