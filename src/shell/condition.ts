import type { Wait } from '#protocol/api-client.ts'
import { calculate } from './arithmetic.ts'
import type { CompoundReader } from './compound-reader.ts'
import { type Expansion, expandText } from './expand.ts'
import { ProgramError, ShellError } from './io.ts'
import { expandPattern } from './pattern.ts'
import { patterns } from './registry.ts'
import type { Condition } from './syntax.ts'

const isUnary = (word: string): boolean => /^-[a-zA-Z]$/.test(word)
const isBinary = (word: string): boolean => /^(==?|!=|=~|-(eq|ne|lt|le|gt|ge|ef|nt|ot))$/.test(word)

/** What stands behind `[[`, with its `]]`. */
export function readCondition(reader: CompoundReader): Condition {
  const condition = readJoined(reader, 'or')
  if (reader.peekWord() !== ']]') throw reader.unexpected()
  reader.cursor.at += 2
  return condition
}

/** Conditions joined by `||`, or by `&&`, which binds tighter. */
function readJoined(reader: CompoundReader, kind: 'or' | 'and'): Condition {
  const { cursor } = reader
  const next = (): Condition => (kind === 'or' ? readJoined(reader, 'and') : readOne(reader))
  let left = next()
  for (reader.peekWord(); cursor.source.startsWith(kind === 'or' ? '||' : '&&', cursor.at); reader.peekWord()) {
    cursor.at += 2
    left = { kind, left, right: next() }
  }
  return left
}

function readOne(reader: CompoundReader): Condition {
  const { cursor } = reader
  const word = reader.peekWord()
  if (word === '!') {
    cursor.at++
    return { kind: 'not', of: readOne(reader) }
  }
  if (cursor.source[cursor.at] === '(') {
    cursor.at++
    const inside = readJoined(reader, 'or')
    if (reader.peekWord() !== '' || cursor.source[cursor.at] !== ')') throw reader.unexpected()
    cursor.at++
    return inside
  }
  if (word === ']]') throw reader.unexpected()
  const left = reader.readWord()
  if (!left) throw reader.unexpected()
  const second = reader.peekWord()
  const sign = /[<>]/.exec(cursor.source[cursor.at] ?? '')?.[0]
  const operator = sign ?? (isBinary(second) ? second : undefined)
  if (operator !== undefined) {
    cursor.at += operator.length
    const right = reader.readWord(operator === '=~' ? /\s/ : undefined)
    if (!right) throw reader.unexpected()
    return { kind: 'binary', operator, left, right }
  }
  if (!isUnary(word) || second === ']]') return { kind: 'unary', operator: '-n', word: left }
  const operand = reader.readWord()
  if (!operand) throw reader.unexpected()
  return { kind: 'unary', operator: word, word: operand }
}

const compared: Record<string, (a: number, b: number) => boolean> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
}

/** Whether a condition holds. Files are not there: what asks for them is false. Throws ShellError with status 2 on a bad expression. */
export function* holds(condition: Condition, context: Expansion): Generator<Wait, boolean, void> {
  switch (condition.kind) {
    case 'and':
      return (yield* holds(condition.left, context)) && (yield* holds(condition.right, context))
    case 'or':
      return (yield* holds(condition.left, context)) || (yield* holds(condition.right, context))
    case 'not':
      return !(yield* holds(condition.of, context))
    case 'unary': {
      const text = yield* expandText(condition.word, context)
      if (condition.operator === '-v') return context.env.has(text)
      return condition.operator === '-n' ? text !== '' : condition.operator === '-z' && text === ''
    }
    case 'binary':
      return yield* binary(condition, context)
  }
}

function* binary({ operator, left, right }: Extract<Condition, { kind: 'binary' }>, context: Expansion): Generator<Wait, boolean, void> {
  const text = yield* expandText(left, context)
  if (operator === '=' || operator === '==') return (yield* expandPattern(right, context)).test(text)
  if (operator === '!=') return !(yield* expandPattern(right, context)).test(text)
  const other = yield* expandText(right, context)
  if (operator === '=~') return matches(text, other)
  if (operator === '<') return text < other
  if (operator === '>') return text > other
  return compared[operator]?.(calculate(text, context.env), calculate(other, context.env)) ?? false
}

function matches(text: string, pattern: string): boolean {
  try {
    return patterns().extended(pattern).test(text)
  } catch (error) {
    if (!(error instanceof ProgramError) || error.status === 2) throw error
    throw new ShellError(`[[: invalid regular expression \`${pattern}'`, 2)
  }
}
