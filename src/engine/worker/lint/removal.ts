import type { Manifest } from '#kubectl/manifest.ts'
import type { TextEdit, TextRange } from '#protocol/lint.ts'
import { changeableSpan } from './changeable-span.ts'
import type { Path } from './lint.ts'

/** Stay even when nothing is left in them. */
const frames = new Set<unknown>(['spec', 'template'])

/** The field that has nothing else in it than what is to go; an empty `tolerations:` says nothing. */
function emptied(manifest: Manifest, path: Path): Path {
  const above = path.slice(0, -1)
  const map = above.reduce<unknown>((inner, step) => (inner as Record<string, unknown> | undefined)?.[step as string], manifest.value)
  const isLast = above.length > 0 && !frames.has(above.at(-1)) && Object.keys(map ?? {}).length === 1
  return isLast ? emptied(manifest, above) : path
}

/** Whole lines from the first to the last of a range; at the end of the text the line break before them goes too. */
function wholeLines({ line, endLine }: TextRange, lines: readonly string[]): TextEdit {
  if (endLine < lines.length) return { line, column: 1, endLine: endLine + 1, endColumn: 1, text: '' }
  return { line: line - 1, column: (lines[line - 2] ?? '').length + 1, endLine, endColumn: (lines[endLine - 1] ?? '').length + 1, text: '' }
}

/** An entry of braces or brackets goes with the comma behind it, the last one with the comma before it. */
function inFlow(range: TextRange, lines: readonly string[]): TextEdit | undefined {
  const before = lines
    .slice(0, range.line)
    .join('\n')
    .slice(0, -((lines[range.line - 1] ?? '').length - range.column + 1) || undefined)
  const after = [(lines[range.endLine - 1] ?? '').slice(range.endColumn - 1), ...lines.slice(range.endLine)].join('\n')
  if (!/(?:^|[{[,])\s*$/.test(before)) return undefined
  const place = (from: string) => from.split('\n')
  const comma = /^\s*,[ \t]*/.exec(after)?.[0]
  if (comma !== undefined) {
    const behind = place(comma)
    const endLine = range.endLine + behind.length - 1
    const endColumn = (behind.length > 1 ? 1 : range.endColumn) + (behind.at(-1) ?? '').length
    const alone = !/\S/.test((lines[range.line - 1] ?? '').slice(0, range.column - 1)) && !/\S/.test((lines[endLine - 1] ?? '').slice(endColumn - 1))
    return alone ? wholeLines({ ...range, endLine }, lines) : { ...range, endLine, endColumn, text: '' }
  }
  const kept = place(before.replace(/\s*,\s*$/, ''))
  const isFirst = !/,\s*$/.test(before)
  return isFirst ? { ...range, text: '' } : { ...range, line: kept.length, column: (kept.at(-1) ?? '').length + 1, text: '' }
}

/** Takes a stretch of fields or items away that stands in braces (`flow`) or on lines of its own; undefined where it shares them. */
export function cut(range: TextRange, flow: boolean, lines: readonly string[]): TextEdit | undefined {
  if (flow) return inFlow(range, lines)
  const lead = (lines[range.line - 1] ?? '').slice(0, range.column - 1)
  if (/^\s*(?:-\s+)?$/.test(lead) === false) return undefined
  const next = lines[range.endLine] ?? ''
  // the first field behind a dash: the next one comes to stand there
  const follows = next.search(/\S/) === range.column - 1
  if (lead.includes('-') && follows) return { ...range, endLine: range.endLine + 1, endColumn: range.column, text: '' }
  return range.line > 1 || range.endLine < lines.length ? wholeLines(range, lines) : undefined
}

/** Takes a field or list item away, and what would be empty without it; undefined where it shares its lines, or others may mean it by its name. */
export function removal(manifest: Manifest, lines: readonly string[], path: Path): TextEdit | undefined {
  const span = changeableSpan(manifest, emptied(manifest, path))
  if (!span) return undefined
  const { place, start, end } = span
  // an item whose dash stands on the line before
  const isAlone = !place.key && !place.inFlow && !(lines[start.line - 1] ?? '').slice(0, start.column - 1).includes('-')
  return isAlone ? undefined : cut({ ...start, endLine: end.endLine, endColumn: end.endColumn }, place.inFlow === true, lines)
}
