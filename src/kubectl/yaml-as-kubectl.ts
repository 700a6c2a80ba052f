/**
 * YAML read the way kubectl reads it (YAML 1.1 as go-yaml understands it: `yes` is true, `010` is 8, dates stay text,
 * the last of two equal keys wins), with go-yaml's words for what it refuses.
 * Not modelled: a flow map whose lines stand as far left as the name of its field is refused.
 */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  Pair,
  parseDocument,
  type ScalarTag,
  type Tags,
  visit,
} from 'yaml'
import { tooMuchText } from '#k8s/text-limits.ts'
import { endlessAlias } from './endless-alias.ts'
import { atLine, toGoYamlError, YamlError } from './go-yaml-error.ts'

/** The text is larger or deeper than is read here; the message is ours. */
export class TooMuchError extends YamlError {
  constructor(message: string) {
    super(message, 1)
  }
}

const octal: ScalarTag = {
  identify: (value) => typeof value === 'number',
  default: true,
  tag: 'tag:yaml.org,2002:int',
  test: /^[-+]?0o[0-7_]+$/,
  resolve: (text) => Number.parseInt(text.replace(/_/g, '').replace('0o', ''), 8),
}

/** A number has a digit: `.`, a key of managed fields, is a text. */
const withDigit = (tag: Tags[number]): Tags[number] =>
  typeof tag === 'object' && 'test' in tag && tag.test?.test('.')
    ? { ...tag, test: new RegExp(`^(?=.*\\d)${tag.test.source.replace(/^\^/, '')}`) }
    : tag

const customTags = (tags: Tags): Tags => [
  octal,
  ...tags
    .filter((t) =>
      typeof t === 'string' ? t !== 'timestamp' : t.tag !== 'tag:yaml.org,2002:timestamp' && (t as { format?: string }).format !== 'TIME',
    )
    .map(withDigit),
]

/** A stretch of text; lines and columns count from 1, the end is behind its last character. */
export interface SourceRange {
  line: number
  column: number
  endLine: number
  endColumn: number
}

/** Where a field stands: its name (list items have none) and its value. */
export interface FieldPlace {
  key?: SourceRange
  value?: SourceRange
  /** It stands between braces or brackets, with commas around it. */
  inFlow?: boolean
  /** It, or something in it, has a name (`&name`) by which it may be meant elsewhere. */
  isNamed?: boolean
}

/** A key that stands twice in one mapping: its earlier place, which is lost, and the next one. */
export interface RepeatedKey {
  key: string
  lost: SourceRange
  kept: SourceRange
  /** The mapping is written in braces. */
  inFlow?: boolean
}

export interface YamlDocument {
  value: unknown
  /** Where the field at exactly this path stands; undefined when there is none. */
  placeOf(path: readonly (string | number)[]): FieldPlace | undefined
  /** Keys that stand twice in one mapping. */
  repeated(): RepeatedKey[]
  /** Line (from 1) of the field at a path, or of the nearest field above it that exists. */
  lineOf(path: readonly (string | number)[]): number
}

/** Aliases, those inside of aliased values counted each time. @source go-yaml decode.go allowedAliasRatio, which is a share of the document */
const maxAliasCount = 100_000

/** One YAML document. Throws YamlError. */
export function parseYaml(text: string): YamlDocument {
  const tooMuch = tooMuchText(text)
  if (tooMuch) throw new TooMuchError(`the document ${tooMuch}`)
  const lines = new LineCounter()
  const doc = parseDocument(text, {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter: lines,
    customTags,
  })
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const error = doc.errors[0]
  if (error) throw toGoYamlError(text, error.message, error.pos[0], lineAt)
  checkNodes(doc, lineAt)
  const endless = endlessAlias(doc)
  if (endless) throw new YamlError(`yaml: anchor '${endless.source}' value contains itself`, lineAt(endless.range?.[0] ?? 0))
  let value: unknown
  try {
    value = doc.toJS({ maxAliasCount })
  } catch (thrown) {
    if (String(thrown).includes('Excessive alias count')) throw new YamlError('yaml: document contains excessive aliasing', 1)
    const anchor = /anchor is set before the alias\): (.*)|must be set before the alias\): (.*)/.exec(String(thrown))
    throw new YamlError(
      anchor ? `yaml: unknown anchor '${anchor[1] ?? anchor[2]}' referenced` : 'yaml: map merge requires map or sequence of maps as the value',
      1,
    )
  }
  const rangeOf = (node: unknown): SourceRange | undefined => {
    const range = (node as Node | null | undefined)?.range
    if (!range) return undefined
    const start = lines.linePos(range[0])
    const end = lines.linePos(range[0] + text.slice(range[0], range[1]).trimEnd().length)
    return { line: start.line, column: start.col, endLine: end.line, endColumn: end.col }
  }
  return {
    value,
    repeated: () => repeatedKeys(doc, rangeOf),
    lineOf: (path) => lineAt(locate(doc, path).offset),
    placeOf: (path) => {
      const { key, node, depth, inFlow } = locate(doc, path)
      if (depth !== path.length) return undefined
      return { key: rangeOf(key), value: rangeOf(node), ...(inFlow && { inFlow }), ...(hasAnchor(node) && { isNamed: true }) }
    },
  }
}

