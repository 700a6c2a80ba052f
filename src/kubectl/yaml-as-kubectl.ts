/**
 * YAML read the way kubectl reads it (YAML 1.1 as go-yaml understands it: `yes` is true, `010` is 8, dates stay text,
 * the last of two equal keys wins), with go-yaml's words for what it refuses.
 */
import { tooMuchText } from '#k8s/text-limits.ts'
import { decode } from './go-yaml/decode.ts'
import { goSyntax } from './go-yaml/go-syntax.ts'
import { isMerge, type Node } from './go-yaml/node.ts'
import { parseDocument } from './go-yaml/parser.ts'
import { resolveScalar } from './go-yaml/resolve.ts'
import { findInfinite, keyOf, toJson } from './go-yaml/to-json.ts'
import { TooMuchError, YamlError } from './go-yaml/yaml-error.ts'

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

/** One YAML document. Throws YamlError. */
export function parseYaml(text: string): YamlDocument {
  const tooMuch = tooMuchText(text)
  if (tooMuch) throw new TooMuchError(`the document ${tooMuch}`)
  const root = parseDocument(text)
  const value = root ? toJson(decode(root, goSyntax)) : null
  const { lineAt, rangeOf } = placesIn(text)
  const infinite = findInfinite(value)
  if (infinite) throw new YamlError(infinite.problem, lineAt(locate(root, infinite.path).offset))
  return {
    value,
    repeated: () => (root ? repeatedKeys(root, rangeOf) : []),
    lineOf: (path) => lineAt(locate(root, path).offset),
    placeOf: (path) => {
      const { key, node, depth, inFlow } = locate(root, path)
      if (!node || depth !== path.length) return undefined
      return { key: key && rangeOf(key), value: rangeOf(node), ...(inFlow && { inFlow }), ...(hasAnchor(node) && { isNamed: true }) }
    },
  }
}

interface Places {
  lineAt(offset: number): number
  rangeOf(node: Node): SourceRange
}

function placesIn(text: string): Places {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const lineAt = (offset: number): number => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
  const columnAt = (offset: number, line: number): number => offset - (starts[line - 1] as number) + 1
  return {
    lineAt,
    rangeOf: ({ start, end }) => {
      const last = start + text.slice(start, end).trimEnd().length
      const line = lineAt(start)
      const endLine = lineAt(last)
      return { line, column: columnAt(start, line), endLine, endColumn: columnAt(last, endLine) }
    },
  }
}

/** All nodes of a tree, each before what is in it; what aliases stand for is not entered. */
function* nodesIn(root: Node): Generator<Node> {
  const waiting = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node
    if (node.kind === 'sequence') waiting.push(...node.items.toReversed())
    else if (node.kind === 'mapping') for (const { key, value } of node.pairs.toReversed()) waiting.push(value, key)
  }
}

function hasAnchor(root: Node): boolean {
  for (const { anchor } of nodesIn(root)) if (anchor !== undefined) return true
  return false
}

/** A key as it is called in JSON; undefined for one that merges. */
const nameOf = (key: Node): string | undefined => (key.kind !== 'scalar' || isMerge(key) ? undefined : keyOf(resolveScalar(key)))

function repeatedKeys(root: Node, rangeOf: (node: Node) => SourceRange): RepeatedKey[] {
  const found: RepeatedKey[] = []
  for (const map of nodesIn(root)) {
    if (map.kind !== 'mapping') continue
    const seen = new Map<string, SourceRange>()
    for (const { key, value } of map.pairs) {
      const name = nameOf(key)
      if (name === undefined) continue
      const { endLine, endColumn } = rangeOf(value)
      const place = { ...rangeOf(key), endLine, endColumn }
      const lost = seen.get(name)
      if (lost) found.push({ key: name, lost, kept: place, ...(map.inFlow && { inFlow: true }) })
      seen.set(name, place)
    }
  }
  return found
}

interface Located {
  /** Where the field, or the nearest one above it that exists, begins. */
  offset: number
  key?: Node | undefined
  node: Node | undefined
  /** How many steps of the path exist. */
  depth: number
  /** The last of them is in a collection of braces or brackets. */
  inFlow: boolean
}

function locate(root: Node | undefined, path: readonly (string | number)[]): Located {
  const found: Located = { offset: root?.start ?? 0, node: root, depth: 0, inFlow: false }
  for (const step of path) {
    const node = found.node?.kind === 'alias' ? found.node.target : found.node
    if (node?.kind === 'mapping') {
      const pair = node.pairs.findLast(({ key }) => nameOf(key) === String(step))
      if (!pair) break
      found.key = pair.key
      found.node = pair.value
    } else if (node?.kind === 'sequence') {
      const item = node.items[step as number]
      if (!item) break
      found.key = undefined
      found.node = item
    } else break
    found.offset = (found.key ?? found.node).start
    found.inFlow = node.inFlow
    found.depth++
  }
  return found
}
