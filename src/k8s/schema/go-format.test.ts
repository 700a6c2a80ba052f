import { expect, it } from 'vitest'
import { quoteGo } from './go-format.ts'

it.each([
  ['a b', '"a b"'],
  ['"\\', '"\\"\\\\"'],
  ['\\u0001', '"\\\\u0001"'],
  ['\x07\b\f\n\r\t\v', '"\\a\\b\\f\\n\\r\\t\\v"'],
  ['\x00\x1b\x7f', '"\\x00\\x1b\\x7f"'],
  ['\u00a0\u200b\ufeff', '"\\u00a0\\u200b\\ufeff"'],
  ['é 日 😀', '"é 日 😀"'],
  ['\u{e0001}', '"\\U000e0001"'],
])('%j is quoted as strconv.Quote does', (text, quoted) => {
  expect(quoteGo(text)).toBe(quoted)
})
