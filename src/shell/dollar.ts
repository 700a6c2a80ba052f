import { ShellError } from './io.ts'
import { type Cursor, type Modifier, matchAt, type Part, readInside, type Script, unmatched, type Word } from './syntax.ts'

interface Readers {
  readScript(cursor: Cursor): Script
  /** `inQuotes`: single quotes are text there. */
  readWord(cursor: Cursor, end: RegExp, inQuotes?: boolean): Word | undefined
  readQuoted(cursor: Cursor, close: string | undefined): Word
}

/** `$NAME`, `${…}`, `$(…)`, `$((…))` or a back-quoted command; a lone `$` is text. */
export function readDollar(c: Cursor, quoted: boolean, readers: Readers): Part {
  return readInside(c, () => readExpansion(c, quoted, readers))
}

function readExpansion(c: Cursor, quoted: boolean, readers: Readers): Part {
  const { source } = c
  if (source[c.at] === '`') {
    const [all, text] = matchAt(/`((?:\\.|[^`\\])*)`/sy, c) ?? []
    if (all === undefined) throw unmatched('`')
    c.at += all.length
    const command = (text as string).replace(quoted ? /\\([$`\\"])/g : /\\([$`\\])/g, '$1')
    return { kind: 'command', script: readers.readScript({ source: `${command}\n)`, at: 0, pending: [], depth: c.depth }), quoted }
  }
  if (source.startsWith('$((', c.at)) {
    c.at += 3
    const text = readers.readQuoted(c, '))')
    c.at += 2
    return { kind: 'arithmetic', text, quoted }
  }
  if (source.startsWith('$(', c.at)) {
    c.at += 2
    const script = readers.readScript(c)
    c.at++
    return { kind: 'command', script, quoted }
  }
  const rest = source.slice(c.at, c.at + 200)
  const name = /^\$([A-Za-z_]\w*|[?$#@*!0-9])/.exec(rest)?.[1]
  if (name) {
    c.at += 1 + name.length
    return { kind: 'variable', name, quoted }
  }
  if (rest.startsWith('${')) return readBraces(c, quoted, readers)
  c.at++
  return { kind: 'text', text: '$', quoted: true }
}

function readBraces(c: Cursor, quoted: boolean, { readWord }: Readers): Part {
  const start = c.at
  const [all, length, name, operator] =
    /^\$\{(#?)([A-Za-z_]\w*|[?#@*]|\d+)(:?[-+=?]|##?|%%?|\/\/?|\^\^?|,,?|:)?/.exec(c.source.slice(c.at, c.at + 200)) ?? []
  c.at += all?.length ?? 2
  const inQuotes = quoted && /^:?[-+=?]$/.test(operator ?? '')
  const word = readWord(c, operator?.startsWith('/') ? /[/}]/ : /\}/, inQuotes) ?? []
  let second: Word | undefined
  if (c.source[c.at] === '/') {
    c.at++
    second = readWord(c, /\}/)
  }
  if (c.source[c.at] !== '}') throw unmatched('}')
  c.at++
  if (!all || (!operator && word.length)) throw new ShellError(`${c.source.slice(start, c.at)}: bad substitution`, 1)
  const modifier: Modifier | undefined = length ? { operator: 'length', word } : operator ? { operator, word, second } : undefined
  return { kind: 'variable', name: name as string, quoted, modifier }
}
