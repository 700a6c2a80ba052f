import { readDollar } from './dollar.ts'
import { unescapeText } from './escapes.ts'
import { type Cursor, IncompleteLine, matchAt, type Script, unmatched, type Word } from './syntax.ts'

/** Characters that end a word outside quotes. No other space does: a no-break space is part of a word. */
export const unquotedBlank = /[ \t\r\n;&|<>()]/

export interface WordReader {
  /** The word at the cursor, or undefined when there is none. */
  readWord(end?: RegExp): Word | undefined
  /** End mark of a here-document, and whether it was quoted (then nothing is expanded in the text). */
  readDelimiter(): { text: string; quoted: boolean }
  readHereDocument(text: string): Word
  /** What stands in `((…))`; the cursor is behind its beginning, and goes behind its end. */
  readArithmetic(): Word
}

/** How `$(…)` is read. */
export type ReadScript = (cursor: Cursor) => Script

/** Reads words at the cursor; `readScript` reads what stands in `$(…)`, up to its closing `)`. */
export function createWordReader(cursor: Cursor, readScript: ReadScript): WordReader {
  return {
    readWord: (end = unquotedBlank) => readWord(cursor, end),
    readDelimiter: () => {
      const start = cursor.at
      const word = readWord(cursor, unquotedBlank) ?? []
      return { text: word.map((p) => (p.kind === 'text' ? p.text : '')).join(''), quoted: /['"\\]/.test(cursor.source.slice(start, cursor.at)) }
    },
    readArithmetic: () => {
      const text = readQuoted(cursor, '))')
      cursor.at += 2
      return text
    },
    readHereDocument: (text) => readQuoted({ source: text, at: 0, pending: [], depth: cursor.depth }, undefined),
  }

  function readWord(c: Cursor, end: RegExp, inQuotes = false): Word | undefined {
    const parts: Word = []
    const start = c.at
    const closing = (mark: string): number => {
      const close = c.source.indexOf(mark, c.at)
      if (close < 0) throw unmatched(mark)
      return close
    }
    while (c.at < c.source.length) {
      const char = c.source[c.at] as string
      if (char === "'" && !inQuotes) {
        c.at++
        const close = closing("'")
        parts.push({ kind: 'text', text: c.source.slice(c.at, close), quoted: true })
        c.at = close + 1
      } else if (c.source.startsWith("$'", c.at)) {
        const [all, text] = matchAt(/\$'((?:\\.|[^'\\])*)'/sy, c) ?? []
        if (all === undefined) throw unmatched("'")
        parts.push({ kind: 'text', text: unescapeText(text as string), quoted: true })
        c.at += all.length
      } else if (char === '"' || c.source.startsWith('$"', c.at)) {
        c.at += char === '"' ? 1 : 2
        parts.push({ kind: 'text', text: '', quoted: true }, ...readQuoted(c, '"'))
        c.at++
      } else if (char === '\\' && !(inQuotes && /[^$`"\\}\n]/.test(c.source[c.at + 1] ?? ''))) {
        if (c.at + 1 >= c.source.length) throw new IncompleteLine('unexpected end of file')
        if (c.source[c.at + 1] !== '\n') parts.push({ kind: 'text', text: c.source[c.at + 1] as string, quoted: true })
        c.at += 2
      } else if (char === '$' || char === '`') parts.push(readDollar(c, false, { readScript, readWord, readQuoted }))
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

  /** Text between double quotes (up to `close`), a whole here-document, or an arithmetic text up to `))`. */
  function readQuoted(c: Cursor, close: string | undefined): Word {
    const parts: Word = []
    let text = ''
    let depth = 0
    const flush = (): void => {
      if (text) parts.push({ kind: 'text', text, quoted: true })
      text = ''
    }
    for (;;) {
      const char = c.source[c.at]
      if (char === undefined) {
        if (close) throw unmatched(close === '))' ? ')' : close)
        break
      }
      if (close && depth === 0 && c.source.startsWith(close, c.at)) break
      if (close === '))') depth += char === '(' ? 1 : char === ')' ? -1 : 0
      if (char === '\\' && /[$`"\\\n]/.test(c.source[c.at + 1] ?? '') && (close || c.source[c.at + 1] !== '"')) {
        if (c.source[c.at + 1] !== '\n') text += c.source[c.at + 1]
        c.at += 2
      } else if (char === '$' || char === '`') {
        flush()
        parts.push(readDollar(c, true, { readScript, readWord, readQuoted }))
      } else {
        text += char
        c.at++
      }
    }
    flush()
    return parts
  }
}
