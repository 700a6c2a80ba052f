/**
 * How large a YAML or JSON text may be to be read here. Reading goes at some 20,000 values a second on a slow machine, and a reader that
 * runs out of stack may take the page with it: what is larger is refused before it is read.
 */

/** Most characters, and most entries: lines, and items between commas. */
export interface TextLimits {
  readonly length: number
  readonly entries: number
}

/** A real API server takes 3 MiB a request. */
export const manifestLimits: TextLimits = { length: 1_000_000, entries: 50_000 }
const maxNesting = 200

/** Why a text is not read here, to be put behind what it is: `has 2000000 characters; …`. Undefined = it is read. */
export function tooMuchText(text: string, limits = manifestLimits): string | undefined {
  if (text.length > limits.length) return `has ${text.length} characters; more than ${limits.length} are not read here`
  const entries = countEntries(text)
  if (entries > limits.entries) return `has about ${entries} entries; more than ${limits.entries} are not read here`
  if (isNestedTooDeeply(text)) return `is nested more than ${maxNesting} deep, which is not read here`
  return undefined
}

function countEntries(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 44) count++
  }
  return count
}

/**
 * Whether a YAML or JSON text nests deeper than `maxNesting`, told by indentation, `- - -` and brackets without reading it. Brackets in long
 * texts count too, so that a text with very many unclosed ones is taken for nested.
 */
function isNestedTooDeeply(text: string): boolean {
  const indents: number[] = []
  let brackets = 0
  let at = 0
  while (at < text.length) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    let start = at
    while (start < end && text[start] === ' ') start++
    if (start < end && text[start] !== '#') {
      while (indents.length > 0 && (indents[indents.length - 1] as number) >= start - at) indents.pop()
      indents.push(start - at)
      if (start === at && brackets > 0 && /[\w"']/.test(text[start] as string)) brackets = 0
      let dashes = 0
      while (text[start] === '-' && text[start + 1] === ' ' && dashes <= maxNesting) {
        dashes++
        start += 2
      }
      for (let i = start; i < end; i++) {
        const code = text.charCodeAt(i)
        // [ { and ] }
        if (code === 91 || code === 123) brackets++
        else if ((code === 93 || code === 125) && brackets > 0) brackets--
        if (brackets > maxNesting) return true
      }
      if (indents.length + dashes > maxNesting) return true
    }
    at = end + 1
  }
  return false
}
