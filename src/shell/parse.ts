/**
 * Reads a command line the way bash does: words, quotes, variables, `$(…)`, here-documents, pipes, lists, `for`, `while`, `if`, `case`, `[[ ]]`, groups, functions.
 * Not modelled: background jobs, file patterns; they are refused by name.
 */
import { expandBraces } from './braces.ts'
import { isCompoundStart, readCompound, refusedWords } from './compound.ts'
import type { CompoundReader } from './compound-reader.ts'
import { ShellError } from './io.ts'
import { type Body, type Command, type Cursor, IncompleteLine, type Pipeline, type Redirect, type Script, type Word } from './syntax.ts'
import { createWordReader, unquotedBlank } from './words.ts'

const newCursor = (source: string): Cursor => ({ source, at: 0, pending: [] })

/** The script in `source`. Throws `ShellError` on a syntax error, `IncompleteLine` when the text stops too early. */
export function parseScript(source: string): Script {
  return createScriptReader(newCursor(source)).readScript()
}

/** Whether a terminal should ask for another line before running this one. */
export function isIncomplete(source: string): boolean {
  if (/(^|[^\\])(\\\\)*\\$/.test(source)) return true
  try {
    parseScript(source)
    return false
  } catch (error) {
    return error instanceof IncompleteLine
  }
}

/** The complete commands of a text of several lines, one after the other; what cannot be read stays in one piece. */
export function splitCommands(source: string): string[] {
  const cursor = newCursor(source)
  const reader = createScriptReader(cursor)
  const pieces: string[] = []
  for (let from = 0; from < source.length; from = cursor.at) {
    try {
      reader.readLine()
    } catch (error) {
      if (!(error instanceof ShellError)) throw error
      cursor.at = source.length
    }
    const piece = source.slice(from, cursor.at).trim()
    if (piece) pieces.push(piece)
  }
  return pieces
}

/** Ends of a nested script: `)`, or one of the words `do`, `then`, … which is left for the caller. */
export type Stops = readonly string[]

