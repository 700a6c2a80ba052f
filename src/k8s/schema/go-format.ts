/** JSON values as Go's `%v` prints them: `map[a:1 b:[x y]]`, keys sorted. */
export function formatGo(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(formatGo).join(' ')}]`
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[${entries.map(([key, item]) => `${key}:${formatGo(item)}`).join(' ')}]`
}
