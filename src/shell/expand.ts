import type { Wait } from '#protocol/api-client.ts'
import { calculate } from './arithmetic.ts'
import { parameters } from './functions.ts'
import { globSource } from './glob.ts'
import { type Env, ShellError } from './io.ts'
import { patterns } from './registry.ts'
import type { Modifier, Part, Script, Word } from './syntax.ts'

export interface Expansion {
  env: Env
  /** Runs `$(…)` and gives what it printed. */
  capture(script: Script): Generator<Wait, string, void>
}

/** Longer texts, as of a variable that is doubled again and again, would fill the memory. */
const longestText = 10_000_000

function checked(text: string): string {
  if (text.length > longestText) throw new ShellError(`a text of more than ${longestText} characters is not kept here`, 1, true)
  return text
}

/** A text cut into fields at the characters of `ifs`: blanks in a row count once, and not at the ends. */
export function splitFields(text: string, ifs = ' \t\n', most = Number.POSITIVE_INFINITY): string[] {
  if (!ifs) return text ? [text] : []
  const escaped = (chars: string): string => chars.replace(/[\\\]^-]/g, '\\$&')
  const blanks = escaped(ifs.replace(/[^ \t\n]/g, ''))
  const others = escaped(ifs.replace(/[ \t\n]/g, ''))
  const blank = blanks ? `[${blanks}]` : '(?!)'
  const separator = new RegExp(others ? `${blank}*[${others}]${blank}*|${blank}+` : `${blank}+`)
  const fields: string[] = []
  let rest = text.replace(new RegExp(`^${blank}+|${blank}+$`, 'g'), '')
  while (rest) {
    const match = fields.length + 1 < most ? separator.exec(rest) : null
    fields.push(match ? rest.slice(0, match.index) : rest)
    rest = match ? rest.slice(match.index + match[0].length) : ''
  }
  return fields
}

/** Fields as they come about: pieces that stay whole, and pieces that are split. */
class Fields {
  readonly done: string[] = []
  private current: string | undefined

  add(text: string): void {
    this.current = checked((this.current ?? '') + text)
  }

  split(text: string, ifs = ' \t\n'): void {
    const first = text[0] ?? ''
    if (first !== '' && ifs.includes(first) && /\s/.test(first)) this.finish()
    for (const [i, piece] of splitFields(text, ifs).entries()) {
      if (i > 0) this.finish()
      this.add(piece)
    }
    if (text !== '' && ifs.includes(text.at(-1) as string)) this.finish()
  }

  /** `"$@"` without parameters is no field, not an empty one. */
  dropEmpty(): void {
    if (this.current === '') this.current = undefined
  }

  /** What comes is the next field. */
  finish(): void {
    if (this.current !== undefined) this.done.push(this.current)
    this.current = undefined
  }
}

/** The fields a word stands for: unquoted variables and commands are split, quoted ones are not. */
export function* expandFields(word: Word, context: Expansion): Generator<Wait, string[], void> {
  const fields = new Fields()
  yield* addWord(fields, word, context, 'outside')
  fields.finish()
  return fields.done
}

/** Adds a word that stands by itself, or in `${NAME:-…}`: there its text is split, too, unless that is in quotes. */
function* addWord(fields: Fields, word: Word, context: Expansion, where: 'outside' | 'inside' | 'inQuotes'): Generator<Wait, void, void> {
  const { env } = context
  for (const part of word) {
    const isWhole = part.quoted || where === 'inQuotes'
    const alternative = part.kind === 'variable' ? alternativeOf(part, env) : undefined
    if (alternative) yield* addWord(fields, alternative, context, isWhole ? 'inQuotes' : 'inside')
    else if (isWhole && isEachParameter(part)) {
      const values = yield* parameterValues(part, context)
      if (values.length === 0 && where !== 'inQuotes') fields.dropEmpty()
      for (const [i, value] of values.entries()) {
        if (i > 0) fields.finish()
        fields.add(value)
      }
    } else {
      const text = yield* expandPart(part, context)
      if (isWhole || (part.kind === 'text' && where === 'outside')) fields.add(text)
      else fields.split(text, env.get('IFS'))
    }
  }
}

/** The word of `${NAME:-word}` or `${NAME:+word}` when it takes the place of the variable. */
function alternativeOf({ name, modifier }: VariablePart, env: Env): Word | undefined {
  const kind = modifier?.operator.at(-1)
  if (!modifier || (kind !== '-' && kind !== '+')) return undefined
  return isSet(parameter(name, env), modifier) === (kind === '+') ? modifier.word : undefined
}

/** With a colon an empty value is none. */
const isSet = (value: string | undefined, { operator }: Modifier): boolean => (operator[0] === ':' ? Boolean(value) : value !== undefined)

/** The word as one text, unsplit: values of assignments, here-documents, names of files. */
export function* expandText(word: Word, context: Expansion): Generator<Wait, string, void> {
  let text = ''
  for (const part of word) text = checked(text + (yield* expandPart(part, context)))
  return text
}

