import { ProgramError } from '../io.ts'

/** Which characters are operators: `basic` (grep, sed), `extended` (grep -E, awk), `perl` (grep -P, as in JavaScript), `fixed` (none). */
export type Dialect = 'basic' | 'extended' | 'perl' | 'fixed'

const classes: Record<string, string> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  digit: '0-9',
  xdigit: '0-9A-Fa-f',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-/:-@\\[-`{-~',
  print: ' -~',
  graph: '!-~',
  cntrl: '\\x00-\\x1f\\x7f',
}

const literal = (char: string): string => (/[.*+?^${}()|[\]\\/]/.test(char) ? `\\${char}` : char)

/** `[…]` at `at`: a backslash in it is a plain character, `]` may stand first. Undefined when it is not closed. */
function readBracket(pattern: string, at: number, escapes: boolean): { source: string; end: number } | undefined {
  const match = (escapes ? /^\[(\^?)(\]?(?:\[:\w+:\]|\\.|[^\]])*)\]/s : /^\[(\^?)(\]?(?:\[:\w+:\]|[^\]])*)\]/s).exec(pattern.slice(at))
  if (!match) return undefined
  const inside = (match[2] as string).replace(/\[:(\w+):\]|\\(.)?|([[\]^])/gs, (all, name?: string, char?: string, special?: string) => {
    if (name) return classes[name] ?? all
    if (special) return `\\${special}`
    if (escapes && char !== undefined) return /[a-z]/.test(char) ? all : `\\${char}`
    return char === undefined ? '\\\\' : `\\\\${/[[\]^]/.test(char) ? `\\${char}` : char}`
  })
  return { source: `[${match[1]}${inside}]`, end: at + match[0].length }
}

function translate(pattern: string, basic: boolean, escapes: boolean): string | undefined {
  let source = ''
  const groups: number[] = []
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] as string
    if (char === '[') {
      const bracket = readBracket(pattern, at, escapes)
      if (!bracket) return undefined
      source += bracket.source
      at = bracket.end - 1
      continue
    }
    const escaped = char === '\\' ? pattern[++at] : undefined
    if (char === '\\' && escaped === undefined) return undefined
    const isOperator = '(){}|+?'.includes(escaped ?? char) && (escaped !== undefined) === basic
    const isStart = source === '' || /(^|[^\\])(\\\\)*(\(|\||\(\^|^\^)$/.test(source)
    if (isOperator) {
      const operator = escaped ?? char
      if (operator === '(') groups.push(at)
      if (operator === ')' && groups.pop() === undefined) source += '\\)'
      else if ('+?{'.includes(operator) && isStart) source += literal(operator)
      else if (operator === '{' && !/^\{\d*(,\d*)?(\\?)\}/.test(pattern.slice(at))) source += '\\{'
      else source += operator
    } else if (escaped !== undefined) {
      if (escaped === '<') source += '\\b(?=\\w)'
      else if (escaped === '>') source += '\\b(?<=\\w)'
      else source += /[wWsSbBnt1-9]/.test(escaped) ? `\\${escaped}` : literal(escaped)
    } else if (char === '*') source += isStart ? '\\*' : '*'
    else if (char === '^' && basic) source += isStart ? '^' : '\\^'
    else if (char === '$' && basic) source += /^(\\\)|\\\||$)/.test(pattern.slice(at + 1)) ? '$' : '\\$'
    else source += /[\^$.]/.test(char) ? char : literal(char)
  }
  return groups.length ? undefined : source.replace(/\*{2,}/g, '*')
}

/** A POSIX or GNU pattern as JavaScript's. `escapes`: a backslash in `[…]` escapes (awk). Throws `ProgramError`, status `status`. */
export function toRegExp(program: string, pattern: string, dialect: Dialect, flags = '', status = 1, escapes = false): RegExp {
  const source =
    dialect === 'fixed'
      ? [...pattern].map(literal).join('')
      : dialect === 'perl'
        ? pattern.replace(/\[:(\w+):\]/g, (all, name: string) => classes[name] ?? all)
        : translate(pattern, dialect === 'basic', escapes)
  try {
    if (source !== undefined) return new RegExp(source, flags)
  } catch {
    // said below
  }
  const unclosed = /(^|[^\\])\[(?![^\]]+\])/.test(pattern) ? 'Unmatched [, [^, [:, [., or [=' : 'Unmatched ( or \\('
  throw new ProgramError(`${program}: ${/[([]/.test(pattern) ? unclosed : `Invalid regular expression: ${pattern}`}`, status)
}

/** The characters of `[:name:]` as the inside of a bracket expression. */
export const characterClass = (name: string): string | undefined => classes[name]
