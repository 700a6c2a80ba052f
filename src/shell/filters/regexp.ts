import { ProgramError } from '../io.ts'
import { safeRegExp } from './matcher.ts'

/** Which characters are operators: `basic` (grep, sed), `extended` (grep -E, awk), `perl` (grep -P, as in JavaScript), `fixed` (none). */
export type Dialect = 'basic' | 'extended' | 'perl' | 'fixed'

const classes: Record<string, string> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  digit: '0-9',
  xdigit: '0-9A-Fa-f',
  lower: 'a-z',
  upper: 'A-Z',
  space: ' \\t-\\r',
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
    if (name) return characterClass(name) ?? all
    if (special) return `\\${special}`
    if (escapes && char !== undefined) return /[a-z]/.test(char) ? all : `\\${char}`
    return char === undefined ? '\\\\' : `\\\\${/[[\]^]/.test(char) ? `\\${char}` : char}`
  })
  return { source: `[${match[1]}${inside}]`, end: at + match[0].length }
}

/** The pattern as it is translated so far: where its last part begins, which a repetition is about. */
class Source {
  text = ''
  private part = 0
  private isRepeated = false
  private readonly groups: number[] = []

  add(text: string): void {
    this.part = this.text.length
    this.text += text
    this.isRepeated = false
  }

  /** At the beginning of the pattern, of a group or of an alternative. */
  get isStart(): boolean {
    return this.text === '' || /(^|[^\\])(\\\\)*(\(|\||\(\^|^\^)$/.test(this.text)
  }

  get isOpen(): boolean {
    return this.groups.length > 0
  }

  open(): void {
    this.groups.push(this.text.length)
    this.add('(')
  }

  /** False where no group is open. */
  close(): boolean {
    const start = this.groups.pop()
    if (start === undefined) return false
    this.add(')')
    this.part = start
    return true
  }

  /** A repetition of what is repeated already is one of both. */
  repeat(operator: string): void {
    if (this.isRepeated) this.text = `${this.text.slice(0, this.part)}(?:${this.text.slice(this.part)})`
    this.text += operator
    this.isRepeated = true
  }
}

function translate(pattern: string, basic: boolean, escapes: boolean): string | undefined {
  const source = new Source()
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] as string
    if (char === '[') {
      const bracket = readBracket(pattern, at, escapes)
      if (!bracket) return undefined
      source.add(bracket.source)
      at = bracket.end - 1
      continue
    }
    const escaped = char === '\\' ? pattern[++at] : undefined
    if (char === '\\' && escaped === undefined) return undefined
    const operator = escaped ?? char
    if ('(){}|+?'.includes(operator) && (escaped !== undefined) === basic) {
      const count = operator === '{' ? /^\{(\d*)(,?)(\d*)\\?\}/.exec(pattern.slice(at)) : undefined
      if (operator === '(') source.open()
      else if (operator === ')') source.close() || source.add('\\)')
      else if (operator === '|') source.add('|')
      else if (operator === '}' || source.isStart || (operator === '{' && !count)) source.add(literal(operator))
      else if (count) {
        source.repeat(`{${count[1] || '0'}${count[2]}${count[3]}}`)
        at += count[0].length - 1
      } else source.repeat(operator)
    } else if (escaped !== undefined) {
      if (escaped === '<') source.add('\\b(?<!\\w)')
      else if (escaped === '>') source.add('\\b(?<=\\w)')
      else source.add(/[wWsSbBnt1-9]/.test(escaped) ? `\\${escaped}` : literal(escaped))
    } else if (char === '*') {
      if (source.isStart) source.add('\\*')
      else source.repeat('*')
    } else if (char === '^' && basic) source.add(source.isStart ? '^' : '\\^')
    else if (char === '$' && basic) source.add(/^(\\\)|\\\||$)/.test(pattern.slice(at + 1)) ? '$' : '\\$')
    else source.add(/[\^$.]/.test(char) ? char : literal(char))
  }
  return source.isOpen ? undefined : source.text
}

/** Where a program's pattern comes from, for what is said of it. `status` is that of its errors; a backslash in `[…]` escapes where `escapes`. */
interface Reading {
  program: string
  dialect: Dialect
  status?: number
  escapes?: boolean
}

const invalid = ({ program, status = 1 }: Reading, pattern: string): ProgramError => {
  const unclosed = /(^|[^\\])\[(?![^\]]+\])/.test(pattern) ? 'Unmatched [, [^, [:, [., or [=' : 'Unmatched ( or \\('
  return new ProgramError(`${program}: ${/[([]/.test(pattern) ? unclosed : `Invalid regular expression: ${pattern}`}`, status)
}

/** A POSIX or GNU pattern as JavaScript has it. Throws `ProgramError`. */
export function toSource(reading: Reading, pattern: string): string {
  const { dialect, escapes = false } = reading
  const source =
    dialect === 'fixed'
      ? [...pattern].map(literal).join('')
      : dialect === 'perl'
        ? pattern.replace(/\[:(\w+):\]/g, (all, name: string) => characterClass(name) ?? all)
        : translate(pattern, dialect === 'basic', escapes)
  if (source === undefined) throw invalid(reading, pattern)
  return source
}

/** What `toSource` gave, ready to be searched for. Throws `ProgramError`; `pattern` = what was typed. */
export function compileSource(reading: Reading, source: string, flags: string, pattern = source): RegExp {
  try {
    return safeRegExp(reading.program, source, flags, reading.dialect === 'perl')
  } catch (error) {
    throw error instanceof ProgramError ? error : invalid(reading, pattern)
  }
}

/** A POSIX or GNU pattern, ready to be searched for. Throws `ProgramError`. */
export const toRegExp = (reading: Reading, pattern: string, flags = ''): RegExp => compileSource(reading, toSource(reading, pattern), flags, pattern)

/** The characters of `[:name:]` as the inside of a bracket expression. */
export const characterClass = (name: string): string | undefined => (Object.hasOwn(classes, name) ? classes[name] : undefined)
