/** Deeper texts are refused before they are read: a reader that runs out of stack may take the page with it. */
export const maxNesting = 200

/**
 * Whether a YAML or JSON text nests deeper than `maxNesting`, told by indentation, `- - -` and brackets without reading it. Brackets in long
 * texts count too, so that a text with very many unclosed ones is taken for nested.
 */
export function isNestedTooDeeply(text: string): boolean {
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
