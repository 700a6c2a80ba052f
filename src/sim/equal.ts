const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'object' && (Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0))

/**
 * Deep equality of plain JSON in which absent, null, `[]` and `{}` are the same.
 * @source apimachinery equality.Semantic.DeepEqual (nil = empty)
 */
export function semanticEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return isEmpty(a) && isEmpty(b)
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!semanticEqual(a[i], b[i])) return false
    return true
  }
  if (Array.isArray(b)) return isEmpty(a) && isEmpty(b)
  const x = a as Record<string, unknown>
  const y = b as Record<string, unknown>
  for (const key in x) if (!semanticEqual(x[key], y[key])) return false
  for (const key in y) if (!(key in x) && !isEmpty(y[key])) return false
  return true
}
