import type { Wait } from '#protocol/api-client.ts'
import type { Env } from './io.ts'
import type { Modifier, Part, Script, Word } from './syntax.ts'

export interface Expansion {
  env: Env
  /** Runs `$(…)` and gives what it printed. */
  capture(script: Script): Generator<Wait, string, void>
}

/** The fields a word stands for: unquoted variables and commands are split at blanks, quoted ones are not. */
export function* expandFields(word: Word, context: Expansion): Generator<Wait, string[], void> {
  const fields: string[] = []
  let current: string | undefined
  for (const part of word) {
    const text = yield* expandPart(part, context)
    if (part.quoted || part.kind === 'text') {
      current = (current ?? '') + text
      continue
    }
    const pieces = text.split(/[ \t\n]+/)
    pieces.forEach((piece, i) => {
      if (i > 0 && current !== undefined) {
        fields.push(current)
        current = undefined
      }
      if (piece) current = (current ?? '') + piece
    })
  }
  if (current !== undefined) fields.push(current)
  return fields
}

/** The word as one text, unsplit: values of assignments, here-documents, names of files. */
export function* expandText(word: Word, context: Expansion): Generator<Wait, string, void> {
  let text = ''
  for (const part of word) text += yield* expandPart(part, context)
  return text
}

function* expandPart(part: Part, context: Expansion): Generator<Wait, string, void> {
  if (part.kind === 'text') return part.text
  if (part.kind === 'command') return (yield* context.capture(part.script)).replace(/\n+$/, '')
  const value = context.env.get(part.name)
  return part.modifier ? yield* modify(part.name, value, part.modifier, context) : (value ?? '')
}

function* modify(name: string, value: string | undefined, { operator, word }: Modifier, context: Expansion): Generator<Wait, string, void> {
  if (operator === 'length') return String((value ?? '').length)
  const isSet = operator[0] === ':' ? Boolean(value) : value !== undefined
  const kind = operator[0] === ':' ? operator[1] : operator
  if (kind === '-' || kind === '=') {
    if (isSet) return value as string
    const text = yield* expandText(word, context)
    if (kind === '=') context.env.set(name, text)
    return text
  }
  if (kind === '+') return isSet ? yield* expandText(word, context) : ''
  const text = value ?? ''
  const greedy = operator.length === 2
  const pattern = new RegExp(`^${globToRegExp(yield* expandText(word, context))}$`, 's')
  const lengths = [...Array(text.length + 1).keys()]
  if (greedy) lengths.reverse()
  for (const n of lengths) {
    if (operator[0] === '#' ? pattern.test(text.slice(0, n)) : pattern.test(text.slice(text.length - n)))
      return operator[0] === '#' ? text.slice(n) : text.slice(0, text.length - n)
  }
  return text
}

const globToRegExp = (glob: string): string =>
  glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
