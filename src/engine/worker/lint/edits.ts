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

function editOf(manifest: Manifest, lines: readonly string[], change: Change): TextEdit | undefined {
  if ('set' in change) {
    const range = manifest.placeOf(change.set)?.value
    return range && range.line === range.endLine ? { ...range, text: change.to } : undefined
  }
  const place = manifest.placeOf('before' in change ? change.before : change.remove)
  const start = place?.key ?? place?.value
  if (!start || !opensLine(lines, start)) return undefined
  const { line, column } = start
  if ('before' in change) {
    const isItem = place?.key === undefined
    const indent = ' '.repeat(isItem ? (lines[line - 1] ?? '').lastIndexOf('-', column - 2) : column - 1)
    const [first, ...rest] = change.lines
    // the place already is behind the indentation (and the dash of an item)
    const text = `${[isItem ? first?.replace(/^- /, '') : first, ...rest.map((row) => `${indent}${row}`)].join('\n')}\n${indent}${isItem ? '- ' : ''}`
    return { line, column, endLine: line, endColumn: column, text }
  }
  const end = place?.value ?? start
  if (!/^\s*-\s+$/.test((lines[line - 1] ?? '').slice(0, column - 1)) || end.endLine >= lines.length) return undefined
  return { line, column: 1, endLine: end.endLine + 1, endColumn: 1, text: '' }
}

/** The edits of a fix; undefined when one of its changes cannot be made in this text (flow style, aliases). */
export function editsOf(manifest: Manifest, lines: readonly string[], changes: readonly Change[]): TextEdit[] | undefined {
  const edits = changes.map((change) => editOf(manifest, lines, change))
  return edits.every((edit) => edit !== undefined) ? edits : undefined
}
