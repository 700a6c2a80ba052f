import { ShellError } from './io.ts'
import { type Cursor, IncompleteLine, type Part, type Script, type Word } from './syntax.ts'

/** Characters that end a word outside quotes. */
export const unquotedBlank = /[\s;&|<>()]/

export interface WordReader {
  /** The word at the cursor, or undefined when there is none. */
  readWord(): Word | undefined
  /** End mark of a here-document, and whether it was quoted (then nothing is expanded in the text). */
  readDelimiter(): { text: string; quoted: boolean }
  readHereDocument(text: string): Word
}

/** Reads words at the cursor; `readScript` reads what stands in `$(…)`. */
export function createWordReader(cursor: Cursor, readScript: (cursor: Cursor, nested: boolean) => Script): WordReader {
  return {
    readWord: () => readWord(cursor, unquotedBlank),
    readDelimiter: () => {
      const start = cursor.at
      const word = readWord(cursor, unquotedBlank) ?? []
      return { text: word.map((p) => (p.kind === 'text' ? p.text : '')).join(''), quoted: /['"\\]/.test(cursor.source.slice(start, cursor.at)) }
    },
    readHereDocument: (text) => {
      const inner = { source: text, at: 0 }
      return readQuoted(inner, undefined)
    },
  }

  function readWord(c: Cursor, end: RegExp): Word | undefined {
    const parts: Word = []
    const start = c.at
    while (c.at < c.source.length) {
      const char = c.source[c.at] as string
      if (char === "'") {
        const close = c.source.indexOf("'", c.at + 1)
        if (close < 0) throw new IncompleteLine("syntax error: unexpected end of the line while looking for matching `''")
        parts.push({ kind: 'text', text: c.source.slice(c.at + 1, close), quoted: true })
        c.at = close + 1
      } else if (char === '"') {
        c.at++
        parts.push({ kind: 'text', text: '', quoted: true }, ...readQuoted(c, '"'))
        c.at++
      } else if (char === '\\') {
        if (c.at + 1 >= c.source.length) throw new IncompleteLine("syntax error: the line ends with `\\'")
        if (c.source[c.at + 1] !== '\n') parts.push({ kind: 'text', text: c.source[c.at + 1] as string, quoted: true })
        c.at += 2
      } else if (char === '$' || char === '`') parts.push(readDollar(c, false))
      else if (end.test(char)) break
      else {
        let stop = c.at + 1
        while (stop < c.source.length && !/['"\\$`]/.test(c.source[stop] as string) && !end.test(c.source[stop] as string)) stop++
        parts.push({ kind: 'text', text: c.source.slice(c.at, stop), quoted: false })
        c.at = stop
      }
    }
    return c.at === start ? undefined : parts
  }

  /** Text between double quotes (up to `close`), or a whole here-document. */
  function readQuoted(c: Cursor, close: string | undefined): Word {
    const parts: Word = []
    let text = ''
    const flush = (): void => {
      if (text) parts.push({ kind: 'text', text, quoted: true })
      text = ''
    }
    for (;;) {
      const char = c.source[c.at]
      if (char === undefined) {
        if (close) throw new IncompleteLine(`syntax error: unexpected end of the line while looking for matching \`${close}'`)
        break
      }
      if (char === close) break
      if (char === '\\' && /[$`"\\\n]/.test(c.source[c.at + 1] ?? '') && (close || c.source[c.at + 1] !== '"')) {
        if (c.source[c.at + 1] !== '\n') text += c.source[c.at + 1]
        c.at += 2
      } else if (char === '$' || char === '`') {
        flush()
        parts.push(readDollar(c, true))
      } else {
        text += char
        c.at++
      }
    }
    flush()
    return parts
  }

  /** `$NAME`, `${…}`, `$(…)` or a back-quoted command; a lone `$` is text. */
  function readDollar(c: Cursor, quoted: boolean): Part {
    const rest = c.source.slice(c.at, c.at + 200)
    if (rest[0] === '`') {
      const close = c.source.indexOf('`', c.at + 1)
      if (close < 0) throw new IncompleteLine("syntax error: unexpected end of the line while looking for matching ``'")
      const inner = { source: `${c.source.slice(c.at + 1, close)})`, at: 0 }
      c.at = close + 1
      return { kind: 'command', script: readScript(inner, true), quoted }
    }
    if (rest.startsWith('$((')) throw new ShellError('arithmetic `$((…))` is not supported')
    if (rest.startsWith('$(')) {
      c.at += 2
      const script = readScript(c, true)
      c.at++
      return { kind: 'command', script, quoted }
    }
    if (rest.startsWith("$'") && !quoted) {
      c.at++
      return { kind: 'text', text: '', quoted: true }
    }
    const name = /^\$([A-Za-z_]\w*|[?$#0-9])/.exec(rest)?.[1]
    if (name) {
      c.at += 1 + name.length
      return { kind: 'variable', name, quoted }
    }
    const brace = /^\$\{(#?)([A-Za-z_]\w*|\?)(:?[-+=]|##?|%%?)?/.exec(rest)
    if (brace) {
      c.at += brace[0].length
      const word = readWord(c, /\}/) ?? []
      if (c.source[c.at] !== '}') throw new IncompleteLine("syntax error: unexpected end of the line while looking for matching `}'")
      c.at++
      const operator = brace[1] ? 'length' : brace[3]
      if (!operator && word.length) throw new ShellError(`${c.source.slice(c.at - brace[0].length - 1, c.at)}: bad substitution`, 1)
      return { kind: 'variable', name: brace[2] as string, quoted, modifier: operator ? { operator, word } : undefined }
    }
    if (rest.startsWith('${')) throw new ShellError('bad substitution', 1)
    c.at++
    return { kind: 'text', text: '$', quoted: true }
  }
}
