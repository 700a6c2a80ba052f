import { isMap, isScalar, isSeq, type Node, parseDocument, type Scalar, type YAMLMap } from 'yaml'
import { tooMuchText } from '#k8s/text-limits.ts'

/** Where in a manifest something is being written, in whatever style of YAML. */
export interface ManifestPlace {
  /** Fields from the document's root to where the text is, list items left out: `spec`, `template`, `spec`, `tolerations`. */
  path: readonly string[]
  /** The field whose value is written; undefined while a field's name or a bare list item is written. */
  field?: string
  /** Plain values of the fields beside it; for a bare list item those beside its list. */
  beside: Readonly<Record<string, string>>
  /** What stands there already, up to the cursor. */
  typed: string
  /** What of the same text stands behind the cursor, a closing quote too. */
  rest: string
  /** The document is JSON: every text stands in double quotes. */
  isJson: boolean
}

interface Found {
  node: Scalar
  path: readonly string[]
  field?: string
  beside: Readonly<Record<string, string>>
}

/** Takes the room of a letter at the cursor, so that the reader finds something there. */
const mark = '\uE000'
/** The rest of a text in quotes that really ends there; a quote that is not closed yet takes in what stands behind it. */
const closedRest = /^[^\s,:{}[\]"']*["']$/

/** The one document of a file in which an offset is, and where it begins. */
function documentAt(text: string, offset: number): { begin: number; document: string } {
  let begin = 0
  for (const { index, 0: line } of text.matchAll(/^(?:---|\.\.\.)(?=\s|$)/gm)) {
    if (index >= offset) return { begin, document: text.slice(begin, index) }
    begin = index + line.length
  }
  return { begin, document: text.slice(begin) }
}

const textOf = (node: unknown): string => (isScalar(node) ? (node.source ?? '') : '')

/** Fields of a map whose value is a text, but for one. */
function plainFields(map: YAMLMap, except?: unknown): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { key, value } of map.items)
    if (isScalar(value) && value !== except && (value.type !== 'PLAIN' || value.source)) found[textOf(key)] = textOf(value)
  return found
}

const covers = (node: unknown, offset: number): node is Scalar =>
  isScalar(node) && node.range !== null && node.range !== undefined && node.range[0] <= offset && offset < node.range[1]

/** The text that covers an offset, with the fields around it. */
function find(document: string, offset: number, node: unknown, path: readonly string[], beside: Found['beside']): Found | undefined {
  if (covers(node, offset)) return { node, path, beside }
  if (isSeq(node)) {
    for (const item of node.items) {
      const found = find(document, offset, item, path, beside)
      if (found) return found
    }
  }
  if (!isMap(node)) return
  for (const { key, value } of node.items) {
    const begin = (value as Node | null)?.range?.[0] ?? 0
    const within = [...path, textOf(key)]
    if (covers(key, offset)) return { node: key, path, beside: plainFields(node, value) }
    if (!covers(value, offset)) {
      const found = find(document, offset, value, within, isSeq(value) ? plainFields(node) : {})
      if (found) return found
      continue
    }
    // on a line below its field, it is the first field of a map
    const isBelow = !node.flow && document.slice((key as Node).range?.[1], begin).includes('\n')
    return isBelow ? { node: value, path: within, beside: {} } : { node: value, path, field: textOf(key), beside: plainFields(node, value) }
  }
  return
}

/**
 * What is being written at an offset, in block style, flow style or JSON, finished or not. Undefined in comments, in texts of several
 * lines and where the text tells too little.
 */
export function manifestPlace(text: string, offset: number): ManifestPlace | undefined {
  const { begin, document } = documentAt(text, offset)
  if (tooMuchText(document) !== undefined) return
  const at = offset - begin
  const [before, after] = [document.slice(0, at), document.slice(at)]
  const [behind = ''] = /^[^\r\n]*/.exec(after) ?? []
  const read = (around: string) =>
    find(around, at, parseDocument(around, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' }).contents, [], {})

  // a comment right at the cursor stays one
  let found = read(`${before}${mark}${behind.startsWith('#') ? ' ' : ''}${after}`)
  if (!found || found.node.type?.startsWith('BLOCK')) return
  const quote = found.node.type?.startsWith('QUOTE') && document[found.node.range?.[0] ?? 0]
  let rest = behind.slice(0, Math.max(0, (found.node.range?.[1] ?? 0) - at - mark.length))
  if (quote && !closedRest.test(rest)) {
    rest = ''
    found = read(`${before}${mark}${quote}${after}`)
    if (!found) return
  }
  const typed = before.slice(found.node.range?.[0])
  if (/[\r\n]/.test(typed) || (found.field === undefined && !quote && /[\s:]/.test(typed))) return
  const { path, field, beside } = found
  return { path, field, beside, typed, rest: quote ? rest : rest.replace(/\s.*$/, ''), isJson: /^\s*\{/.test(document) }
}
