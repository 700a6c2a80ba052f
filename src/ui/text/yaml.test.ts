import { expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { plainYaml } from './yaml.ts'

/** What people get wrong; the YAML language's worker reads with the same library. */
const broken: [text: string, line: number, says: RegExp][] = [
  ['kind: A\nname\n', 2, /no colon/],
  ['name a\nkind: b\n', 1, /no colon/],
  ['a:b\nc: d\n', 1, /no colon/],
  ['command: echo a: b\n', 1, /second colon.*quotes/],
  ['a:\n  b: 1\n   c: 2\n', 2, /indented too far/],
  ['a:\n    b: 1\n  c: 2\n', 3, /unlike the fields/],
  ['a:\n- b: 1\n c: 2\n', 3, /has no -/],
  ['a:\n  - b: 1\n - c: 2\n', 3, /unlike the other items/],
  ['a:\n\tb: 1\n', 2, /tab/],
  ['a: "x\nb: c\n', 3, /quote/],
  ["a: 'x\n", 2, /quote/],
  ['a: {b: 1\nc: 2\n', 2, /not closed with }/],
  ['a: [1, 2\nb: 3\n', 2, /not closed with \]/],
  ['a: {b: 1 c: 2}\n', 1, /comma/],
  ['a: @x\n', 1, /cannot begin with this character/],
  ['a: |x\n b\n', 1, /nothing else/],
  ['a: {b: 1}}\n', 1, /not opened/],
  ['a: - b\n', 1, /line of its own/],
  ['a: "x" y\n', 1, /ended/],
]
it.each(broken)('%j is explained without the words of a parser', (text, line, says) => {
  const [first] = parseDocument(text, { version: '1.1', prettyErrors: false }).errors
  const message = first?.message ?? ''
  expect(text.slice(0, first?.pos[0]).split('\n').length).toBe(line)
  expect(plainYaml(message)).toMatch(says)
})
