/**
 * Reads a command line the way a POSIX shell does: words, quotes, variables, `$(…)`, here-documents, pipes and lists.
 * Not modelled: loops, conditions, functions, subshells, background jobs, arithmetic, file patterns; they are refused by name.
 */
import { ShellError } from './io.ts'
import { type Command, type Cursor, IncompleteLine, type Pipeline, type Redirect, type Script, type Word } from './syntax.ts'
import { createWordReader, unquotedBlank } from './words.ts'

const refused = new Set([
  'for',
  'while',
  'until',
  'if',
  'case',
  'function',
  'select',
  'do',
  'done',
  'then',
  'fi',
  'else',
  'elif',
  'esac',
  '{',
  '}',
  '[[',
])

/** The script in `source`. Throws `ShellError` on a syntax error, `IncompleteLine` when the text stops too early. */
export function parseScript(source: string): Script {
  const cursor = { source, at: 0 }
  const script = readScript(cursor, false)
  if (cursor.at < source.length) throw new ShellError(`syntax error near unexpected token \`${source[cursor.at]}'`)
  return script
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

interface HereDocument {
  redirect: { kind: 'text'; text: Word }
  end: string
  stripTabs: boolean
  literal: boolean
}

/** Reads pipelines until the end of the text, or until `)` when `nested`. */
export function readScript(cursor: Cursor, nested: boolean): Script {
  const { source } = cursor
  const words = createWordReader(cursor, readScript)
  const script: Script = []
  const pending: HereDocument[] = []
  let after: Script[number]['after'] = ';'

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
    for (const here of pending.splice(0)) {
      const lines: string[] = []
      for (;;) {
        if (cursor.at >= source.length) throw new IncompleteLine(`here-document is not closed: no line \`${here.end}'`)
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

  const readRedirect = (): Redirect | undefined => {
    const match = /^(&>>?|([0-9]?)(<<<|<<-?|>>|>&|<|>\|?))/.exec(source.slice(cursor.at, cursor.at + 4))
    if (!match) return undefined
    cursor.at += match[0].length
    const operator = match[3] ?? match[0]
    skipBlanks()
    if (operator === '<<' || operator === '<<-') {
      const { text, quoted } = words.readDelimiter()
      const redirect = { kind: 'text' as const, text: [] as Word }
      pending.push({ redirect, end: text, stripTabs: operator === '<<-', literal: quoted })
      return redirect
    }
    const word = words.readWord()
    if (!word) throw new ShellError(`syntax error: a name must follow \`${match[0]}'`)
    if (operator === '<') return { kind: 'input', from: word }
    if (operator === '<<<') return { kind: 'text', text: [...word.map((p) => ({ ...p, quoted: true })), { kind: 'text', text: '\n', quoted: true }] }
    const fd = match[2] === '2' ? 2 : 1
    const target = word.length === 1 && word[0]?.kind === 'text' ? word[0].text : ''
    if (operator === '>&' && (target === '1' || target === '2')) return { kind: 'output', fd, to: target === '1' ? 1 : 2 }
    return { kind: 'output', fd, to: word }
  }

  const readCommand = (): Command => {
    const command: Command = { assignments: [], words: [], redirects: [] }
    for (skipBlanks(); cursor.at < source.length; skipBlanks()) {
      const both = source.startsWith('&>', cursor.at)
      const redirect = readRedirect()
      if (redirect) {
        command.redirects.push(redirect)
        if (both) command.redirects.push({ kind: 'output', fd: 2, to: 1 })
        continue
      }
      if (unquotedBlank.test(source[cursor.at] ?? '')) break
      const start = cursor.at
      const assignment = command.words.length === 0 && /^[A-Za-z_]\w*=/.exec(source.slice(cursor.at, cursor.at + 100))
      if (assignment) {
        cursor.at += assignment[0].length
        command.assignments.push({ name: assignment[0].slice(0, -1), value: words.readWord() ?? [] })
        continue
      }
      const word = words.readWord()
      if (!word) break
      if (command.words.length === 0 && refused.has(source.slice(start, cursor.at)))
        throw new ShellError(
          `\`${source.slice(start, cursor.at)}' is not supported: this shell runs commands, pipes and lists, but no loops or conditions`,
        )
      command.words.push(word)
    }
    return command
  }

  const readPipeline = (): Pipeline => {
    skipBlanks()
    const negated = /^!\s/.test(source.slice(cursor.at, cursor.at + 2))
    if (negated) cursor.at++
    const commands: Command[] = []
    for (;;) {
      const command = readCommand()
      if (!command.words.length && !command.assignments.length && !command.redirects.length) throw unexpected()
      commands.push(command)
      if (source[cursor.at] !== '|' || source[cursor.at + 1] === '|') return { negated, commands }
      cursor.at += source[cursor.at + 1] === '&' ? 2 : 1
      skipNewlines()
    }
  }

  const unexpected = (): ShellError => {
    if (cursor.at >= source.length) return new IncompleteLine('syntax error: unexpected end of the line')
    const token = /^(&&|\|\||;;|\n|.)/s.exec(source.slice(cursor.at))?.[0] ?? ''
    if (token === '(') return new ShellError('subshells `( … )` are not supported; run the commands one after the other')
    return new ShellError(`syntax error near unexpected token \`${token === '\n' ? 'newline' : token}'`)
  }

  for (;;) {
    skipNewlines()
    if (cursor.at >= source.length) {
      if (nested || after !== ';') throw new IncompleteLine(nested ? 'syntax error: `$(` is not closed' : 'syntax error: unexpected end of the line')
      return script
    }
    if (nested && source[cursor.at] === ')') {
      if (after !== ';') throw unexpected()
      return script
    }
    script.push({ after, pipeline: readPipeline() })
    const two = source.slice(cursor.at, cursor.at + 2)
    after = ';'
    if (two === '&&' || two === '||') {
      after = two
      cursor.at += 2
    } else if (two === ';;') throw unexpected()
    else if (two[0] === ';') cursor.at++
    else if (two[0] === '&') throw new ShellError('background jobs (`&`) are not supported; press Ctrl+C to stop a command that waits')
    else if (two[0] === '(') throw unexpected()
    else if (two[0] === ')' && !nested) throw unexpected()
    if (pending.length && cursor.at >= source.length) throw new IncompleteLine(`here-document is not closed: no line \`${pending[0]?.end}'`)
  }
}
