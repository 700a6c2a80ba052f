/** How Go prints JSON-like values: `fmt`'s %v and %#v, and encoding/json. Object keys come out sorted, as Go prints maps. */

type Json = unknown

const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value)

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Keys in byte order. */
export function sortedKeys(object: object): string[] {
  return Object.keys(object).sort(byCodePoint)
}

/** A Go string literal (`%q`). */
export function quoteGo(text: string): string {
  return JSON.stringify(text)
    .replace(/\\u00([01][0-9a-f])/g, '\\x$1')
    .replace(/\\b/g, '\\b')
    .replace(/\u007f/g, '\\x7f')
}

/** `fmt.Sprint(value)`: `map[a:1 b:[x y]]`, `<nil>`. */
export function formatGoValue(value: Json): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(formatGoValue).join(' ')}]`
  if (isObject(value))
    return `map[${sortedKeys(value)
      .map((k) => `${k}:${formatGoValue(value[k])}`)
      .join(' ')}]`
  return String(value)
}

/** `fmt.Sprintf("%#v", value)` of what encoding/json decodes into. */
export function formatGoSyntax(value: Json): string {
  if (value === null || value === undefined) return 'interface {}(nil)'
  if (Array.isArray(value)) return `[]interface {}{${value.map(formatGoSyntax).join(', ')}}`
  if (isObject(value))
    return `map[string]interface {}{${sortedKeys(value)
      .map((k) => `${quoteGo(k)}:${formatGoSyntax(value[k])}`)
      .join(', ')}}`
  return typeof value === 'string' ? quoteGo(value) : String(value)
}

/** The Go type that the value has in kubectl's generic objects. */
export function goTypeName(value: Json): string {
  if (Array.isArray(value)) return '[]interface {}'
  if (isObject(value)) return 'map[string]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return typeof value === 'boolean' ? 'bool' : 'string'
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    sortedKeys(value)
      .filter((k) => value[k] !== undefined)
      .map((k) => [k, sorted(value[k])]),
  )
}

/** `<`, `>` and `&` as encoding/json writes them. */
export const escapeHtml = (json: string): string => json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** `json.Marshal` (sorted keys, `<`, `>`, `&` escaped); with indent as `json.MarshalIndent`, which is also `-o json` with four spaces. */
export function marshalJson(value: Json, indent?: number): string {
  return escapeHtml(JSON.stringify(sorted(value), null, indent) ?? 'null')
}

/** JSON as `kubectl -o json` prints objects: four spaces, keys sorted; no newline at the end. */
export function printJson(value: Json): string {
  return marshalJson(value, 4)
}
