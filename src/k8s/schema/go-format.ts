/** How Go's `fmt` prints JSON-like values: %v, %#v and %q. Object keys come out sorted, as Go prints maps. */

import { isObject } from '../patch/json.ts'

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Keys in byte order. */
export function sortedKeys(object: object): string[] {
  return Object.keys(object).sort(byCodePoint)
}

const namedInGo: Readonly<Record<string, string>> = { '\x07': '\\a', '\v': '\\v' }

/** A character that cannot be seen, by its number. */
function hiddenInGo(char: string): string {
  const code = char.codePointAt(0) as number
  const hex = code.toString(16)
  return namedInGo[char] ?? (code < 0x80 ? `\\x${hex.padStart(2, '0')}` : code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`)
}

/** A Go string literal (`%q`). @source Go strconv Quote */
export function quoteGo(text: string): string {
  const escaped = text.replace(/["\\\b\f\n\r\t]/g, (char) => JSON.stringify(char).slice(1, -1))
  return `"${escaped.replace(/(?! )[\p{C}\p{Z}]/gu, hiddenInGo)}"`
}

/** `fmt.Sprint(value)`: `map[a:1 b:[x y]]`, `<nil>`. */
export function formatGo(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(formatGo).join(' ')}]`
  if (isObject(value))
    return `map[${sortedKeys(value)
      .map((k) => `${k}:${formatGo(value[k])}`)
      .join(' ')}]`
  return String(value)
}

/** `fmt.Sprintf("%#v", value)` of what encoding/json decodes into. */
export function formatGoSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)'
  if (Array.isArray(value)) return `[]interface {}{${value.map(formatGoSyntax).join(', ')}}`
  if (isObject(value))
    return `map[string]interface {}{${sortedKeys(value)
      .map((k) => `${quoteGo(k)}:${formatGoSyntax(value[k])}`)
      .join(', ')}}`
  return typeof value === 'string' ? quoteGo(value) : String(value)
}

/** The Go type that the value has in kubectl's generic objects. */
export function goTypeName(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}'
  if (isObject(value)) return 'map[string]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return typeof value === 'boolean' ? 'bool' : 'string'
}
