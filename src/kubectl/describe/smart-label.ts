const acronyms = new Set(['API', 'URL', 'UID', 'GUID'])

/** `creationTimestamp` → `Creation Timestamp`, `apiVersion` → `API Version`. @source kubectl/pkg/describe smartLabelFor */
export function smartLabel(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field
  const words = field.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|-+|[^A-Za-z-]+/g) ?? [field]
  return words
    .map((word) => {
      if (acronyms.has(word.toUpperCase())) return word.toUpperCase()
      return word === word.toLowerCase() ? word.charAt(0).toUpperCase() + word.slice(1) : word
    })
    .join(' ')
}
