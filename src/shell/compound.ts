import { expandBraces } from './braces.ts'
import type { CompoundReader } from './compound-reader.ts'
import { readCondition } from './condition.ts'
import { ShellError } from './io.ts'
import { type Compound, readInside, type Script, type Word } from './syntax.ts'

/** Words of bash that are refused, with what to use instead. */
export const refusedWords: Readonly<Record<string, string>> = {
  select: 'use `for`',
}

const starts = new Set(['for', 'while', 'until', 'if', 'case', '{', '[['])

export const isCompoundStart = (word: string): boolean => starts.has(word)

/** The `for`, `while`, `until`, `if`, `case`, `[[ … ]]`, `{ …; }` or `( … )` at the cursor. */
export function readCompound(reader: CompoundReader): Compound {
  return readInside(reader.cursor, () => readOne(reader))
}

function readOne(reader: CompoundReader): Compound {
  const { cursor } = reader
  if (cursor.source[cursor.at] === '(') {
    if (cursor.source[cursor.at + 1] === '(') {
      cursor.at += 2
      return { kind: 'arithmetic', text: reader.readArithmetic() }
    }
    cursor.at++
    const body = reader.readScript([')'])
    cursor.at++
    return { kind: 'group', subshell: true, body: nonEmpty(body, reader) }
  }
  const word = take(reader)
  if (word === '{') return { kind: 'group', subshell: false, body: readUntil(reader, '}') }
  if (word === 'for') return readFor(reader)
  if (word === 'if') return readIf(reader)
  if (word === 'case') return readCase(reader)
  if (word === '[[') return { kind: 'condition', condition: readCondition(reader) }
  const test = readUntil(reader, 'do')
  return { kind: 'while', until: word === 'until', test, body: readUntil(reader, 'done') }
}

function nonEmpty(script: Script, reader: CompoundReader): Script {
  if (!script.length) throw reader.unexpected()
  return script
}

function take({ cursor, peekWord }: CompoundReader, ...wanted: string[]): string | undefined {
  const word = peekWord()
  if (wanted.length && !wanted.includes(word)) return undefined
  cursor.at += word.length
  return word
}

function readUntil(reader: CompoundReader, ...ends: string[]): Script {
  const script = nonEmpty(reader.readScript(ends), reader)
  take(reader)
  return script
}

function readFor(reader: CompoundReader): Compound {
  const { cursor } = reader
  const name = take(reader) as string
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    if (cursor.source.startsWith('((', cursor.at)) return readCount(reader)
    if (!name) throw reader.unexpected()
    throw new ShellError(`\`${name}': not a valid identifier`, 1)
  }
  const words: Word[] = []
  if (!take(reader, 'in')) words.push([{ kind: 'variable', name: '@', quoted: true }])
  else for (let word = reader.readWord(); word; word = reader.readWord()) words.push(...expandBraces(word))
  if (cursor.source[cursor.at] === ';') cursor.at++
  if (!take(reader, 'do')) throw reader.unexpected()
  return { kind: 'for', name, words, body: readUntil(reader, 'done') }
}

/** A text cut at its semicolons. */
function cutAtSemicolons(text: Word): Word[] {
  const pieces: Word[] = [[]]
  for (const part of text) {
    if (part.kind !== 'text') pieces.at(-1)?.push(part)
    else
      for (const [i, piece] of part.text.split(';').entries()) {
        if (i > 0) pieces.push([])
        if (piece) pieces.at(-1)?.push({ ...part, text: piece })
      }
  }
  return pieces
}

function readCount(reader: CompoundReader): Compound {
  const { cursor } = reader
  cursor.at += 2
  const [start, test, step, ...more] = cutAtSemicolons(reader.readArithmetic())
  if (!start || !test || !step || more.length > 0) throw new ShellError("syntax error: `((' wants three expressions, with `;' between them")
  reader.peekWord()
  if (cursor.source[cursor.at] === ';') cursor.at++
  if (!take(reader, 'do')) throw reader.unexpected()
  return { kind: 'count', start, test, step, body: readUntil(reader, 'done') }
}

function readCase(reader: CompoundReader): Compound {
  const { cursor } = reader
  const word = reader.readWord()
  if (!word || !take(reader, 'in')) throw reader.unexpected()
  const branches: { patterns: Word[]; body: Script }[] = []
  while (!take(reader, 'esac')) {
    if (cursor.source[cursor.at] === '(') cursor.at++
    const patterns: Word[] = []
    for (let sign = '|'; sign === '|'; sign = cursor.source[cursor.at++] as string) {
      const pattern = reader.readWord()
      if (!pattern) throw reader.unexpected()
      patterns.push(pattern)
      reader.peekWord()
      if (!/[|)]/.test(cursor.source[cursor.at] ?? '')) throw reader.unexpected()
    }
    branches.push({ patterns, body: reader.readScript([';;', 'esac']) })
    if (cursor.source.startsWith(';;', cursor.at)) cursor.at += 2
  }
  return { kind: 'case', word, branches }
}

function readIf(reader: CompoundReader): Compound {
  const branches: { test?: Script; body: Script }[] = []
  for (let word: string | undefined = 'if'; word !== 'fi'; ) {
    const test = word === 'else' ? undefined : readUntil(reader, 'then')
    const body = nonEmpty(reader.readScript(test ? ['elif', 'else', 'fi'] : ['fi']), reader)
    branches.push({ test, body })
    word = take(reader)
  }
  return { kind: 'if', branches }
}
