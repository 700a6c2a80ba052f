import { readManifests } from '#kubectl/manifest.ts'
import type { TextEdit } from '#protocol/lint.ts'
import type { ForeignText } from './foreign-text.ts'

/** What stands on a line before its text: white space, and dashes of list items. */
const lead = /^[\s\u200b\ufeff]*(?:-[\s\u200b\ufeff]+)*/u
/** Spaces that are none to YAML, and marks that take no room. */
const oddSpace = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu
const unseen = /[\u200b\u2060\ufeff]/gu
/** A whole value or field name in the quotes of a word processor. */
const curly = [
  { quoted: /(^\s*(?:-\s+)*|:\s+|[[{,]\s*)([“”„«])([^"“”„«»]*)["“”»](\s*(?:$|#|[,\]}:]))/gu, write: (text: string) => JSON.stringify(text) },
  { quoted: /(^\s*(?:-\s+)*|:\s+|[[{,]\s*)([‘’‚])([^'‘’‚]*)['‘’](\s*(?:$|#|[,\]}:]))/gu, write: (text: string) => `'${text}'` },
]
const longDash = /^(\s*)[–—](\s)/u

const isComment = (line: string): boolean => line.trimStart().startsWith('#')

/** The edits that give lines another text; of the file's own line ends nothing is touched. */
const rewritten = (lines: readonly string[], write: (line: string) => string): TextEdit[] =>
  lines.flatMap((line, at) => {
    const text = isComment(line) ? line : write(line)
    return text === line ? [] : [{ line: at + 1, column: 1, endLine: at + 1, endColumn: line.length + 1, text }]
  })

/** Tabs of an indentation as spaces, so many as to the next stop. */
const withoutTabs = (line: string, stop: number): string => {
  let column = 0
  return line.replace(/^[ \t]+/, (indent) => {
    for (const char of indent) column += char === '\t' ? stop - (column % stop) : 1
    return ' '.repeat(column)
  })
}

/** YAML has no tabs in an indentation. How wide they were is not known: the first width with which the text can be read is taken. */
function withSpaces(lines: readonly string[]): TextEdit[] {
  if (!lines.some((line) => /^ *\t/.test(line))) return []
  const reads = (stop: number) => readManifests(lines.map((line) => withoutTabs(line, stop)).join('\n'), '').errors.length === 0
  // beside spaces a tab was as wide as an editor shows it
  const stops = lines.some((line) => /^(?: +\t|\t+ )/.test(line)) ? [4, 8, 2] : [2, 4, 8]
  const stop = stops.find(reads) ?? 2
  return rewritten(lines, (line) => withoutTabs(line, stop))
}

/** A space where YAML wants one: in an indentation, behind a dash, beside a colon. */
function plainSpaces(line: string): string {
  const indented = line.replace(lead, (start) => start.replace(oddSpace, ' '))
  return indented.replace(/^([^"'#]*?:)[\u00a0\u2000-\u200a\u202f\u3000]+/u, '$1 ')
}

/** Straight quotes around values, field names and what stands in brackets; a line of prose is left as it is. */
const straight = (line: string): string =>
  curly.reduce((text, { quoted, write }) => {
    const replaceOne = (all: string, before: string, _open: string, inner: string, after: string, at: number): string => {
      const inFlow = /[[{]/.test(text.slice(0, at + before.length))
      const begins = before.trim() === '' ? after.trim().startsWith(':') : !before.startsWith(',') || inFlow
      return begins ? `${before}${write(inner)}${after}` : all
    }
    // what ends one value begins the next in brackets
    return text.replace(quoted, replaceOne).replace(quoted, replaceOne)
  }, line)

/**
 * Characters that look like others and are read as something else: tabs and no-break spaces in the indentation, quotes and dashes of a
 * word processor, marks that take no room. Each kind is told once, where it stands first, and mended everywhere.
 */
export function oddCharacters(lines: readonly string[], isRead: boolean): ForeignText[] {
  const found = (edits: readonly TextEdit[], spoils: boolean, message: string, title: string): ForeignText[] => {
    const [first] = edits
    return first ? [{ line: first.line, severity: spoils || !isRead ? 'error' : 'warning', message, fix: { title, edits } }] : []
  }
  return [
    ...found(isRead ? [] : withSpaces(lines), true, 'This line is indented with a tab; YAML takes only spaces there.', 'Turn tabs into spaces'),
    ...found(
      rewritten(lines, plainSpaces),
      true,
      'There is a space here that is none to YAML (a no-break space, as web pages have it).',
      'Write plain spaces',
    ),
    ...found(
      // a mark that begins the file is read over
      rewritten(lines, (line) => (line === lines[0] ? line.slice(0, 1) + line.slice(1).replace(unseen, '') : line.replace(unseen, ''))),
      false,
      'There is a character here that takes no room and cannot be seen; kubectl takes it for part of the text.',
      'Remove it',
    ),
    ...found(
      rewritten(lines, straight),
      false,
      'These are the quotes of a word processor; YAML takes them for part of the text.',
      'Write straight quotes',
    ),
    ...found(
      isRead ? [] : rewritten(lines, (line) => line.replace(longDash, '$1-$2')),
      true,
      'This is a long dash; a list item begins with the plain -.',
      'Write plain dashes',
    ),
  ]
}
