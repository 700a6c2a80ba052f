/** Where the braces or brackets that open at `from` close; the end of the text when they do not. */
function closingOf(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const char = text[at]
    if (char === '"' || char === "'") at = Math.max(at, text.indexOf(char, at + 1))
    else if (char === '[' || char === '{') depth++
    else if ((char === ']' || char === '}') && --depth === 0) return at
  }
  return text.length
}

/** Where the block that begins behind the line of `from` ends: at a line indented no further, items of a list under its field left out. */
function blockEnd(text: string, from: number): number {
  const lineStart = text.lastIndexOf('\n', from - 1) + 1
  const line = text.slice(lineStart, from)
  // an anchor on a line of its own is that of what stands as deep as it
  const indent = line.search(/\S|$/) - (line.trimStart().startsWith('&') ? 1 : 0)
  const isItem = line[indent] === '-'
  let at = text.indexOf('\n', from)
  while (at >= 0) {
    const next = text.indexOf('\n', at + 1)
    const row = text.slice(at + 1, next < 0 ? undefined : next)
    const own = row.search(/\S/)
    const belongs = own < 0 || own > indent || row[own] === '#' || (own === indent && row[own] === '-' && !isItem)
    if (!belongs || row.startsWith('---')) return at
    at = next
  }
  return text.length
}

const anchor = /(?<=^|[\s[{,])&([^\s,[\]{}]+)(?:[ \t]+![^\s]*)?[ \t]*/gm

/**
 * Whether an alias stands inside of what it stands for. The YAML language's worker would follow it for ever; kubectl refuses it. Reads no
 * YAML: a text in quotes or behind a `#` may be taken for an alias.
 */
export function hasEndlessAlias(text: string): boolean {
  if (!text.includes('&') || !text.includes('*')) return false
  for (const { 0: whole, 1: name = '', index } of text.matchAll(anchor)) {
    const from = index + whole.length
    const opens = text[from]
    const isFlow = opens === '[' || opens === '{'
    // a plain value holds nothing
    if (!isFlow && opens !== undefined && opens !== '\n' && opens !== '\r' && opens !== '#') continue
    const held = text.slice(from, isFlow ? closingOf(text, from) : blockEnd(text, from))
    const alias = held.split(/[\s,[\]{}]+/).includes(`*${name}`)
    if (alias) return true
  }
  return false
}
