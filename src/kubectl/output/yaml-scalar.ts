/** How go-yaml writes one string: which style, quotes, escapes and folds. @source go-yaml v2 encode.go stringv, emitterc.go */

const bestWidth = 80

const resolved = new Set(
  ['', '~', 'null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n'].flatMap((w) => [w, w.toUpperCase(), w.charAt(0).toUpperCase() + w.slice(1)]),
)
for (const word of ['nan', 'inf'])
  for (const sign of word === 'inf' ? ['', '+', '-'] : ['']) {
    for (const w of [word, word.toUpperCase(), word === 'inf' ? 'Inf' : 'NaN']) resolved.add(`${sign}.${w}`)
  }

const integer = /^[-+]?(0x[\da-f]+|0b[01]+|0o?[0-7]+|0|[1-9]\d*)$/i
const float = /^[-+]?(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?$/i
const base60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/
const timestamp = /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[-+]\d\d:\d\d)?)?$/

/** Whether unquoted text would be read back as something other than a string. */
export function looksTyped(text: string): boolean {
  if (resolved.has(text)) return true
  if (text.startsWith('.')) return float.test(text)
  if (!/^[-+\d]/.test(text)) return false
  const plain = text.replaceAll('_', '')
  return integer.test(plain) || float.test(plain) || base60.test(text) || timestamp.test(text)
}

const isPrintable = (c: string): boolean => /^[\n\x20-\x7e\x85\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/u.test(c)

interface Analysis {
  blockIndicators: boolean
  special: boolean
  edgeBlank: boolean
  trailingSpace: boolean
  breakSpace: boolean
  spaceBreak: boolean
}

/** @source emitterc.go yaml_emitter_analyze_scalar */
function analyze(text: string): Analysis {
  const chars = [...text]
  const blank = (c: string | undefined) => c === undefined || c === ' ' || c === '\t' || c === '\n'
  return {
    blockIndicators:
      /^(---|\.\.\.)/.test(text) ||
      '#,[]{}&*!|>\'"%@`'.includes(chars[0] as string) ||
      ('?:-'.includes(chars[0] as string) && blank(chars[1])) ||
      chars.some((c, i) => i > 0 && ((c === ':' && blank(chars[i + 1])) || (c === '#' && blank(chars[i - 1])))),
    special: !chars.every(isPrintable),
    edgeBlank: /^[ \n]|[ \n]$/.test(text),
    trailingSpace: text.endsWith(' '),
    breakSpace: text.includes('\n '),
    spaceBreak: text.includes(' \n'),
  }
}

const escapes: Record<string, string> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
}

function escapeChar(c: string): string {
  if (escapes[c]) return escapes[c]
  if (isPrintable(c)) return c
  const code = c.codePointAt(0) as number
  const [letter, width] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8]
  return `\\${letter}${code.toString(16).toUpperCase().padStart(width, '0')}`
}

/** Breaks text at single spaces once the line is longer than 80 columns. `column` = where it starts. */
function fold(pieces: readonly string[], column: number, indent: string, double: boolean): string {
  let at = column
  let out = ''
  pieces.forEach((piece, i) => {
    const next = pieces[i + 1]
    const breakable = piece === ' ' && at > bestWidth && i > 0 && next !== undefined && pieces[i - 1] !== ' '
    if (breakable && (double || next !== ' ')) {
      out += `\n${indent}${double && next === ' ' ? '\\' : ''}`
      at = indent.length + (double && next === ' ' ? 1 : 0)
    } else {
      out += piece
      at += piece.length
    }
  })
  return out
}

function literal(text: string, indent: string): string {
  const hint = /^[ \n]/.test(text) ? '2' : ''
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : ''
  const lines = text.replace(/\n$/, '').split('\n')
  return `|${hint}${chomp}${lines.map((l) => `\n${l ? indent + l : ''}`).join('')}`
}

/**
 * A string as a YAML scalar. `column` is where it starts on its line (for folding), `indent` the indentation of lines
 * that follow; a key is never folded or written as a block.
 */
export function yamlScalar(text: string, column: number, indent: string, isKey = false): string {
  const a = analyze(text)
  const pieces = [...text]
  const folded = (chars: readonly string[], double = false) => (isKey ? chars.join('') : fold(chars, column + (double ? 1 : 0), indent, double))
  const double = () => `"${folded(pieces.map(escapeChar), true)}"`
  if (text.includes('\n')) {
    const block = !isKey && !a.trailingSpace && !a.spaceBreak && !a.special
    return block ? literal(text, indent) : double()
  }
  if (looksTyped(text)) return double()
  if (!a.edgeBlank && !a.special && !a.blockIndicators) return folded(pieces)
  if (a.special) return double()
  return `'${fold(
    pieces.map((c) => (c === "'" ? "''" : c)),
    isKey ? Number.NEGATIVE_INFINITY : column + 1,
    indent,
    false,
  )}'`
}