function* expandPart(part: Part, context: Expansion): Generator<Wait, string, void> {
  if (part.kind === 'text') return part.text
  if (part.kind === 'command') return (yield* context.capture(part.script)).replace(/\n+$/, '')
  if (part.kind === 'arithmetic') return String(calculate(yield* expandText(part.text, context), context.env))
  if (part.modifier && areParameters(part.name) && !/[-+=?]$/.test(part.modifier.operator)) {
    if (part.modifier.operator === 'length') return String(parameters(context.env).length)
    return (yield* parameterValues(part, context)).join(' ')
  }
  const value = parameter(part.name, context.env)
  return part.modifier ? yield* modify(part.name, value, part.modifier, context) : (value ?? '')
}

type VariablePart = Extract<Part, { kind: 'variable' }>

const areParameters = (name: string): boolean => name === '@' || name === '*'

/** `"$@"`, or a part or change of it. */
const isEachParameter = (part: Part): part is VariablePart => part.kind === 'variable' && part.name === '@' && part.modifier?.operator !== 'length'

/** `${@…}`: each parameter with the change that is asked for, or some of them. */
function* parameterValues({ name, modifier }: VariablePart, context: Expansion): Generator<Wait, string[], void> {
  const { env } = context
  const values = parameters(env)
  if (!modifier || /[-+=?]$/.test(modifier.operator)) return values
  if (modifier.operator === ':') return sliceParameters(values, yield* expandText(modifier.word, context), env)
  const changed: string[] = []
  for (const value of values) changed.push(yield* modify(name, value, modifier, context))
  return changed
}

/** `${@:from:count}`: the first has number 1, before it stands the name of the shell. */
function sliceParameters(values: readonly string[], argument: string, env: Env): string[] {
  const [from = '', length] = argument.split(':')
  const all = [parameter('0', env) ?? '', ...values]
  const at = calculate(from, env)
  const start = at < 0 ? all.length + at : at
  if (start < 0) return []
  const count = length === undefined ? all.length : calculate(length, env)
  if (count < 0) throw new ShellError(`${length}: substring expression < 0`, 1)
  return all.slice(start, start + count)
}

const alwaysSet: ReadonlyMap<string, string> = new Map([
  ['?', '0'],
  ['#', '0'],
  ['0', 'bash'],
  ['$', '1'],
])

/** `$?` is 0 before the first command, as is `$#` outside of functions. */
const parameter = (name: string, env: Env): string | undefined =>
  areParameters(name) ? (env.get('#') && parameters(env).join(' ')) || undefined : (env.get(name) ?? alwaysSet.get(name))

function* modify(name: string, value: string | undefined, modifier: Modifier, context: Expansion): Generator<Wait, string, void> {
  const { operator, word, second = [] } = modifier
  const kind = operator.length > 1 && operator[0] === ':' ? (operator[1] as string) : operator
  const text = value ?? ''
  if ('-=+?'.includes(kind)) {
    const hasValue = isSet(value, modifier)
    if (kind === '+') return hasValue ? yield* expandText(word, context) : ''
    if (hasValue) return text
    const other = yield* expandText(word, context)
    if (kind === '=') context.env.set(name, other)
    if (kind === '?')
      throw new ShellError(`${name}: ${other || (operator[0] === ':' ? 'parameter null or not set' : 'parameter not set')}`, 127, true)
    return other
  }
  const argument = yield* expandText(word, context)
  switch (operator) {
    case 'length':
      return String([...text].length)
    case '#':
    case '##':
    case '%':
    case '%%':
      return cutAffix(text, argument, operator)
    case '/':
    case '//':
      return replacePattern(text, argument, yield* expandText(second, context), operator)
    case ':':
      return slice(text, argument, context.env)
    default: {
      const first = operator.length === 1 ? 1 : text.length
      const change = operator[0] === '^' ? text.slice(0, first).toUpperCase() : text.slice(0, first).toLowerCase()
      return change + text.slice(first)
    }
  }
}

function slice(text: string, argument: string, env: Env): string {
  const [from = '', length] = argument.split(':')
  const at = calculate(from, env)
  const start = at < 0 ? Math.max(0, text.length + at) : at
  if (length === undefined) return text.slice(start)
  const count = calculate(length, env)
  return count < 0 ? text.slice(start, count) : text.slice(start, start + count)
}

function cutAffix(text: string, glob: string, operator: string): string {
  const pattern = patterns().source(`^${globSource(glob)}$`)
  const lengths = [...Array(text.length + 1).keys()]
  if (operator.length === 2) lengths.reverse()
  for (const n of lengths) {
    pattern.lastIndex = 0
    if (operator[0] === '#' ? pattern.test(text.slice(0, n)) : pattern.test(text.slice(text.length - n)))
      return operator[0] === '#' ? text.slice(n) : text.slice(0, text.length - n)
  }
  return text
}

function replacePattern(text: string, glob: string, by: string, operator: string): string {
  const end = operator === '/' && /^[#%]/.test(glob) ? glob[0] : ''
  const source = globSource(end ? glob.slice(1) : glob)
  if (!source) return text
  const pattern = patterns().source(end === '#' ? `^${source}` : end === '%' ? `${source}$` : source)
  let count = 0
  return text.replace(pattern, (found) => (count++ === 0 || operator === '//' ? by : found))
}
