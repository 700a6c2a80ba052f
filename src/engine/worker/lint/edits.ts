import type { Manifest } from '#kubectl/manifest.ts'
import type { TextEdit, TextRange } from '#protocol/lint.ts'
import type { Change, Path } from './lint.ts'

/** Where a field, or the nearest one above it that exists, is marked: its name and, if it fits on the line, its value. */
export function markedRange(manifest: Manifest, path: Path): TextRange {
  for (let depth = path.length; depth > 0; depth--) {
    const place = manifest.placeOf(path.slice(0, depth))
    const { key, value } = place ?? {}
    if (!key && !value) continue
    const start = (key ?? value) as TextRange
    if (value && value.endLine === start.line) return { ...start, endColumn: value.endColumn }
    return key ?? { ...start, endLine: start.line, endColumn: Number.MAX_SAFE_INTEGER }
  }
  return { line: manifest.line, column: 1, endLine: manifest.line, endColumn: Number.MAX_SAFE_INTEGER }
}

/** What stands before a place on its line is indentation and dashes only: lines can be put there and taken away. */
const opensLine = (lines: readonly string[], { line, column }: TextRange): boolean =>
  /^\s*(?:-\s+)*$/.test((lines[line - 1] ?? '').slice(0, column - 1))

/** Lines of a change, indented like the place where they come to stand, which is behind the indentation (and the dash of an item). */
function indented(lines: readonly string[], at: TextRange, isItem: boolean, source: string): { text: string; indent: string } {
  const indent = ' '.repeat(isItem ? source.lastIndexOf('-', at.column - 2) : at.column - 1)
  const [first, ...rest] = lines
  return { indent, text: [isItem ? first?.replace(/^- /, '') : first, ...rest.map((row) => `${indent}${row}`)].join('\n') }
}

/** Whole lines from the first to the last of a range; at the end of the text the line break before them goes too. */
function wholeLines({ line, endLine }: TextRange, lines: readonly string[]): TextEdit {
  if (endLine < lines.length) return { line, column: 1, endLine: endLine + 1, endColumn: 1, text: '' }
  return { line: line - 1, column: (lines[line - 2] ?? '').length + 1, endLine, endColumn: (lines[endLine - 1] ?? '').length + 1, text: '' }
}

function editOf(manifest: Manifest, lines: readonly string[], change: Change): TextEdit | undefined {
  if ('set' in change) {
    const range = manifest.placeOf(change.set)?.value
    return range && range.line === range.endLine ? { ...range, text: change.to } : undefined
  }
  const place = manifest.placeOf('before' in change ? change.before : 'replace' in change ? change.replace : change.remove)
  const start = place?.key ?? place?.value
  if (!start || !opensLine(lines, start)) return undefined
  const isItem = place?.key === undefined
  const source = lines[start.line - 1] ?? ''
  const end = place?.value ?? start
  if ('remove' in change) {
    // the first field of a list item shares its line
    const alone = isItem ? /^\s*-\s+$/ : /^\s*$/
    return alone.test(source.slice(0, start.column - 1)) && start.line > 1 ? wholeLines({ ...start, endLine: end.endLine }, lines) : undefined
  }
  const { text, indent } = indented(change.lines, start, isItem, source)
  const { line, column } = start
  if ('replace' in change) return { line, column, endLine: end.endLine, endColumn: end.endColumn, text }
  return { line, column, endLine: line, endColumn: column, text: `${text}\n${indent}${isItem ? '- ' : ''}` }
}

/** The edits of a fix; undefined when one of its changes cannot be made in this text (flow style, aliases). */
export function editsOf(manifest: Manifest, lines: readonly string[], changes: readonly Change[]): TextEdit[] | undefined {
  const edits = changes.map((change) => editOf(manifest, lines, change))
  return edits.every((edit) => edit !== undefined) ? edits : undefined
}
