import type { Manifest } from '#kubectl/manifest.ts'
import type { FieldPlace } from '#kubectl/yaml-as-kubectl.ts'
import type { TextEdit, TextRange } from '#protocol/lint.ts'
import { changeableSpan, type Span, spanOf } from './changeable-span.ts'
import type { Change, Path } from './lint.ts'
import { removal } from './removal.ts'
import { fieldLines, flowFields, flowText, itemLines, type WrittenFields } from './write-yaml.ts'

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

interface Text {
  manifest: Manifest
  lines: readonly string[]
}

/** What stands in the place of a field or list item, or before it, in both styles. */
interface Replacement {
  block: readonly string[]
  flow(isJson: boolean): readonly string[]
}

const asFields = (fields: WrittenFields): Replacement => ({ block: fieldLines(fields), flow: (isJson) => flowFields(fields, isJson) })
const asItems = (items: readonly WrittenFields[]): Replacement => ({
  block: itemLines(items),
  flow: (isJson) => items.map((item) => flowText(item, isJson)),
})

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

const valueAt = ({ manifest }: Text, path: Path): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<string, unknown> | undefined | null)?.[step as string], manifest.value)

/** Whether a file is written as JSON: what is put in is then, too. */
const isJson = ({ lines }: Text): boolean =>
  lines
    .find((line) => line.trim())
    ?.trimStart()
    .startsWith('{') ?? false

/** The new text and what separates it from what comes behind it; undefined where the place shares its line with something that must stay before it. */
function textAt({ lines, ...text }: Text, { key, inFlow }: FieldPlace, { line, column }: TextRange, by: Replacement) {
  const before = (lines[line - 1] ?? '').slice(0, column - 1)
  if (inFlow) {
    if (!/(?:^|[{[,])\s*$/.test(before)) return undefined
    const between = /\S/.test(before) ? ', ' : `,\n${before}`
    return { text: by.flow(isJson({ lines, ...text })).join(between), between }
  }
  if (!/^\s*(?:-\s+)*$/.test(before) || !(key || before.includes('-'))) return undefined
  // an item's first line comes to stand behind its dash
  const indent = ' '.repeat(key ? column - 1 : before.lastIndexOf('-'))
  const [first, ...rest] = by.block
  return { text: [key ? first : first?.slice(2), ...rest.map((row) => `${indent}${row}`)].join('\n'), between: `\n${indent}${key ? '' : '- '}` }
}

function putBefore(text: Text, span: Span | undefined, by: Replacement): TextEdit | undefined {
  if (!span) return undefined
  const { line, column } = span.start
  const put = textAt(text, span.place, span.start, by)
  return put && { line, column, endLine: line, endColumn: column, text: put.text + put.between }
}

function replace(text: Text, path: Path, by: Replacement): TextEdit | undefined {
  const span = changeableSpan(text.manifest, path)
  const put = span && textAt(text, span.place, span.start, by)
  if (!put) return undefined
  const { start, end } = span
  return { line: start.line, column: start.column, endLine: end.endLine, endColumn: end.endColumn, text: put.text }
}

/** Fields before the containers of a pod, else before the first field that is there; what is missing around them is made. */
function add(text: Text, path: Path, fields: WrittenFields): TextEdit | undefined {
  const map = valueAt(text, path)
  const names = isMap(map) ? Object.keys(map) : []
  const beside = ['containers', ...names].find((name) => names.includes(name) && text.manifest.placeOf([...path, name]))
  if (beside !== undefined) return putBefore(text, spanOf(text.manifest, [...path, beside]), asFields(fields))
  return names.length > 0 || path.length === 0 ? undefined : put(text, path, fields)
}

function put(text: Text, path: Path, value: WrittenFields[string]): TextEdit | undefined {
  const field = { [String(path.at(-1))]: value }
  if (!text.manifest.placeOf(path)) return add(text, path.slice(0, -1), field)
  const place = changeableSpan(text.manifest, path)?.place
  if (!place?.value) return replace(text, path, asFields(field))
  const wasFlow = place.inFlow || /^[[{]/.test((text.lines[place.value.line - 1] ?? '').slice(place.value.column - 1))
  if (typeof value === 'object' && !wasFlow) return replace(text, path, asFields(field))
  const isNothing = place.value.line === place.value.endLine && place.value.column === place.value.endColumn
  return { ...place.value, text: `${isNothing ? ' ' : ''}${flowText(value, isJson(text))}` }
}

function editOf(text: Text, change: Change): TextEdit | undefined {
  if ('put' in change) return put(text, change.put, change.value)
  if ('add' in change) return add(text, change.add, change.fields)
  if ('insert' in change) {
    const list = valueAt(text, change.insert)
    const hasItems = Array.isArray(list) && list.length > 0
    if (!hasItems) return put(text, change.insert, [change.item])
    return putBefore(text, changeableSpan(text.manifest, [...change.insert, 0]), asItems([change.item]))
  }
  if ('fields' in change) return replace(text, change.replace, asFields(change.fields))
  if ('items' in change) return replace(text, change.replace, asItems(change.items))
  return removal(text.manifest, text.lines, change.remove)
}

/** The smallest edits that make the changes of a fix, in the style of the text; undefined when one cannot be made (what has an anchor's name, or stands behind one). */
export function editsOf(manifest: Manifest, lines: readonly string[], changes: readonly Change[]): TextEdit[] | undefined {
  const edits = changes.map((change) => editOf({ manifest, lines }, change))
  return edits.every((edit) => edit !== undefined) ? edits : undefined
}