function createScriptReader(cursor: Cursor) {
  const { source } = cursor
  const words = createWordReader(cursor, (inner) => (inner === cursor ? readScript([')']) : createScriptReader(inner).readScript([')'])))

  const skipBlanks = (): void => {
    for (;;) {
      if (source[cursor.at] === '\\' && source[cursor.at + 1] === '\n') cursor.at += 2
      else if (source[cursor.at] === ' ' || source[cursor.at] === '\t' || source[cursor.at] === '\r') cursor.at++
      else break
    }
    if (source[cursor.at] === '#') while (cursor.at < source.length && source[cursor.at] !== '\n') cursor.at++
  }

  const readNewline = (): void => {
    cursor.at++
    for (const here of cursor.pending.splice(0)) {
      const lines: string[] = []
      for (;;) {
        if (cursor.at >= source.length) throw new IncompleteLine(`here-document is not closed: a line \`${here.end}' is missing`)
        const stop = source.indexOf('\n', cursor.at)
        const raw = source.slice(cursor.at, stop < 0 ? source.length : stop)
        cursor.at = stop < 0 ? source.length : stop + 1
        const line = here.stripTabs ? raw.replace(/^\t+/, '') : raw
        if (line === here.end) break
        lines.push(`${line}\n`)
      }
      here.redirect.text = here.literal ? [{ kind: 'text', text: lines.join(''), quoted: true }] : words.readHereDocument(lines.join(''))
    }
  }

  const skipNewlines = (): void => {
    for (skipBlanks(); source[cursor.at] === '\n'; skipBlanks()) readNewline()
  }

  /** The bare word at the cursor, not read yet. */
  const peekWord = (): string => /^[^ \t\r\n;&|<>()'"\\$`]+(?![^ \t\r\n;&|<>()])|^$/.exec(source.slice(cursor.at, cursor.at + 40))?.[0] ?? ''

  const readRedirect = (redirects: Redirect[]): boolean => {
    const match = /^(&>>?|([0-9]?)(<<<|<<-?|>>|>&|<|>\|?))/.exec(source.slice(cursor.at, cursor.at + 4))
    if (!match) return false
    cursor.at += match[0].length
    const operator = match[3] ?? match[0]
    skipBlanks()
    if (operator === '<<' || operator === '<<-') {
      const { text, quoted } = words.readDelimiter()
      const redirect = { kind: 'text' as const, text: [] as Word }
      cursor.pending.push({ redirect, end: text, stripTabs: operator === '<<-', literal: quoted })
      redirects.push(redirect)
      return true
    }
    const word = words.readWord()
    if (!word) throw cursor.at < source.length ? unexpected() : new ShellError("syntax error near unexpected token `newline'")
    const fd = match[2] === '2' ? 2 : 1
    const target = word.length === 1 && word[0]?.kind === 'text' ? word[0].text : ''
    if (operator === '<') redirects.push({ kind: 'input', from: word })
    else if (operator === '<<<')
      redirects.push({ kind: 'text', text: [...word.map((p) => ({ ...p, quoted: true })), { kind: 'text', text: '\n', quoted: true }] })
    else if (operator === '>&' && (target === '1' || target === '2')) redirects.push({ kind: 'output', fd, to: target === '1' ? 1 : 2 })
    else redirects.push({ kind: 'output', fd, to: word })
    if (operator[0] === '&') redirects.push({ kind: 'output', fd: 2, to: 1 })
    return true
  }

  const readBody = (): Body => {
    const redirects: Redirect[] = []
    const compound = readCompound(reader)
    for (skipBlanks(); readRedirect(redirects); ) skipBlanks()
    return { ...compound, redirects }
  }

  const readFunction = (name: string, length: number): Command => {
    cursor.at += length
    skipNewlines()
    if (!isCompoundStart(peekWord()) && source[cursor.at] !== '(') throw unexpected()
    return { kind: 'function', name, body: readBody(), redirects: [] }
  }

  const readCommand = (): Command => {
    const redirects: Redirect[] = []
    const first = peekWord()
    const refused = Object.hasOwn(refusedWords, first) ? refusedWords[first] : undefined
    if (refused) throw new ShellError(`\`${first}' is not supported here: ${refused}`)
    if (isCompoundStart(first) || source[cursor.at] === '(') return readBody()
    const definition = /^(?:function[ \t]+([^ \t\r\n()|&;<>$'"`]+)(?:[ \t]*\([ \t]*\))?|([^ \t\r\n()|&;<>$'"`=]+)[ \t]*\([ \t]*\))/.exec(
      source.slice(cursor.at, cursor.at + 200),
    )
    if (definition) return readFunction(definition[1] ?? (definition[2] as string), definition[0].length)
    const command: Command = { kind: 'simple', assignments: [], words: [], redirects }
    for (skipBlanks(); cursor.at < source.length; skipBlanks()) {
      if (readRedirect(redirects)) continue
      if (unquotedBlank.test(source[cursor.at] ?? '')) break
      const assignment = command.words.length === 0 && /^([A-Za-z_]\w*)(\+?)=/.exec(source.slice(cursor.at, cursor.at + 100))
      if (assignment) {
        cursor.at += assignment[0].length
        command.assignments.push({ name: assignment[1] as string, append: assignment[2] === '+', value: words.readWord() ?? [] })
        continue
      }
      const word = words.readWord()
      if (word) command.words.push(...expandBraces(word))
    }
    if (!command.words.length && !command.assignments.length && !redirects.length) throw unexpected()
    return command
  }

  const readPipeline = (): Pipeline => {
    let negated = false
    while (peekWord() === '!') {
      negated = !negated
      cursor.at++
      skipBlanks()
    }
    const commands: Command[] = []
    for (;;) {
      commands.push(readCommand())
      skipBlanks()
      if (source[cursor.at] !== '|' || source[cursor.at + 1] === '|') return { negated, commands }
      const both = source[cursor.at + 1] === '&'
      if (both) commands.at(-1)?.redirects.push({ kind: 'output', fd: 2, to: 1 })
      cursor.at += both ? 2 : 1
      skipNewlines()
    }
  }

  const unexpected = (): ShellError => {
    if (cursor.at >= source.length) return new IncompleteLine('syntax error: unexpected end of file')
    const token = /^(&&|\|\||;;|\n|[;&|<>()]|[^ \t\r\n;&|<>()]+)/.exec(source.slice(cursor.at))?.[0] ?? ''
    return new ShellError(`syntax error near unexpected token \`${token === '\n' ? 'newline' : token}'`)
  }

  /** Reads pipelines until the end of the text or one of `stops`; with `oneLine` only to the end of the line. */
  const readScript = (stops: Stops = [], oneLine = false): Script => {
    const script: Script = []
    let after: Script[number]['after'] = ';'
    for (;;) {
      if (oneLine && script.length && after === ';') {
        skipBlanks()
        if (source[cursor.at] === '\n') {
          readNewline()
          return script
        }
      }
      skipNewlines()
      if (cursor.at >= source.length) {
        if (cursor.pending.length) throw new IncompleteLine(`here-document is not closed: a line \`${cursor.pending[0]?.end}' is missing`)
        if (stops.includes(')')) throw new IncompleteLine("unexpected EOF while looking for matching `)'")
        if (stops.length || after !== ';') throw unexpected()
        return script
      }
      const stop = source[cursor.at] === ')' ? ')' : source.startsWith(';;', cursor.at) ? ';;' : peekWord()
      if (stops.includes(stop) && after === ';') return script
      if (isReserved(stop) || stop === ')') throw unexpected()
      script.push({ after, pipeline: readPipeline() })
      const two = source.slice(cursor.at, cursor.at + 2)
      after = ';'
      if (two === '&&' || two === '||') {
        after = two
        cursor.at += 2
      } else if (two === ';;') {
        if (stops.includes(';;')) return script
        throw unexpected()
      } else if (two[0] === ';') cursor.at++
      else if (two[0] === '&') throw new ShellError('background jobs (`&`) are not supported here; press Ctrl+C to stop a command that waits')
      else if (two[0] === ')' && stops.includes(')')) return script
      else if (two[0] !== undefined && two[0] !== '\n') throw unexpected()
    }
  }

  const reader: CompoundReader & { readLine(): Script } = {
    cursor,
    readScript,
    readLine: () => readScript([], true),
    readArithmetic: words.readArithmetic,
    readWord: (end) => {
      skipBlanks()
      return words.readWord(end)
    },
    peekWord: () => {
      skipNewlines()
      return peekWord()
    },
    unexpected,
  }
  return reader
}

const isReserved = (word: string): boolean => ['do', 'done', 'then', 'fi', 'else', 'elif', '}', 'in', 'esac'].includes(word) && word !== 'in'