function hasAnchor(node: unknown): boolean {
  let found = false
  if (isNode(node))
    visit(node, {
      Node(_, { anchor }) {
        if (anchor === undefined) return undefined
        found = true
        return visit.BREAK
      },
    })
  return found
}

function repeatedKeys(doc: Document.Parsed, rangeOf: (node: unknown) => SourceRange | undefined): RepeatedKey[] {
  const found: RepeatedKey[] = []
  visit(doc, {
    Map(_, map) {
      const seen = new Map<string, SourceRange>()
      for (const { key, value } of map.items) {
        const range = rangeOf(key)
        if (!isScalar(key) || !range || key.value === '<<') continue
        const end = rangeOf(value) ?? range
        const place = { ...range, endLine: end.endLine, endColumn: end.endColumn }
        const text = String(key.value)
        const lost = seen.get(text)
        if (lost) found.push({ key: text, lost, kept: place, ...(map.flow && { inFlow: true }) })
        seen.set(text, place)
      }
    },
  })
  return found
}

interface Located {
  /** Where the field, or the nearest one above it that exists, begins. */
  offset: number
  key: unknown
  node: unknown
  /** How many steps of the path exist. */
  depth: number
  /** The last of them is in a collection of braces or brackets. */
  inFlow: boolean
}

function locate(doc: Document.Parsed, path: readonly (string | number)[]): Located {
  const found: Located = { offset: doc.contents?.range[0] ?? 0, key: undefined, node: doc.contents, depth: 0, inFlow: false }
  for (const step of path) {
    const node = isAlias(found.node) ? found.node.resolve(doc) : found.node
    if (!isCollection(node)) break
    const item = isMap(node) ? node.items.findLast((p) => isScalar(p.key) && String(p.key.value) === String(step)) : node.items[step as number]
    if (!item) break
    found.key = item instanceof Pair ? item.key : undefined
    found.node = item instanceof Pair ? item.value : item
    found.offset = ((found.key ?? found.node) as Node | null)?.range?.[0] ?? found.offset
    found.inFlow = node.flow === true
    found.depth++
  }
  return found
}

/** What `yaml` accepts and go-yaml or JSON does not: maps and null as keys, infinite numbers, empty or unfit tags. */
function checkNodes(doc: Document.Parsed, lineAt: (offset: number) => number): void {
  visit(doc, {
    Pair(_, pair) {
      const key = pair.key as Node | null
      if (isCollection(key)) throw new YamlError(`yaml: invalid map key: ${goSyntax(key.toJS(doc))}`, lineAt(key.range?.[0] ?? 0))
      if (isScalar(key) && key.value === null && key.source) {
        const value = pair.value as Node | null
        throw new YamlError(
          `unsupported map key of type: %!s(<nil>), key: <nil>, value: ${goSyntax(value?.toJS(doc), '<nil>')}`,
          lineAt(key.range?.[0] ?? 0),
        )
      }
      if (isScalar(key) && key.value === null && !key.source && (key.range?.[0] ?? 0) === (key.range?.[1] ?? 0))
        throw new YamlError(atLine(lineAt(key.range?.[0] ?? 0) - 1, 'did not find expected key'), lineAt(key.range?.[0] ?? 0))
    },
    Scalar(_, node) {
      const value = node.value
      if (typeof value === 'number' && !Number.isFinite(value))
        throw new YamlError(`json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`, lineAt(node.range?.[0] ?? 0))
    },
  })
}

/** A value as Go prints it with %#v, for the error about odd map keys (`{{ .Values.x }}`). */
function goSyntax(value: unknown, nil = 'interface {}(nil)'): string {
  if (value === null || value === undefined) return nil
  if (Array.isArray(value)) return `[]interface {}{${value.map((one) => goSyntax(one)).join(', ')}}`
  if (typeof value === 'object')
    return `map[interface {}]interface {}{${Object.entries(value)
      .map(([k, v]) => `${JSON.stringify(k)}:${goSyntax(v)}`)
      .join(', ')}}`
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
