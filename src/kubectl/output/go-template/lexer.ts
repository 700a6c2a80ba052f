/** Takes a template apart. @source text/template/parse/lex.go */
import { quoteGo } from '#k8s/schema/go-format.ts'

export type TokenType =
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'keyword'
  | 'bool'
  | 'nil'
  | 'dot'
  | 'string'
  | 'character'
  | 'number'
  | 'pipe'
  | 'paren'
  | 'closing'
  | 'declare'
  | 'assign'
  | 'comma'
  | 'symbol'
  | 'error'
  | 'eof'

export interface Token {
  type: TokenType
  text: string
  pos: number
}

const keywords = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with'])

const patterns: readonly (readonly [TokenType, RegExp])[] = [
  ['space', /[ \t\r\n]+/y],
  ['string', /"(?:\\.|[^"\\\n])*"|`[^`]*`/y],
  ['character', /'(?:\\.|[^'\\\n])+'/y],
  ['declare', /:=/y],
  ['assign', /=/y],
  ['pipe', /\|/y],
  ['paren', /\(/y],
  ['closing', /\)/y],
  ['comma', /,/y],
  ['number', /[+-]?(?:0[xX][\da-fA-F_]+|\.?\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?)/y],
  ['field', /\.[\p{L}\p{Nd}_]+/uy],
  ['dot', /\./y],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['identifier', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['symbol', /[!#%&*+\-/;<>?@[\\\]^{}~]/y],
]

function typeOf(type: TokenType, text: string): TokenType {
  if (type !== 'identifier') return type
  if (keywords.has(text)) return 'keyword'
  return text === 'true' || text === 'false' ? 'bool' : text === 'nil' ? 'nil' : type
}

function badCharacter(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at) as number)
  if (character === '"') return 'unterminated quoted string'
  if (character === '`') return 'unterminated raw quoted string'
  if (character === "'") return 'unterminated character constant'
  if (character === ':') return 'expected :='
  return `unrecognized character in action: ${unicode(character)}`
}

const unicode = (character: string): string => `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')} '${character}'`

/** What must not touch the end of a token. */
function badNeighbour(type: TokenType, text: string, rest: string): string | undefined {
  const [next] = rest
  if (type === 'number') return next && /[\p{L}\p{Nd}_]/u.test(next) ? `bad number syntax: ${quoteGo(text + next)}` : undefined
  const isWord = type === 'field' || type === 'variable' || type === 'identifier'
  return isWord && next && !/^([ \t\r\n.,|:()]|\}\})/.test(rest) ? `bad character ${unicode(next)}` : undefined
}

/** The tokens up to the first error, which is one of them; the last is `eof` or `error`. */
export function tokenize(template: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  let trim = false
  const add = (type: TokenType, text: string, pos = at) => tokens.push({ type, text, pos })
  for (;;) {
    const open = template.indexOf('{{', at)
    let text = template.slice(at, open < 0 ? undefined : open)
    const trimsBefore = open >= 0 && /^\{\{-[ \t\r\n]/.test(template.slice(open, open + 4))
    const textAt = trim ? at + text.length - text.trimStart().length : at
    if (trim) text = text.trimStart()
    if (trimsBefore) text = text.trimEnd()
    if (text) add('text', text, textAt)
    if (open < 0) {
      add('eof', '', template.length)
      return tokens
    }
    at = open + (trimsBefore ? 4 : 2)
    const comment = /^(\/\*[\s\S]*?\*\/)([ \t\r\n]-)?\}\}/.exec(template.slice(at))
    if (comment) {
      at += comment[0].length
      trim = comment[2] !== undefined
      continue
    }
    add('left', '{{', open)
    let depth = 0
    for (;;) {
      const end = /^([ \t\r\n]-)?\}\}/.exec(template.slice(at, at + 4))
      if (end) {
        if (depth > 0) return [...tokens, { type: 'error', text: 'unclosed left paren', pos: at }]
        trim = end[1] !== undefined
        add('right', '}}')
        at += end[0].length
        break
      }
      if (at >= template.length) return [...tokens, { type: 'error', text: 'unclosed action', pos: at }]
      let found: Token | undefined
      for (const [type, pattern] of patterns) {
        pattern.lastIndex = at
        const match = pattern.exec(template)
        if (match) {
          found = { type: typeOf(type, match[0]), text: match[0], pos: at }
          break
        }
      }
      if (!found) return [...tokens, { type: 'error', text: badCharacter(template, at), pos: at }]
      const bad = badNeighbour(found.type, found.text, template.slice(at + found.text.length))
      if (bad) return [...tokens, { type: 'error', text: bad, pos: at }]
      // blanks before a trimming end belong to it
      if (found.type === 'space' && /^-\}\}/.test(template.slice(at + found.text.length))) {
        at += found.text.length - 1
        continue
      }
      depth += found.type === 'paren' ? 1 : found.type === 'closing' ? -1 : 0
      if (depth < 0) return [...tokens, { type: 'error', text: 'unexpected right paren', pos: at }]
      tokens.push(found)
      at += found.text.length
    }
  }
}
