/** KYAML: YAML in braces, whose strings are all quoted. @source sigs.k8s.io/yaml/kyaml */
import { compareKeys, plainScalar } from './yaml.ts'
import { looksTyped } from './yaml-scalar.ts'

const named: Record<string, string> = {
  '\x00': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\x1b': '\\e',
  '\f': '\\f',
  '\r': '\\r',
  '\v': '\\v',
  '\x85': '\\N',
  '\xa0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
  '"': '\\"',
  '\\': '\\\\',
  '\t': '\t',
}

const isPrintable = (c: string): boolean => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(c)

function escaped(c: string): string {
  const name = named[c]
  if (name !== undefined) return name
  if (isPrintable(c)) return c
  const code = c.codePointAt(0) as number
  const hex = code.toString(16)
  if (code < 0x20 || code === 0x7f) return `\\x${hex.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** Text of several lines is folded, one line of it a line; a line's leading space is escaped, since folding would drop it. */
function quoted(text: string, indent: string): string {
  const escapedText = (part: string) => [...part].map(escaped).join('')
  if (!text.includes('\n')) return `"${escapedText(text)}"`
  const lines = text.split('\n')
  const last = lines.pop() as string
  const line = (part: string, end: string) => `${indent}${/^\s/.test(part) ? '\\' : ' '}${escapedText(part)}${end}\\\n`
  return `"\\\n${lines.map((part) => line(part, '\\n')).join('')}${last ? line(last, '') : ''}${indent}"`
}

const plainKey = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_./-]*[\p{L}\p{N}_])?$/u

/** Words that some reader takes for a boolean, besides those that go-yaml does. */
const booleans = /^[tf]$/i

const keyText = (key: string): string =>
  plainKey.test(key) && !looksTyped(key) && !booleans.test(key)
    ? key
    : `"${[...key].map((c) => (c === '\n' ? '\\n' : c === '\t' ? '\\t' : escaped(c))).join('')}"`

const isNode = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Which of its keys a document has in the order in which they are given: all, those of the document itself, or none. */
export type KeptOrder = 'all' | 'outermost' | 'none'

function render(value: unknown, indent: string, kept: KeptOrder): string {
  if (typeof value === 'string') return quoted(value, `${indent}  `)
  if (!isNode(value)) return plainScalar(value)
  const inner = `${indent}  `
  const keptInside = kept === 'all' ? 'all' : 'none'
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    if (value.every(isNode)) return `[${value.map((item) => render(item, indent, keptInside)).join(', ')}]`
    return `[\n${value.map((item) => `${inner}${render(item, inner, keptInside)},\n`).join('')}${indent}]`
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (entries.length === 0) return '{}'
  if (kept === 'none') entries.sort(([a], [b]) => compareKeys(a, b))
  return `{\n${entries.map(([key, item]) => `${inner}${keyText(key)}: ${render(item, inner, keptInside)},\n`).join('')}${indent}}`
}

/** One document, with the line that begins it. Keys are sorted, but those whose order is kept. */
export function toKyaml(value: unknown, kept: KeptOrder = 'none'): string {
  return `---\n${render(value, '', kept)}\n`
}
