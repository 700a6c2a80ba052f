import type { ManifestError } from '#kubectl/manifest.ts'
import type { LineRange, Lint } from '#protocol/lint.ts'
import { foreignDocument } from './foreign-document.ts'
import { type ForeignText, foreignText } from './foreign-text.ts'
import { oddCharacters } from './odd-characters.ts'

/** The lines of the document that a line is in. */
export function documentAt(lines: readonly string[], line: number): LineRange {
  const isEnd = (one: string) => one.startsWith('---')
  const next = lines.findIndex((one, at) => at >= line && isEnd(one))
  return { line: lines.slice(0, line).findLastIndex(isEnd) + 1 || 1, endLine: next < 0 ? lines.length : next }
}

/** A colon with no name before it: kubectl's words for it are those for any field that is not awaited. */
function namelessFields(lines: readonly string[], errors: readonly ManifestError[]): ForeignText[] {
  const message = 'This field has no name: it is written before the colon.'
  return errors.flatMap(({ line }) => (/^\s*(?:-\s+)*:(?:\s|$)/.test(lines[line - 1] ?? '') ? { line, severity: 'error' as const, message } : []))
}

/**
 * What is to be said of a text in whose place a manifest was meant: other formats, what surrounds a manifest, characters that only look
 * right. `errors` = what kubectl finds when it reads it.
 */
export function foreignLints(lines: readonly string[], errors: readonly ManifestError[]): Lint[] {
  const isRead = errors.length === 0
  const toLint = ({ line, ...said }: ForeignText, speaksFor?: LineRange): Lint => {
    const text = lines[line - 1] ?? ''
    return { line, column: text.search(/\S/) + 1 || 1, endLine: line, endColumn: text.length + 1, ...said, ...(speaksFor && { speaksFor }) }
  }
  const whole = foreignText(lines, isRead)
  // a template's own lines are no one's indentation
  if (whole) return [toLint(whole, { line: 1, endLine: lines.length })]
  const documents = errors.flatMap(({ document, line }): Lint[] => {
    const found = document === undefined || typeof document !== 'object' || Array.isArray(document) ? foreignDocument(document) : undefined
    if (!found || document === undefined) return []
    const severity = found.severity ?? 'error'
    return [{ ...toLint({ line, severity: 'error', message: found.message }, documentAt(lines, line)), severity, rule: found.rule }]
  })
  const characters = oddCharacters(lines, isRead)
  return [
    ...characters.map((one) => toLint(one, one.severity === 'error' ? documentAt(lines, one.line) : undefined)),
    ...namelessFields(lines, errors).map((one) => toLint(one, { line: one.line, endLine: one.line })),
    ...documents,
  ]
}
