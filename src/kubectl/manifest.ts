import { tooMuchText } from '#k8s/text-limits.ts'
import { marshalJson } from './go-format.ts'
import { goJsonError } from './go-json-error.ts'
import { TooMuchError, YamlError } from './go-yaml/yaml-error.ts'
import { isListKind, isNamedList } from './list-kind.ts'
import { type FieldPlace, parseYaml, type RepeatedKey, type SourceRange } from './yaml-as-kubectl.ts'

/** One object as it stands in a file. */
export interface Manifest {
  /** File name, or `STDIN`; how errors name it. */
  source: string
  value: Record<string, unknown>
  /** The whole document that it stands in, which for an object by itself is `value`. */
  document: unknown
  /** First line of its document in the file, from 1. */
  line: number
  /** Line of a field (`['spec', 'template', 0]`), or of the nearest field above it that exists. */
  lineOf(path: readonly (string | number)[]): number
  /** Where the field at exactly this path stands; undefined when there is none. */
  placeOf(path: readonly (string | number)[]): FieldPlace | undefined
  /** Keys that stand twice in one mapping of the document. */
  repeated(): RepeatedKey[]
}

/** What could not be read: kubectl's words without the leading `error: `, and where. */
export interface ManifestError {
  message: string
  line: number
  /** What was read, where that is no object. */
  document?: unknown
}

export interface Manifests {
  manifests: Manifest[]
  errors: ManifestError[]
}

/**
 * The objects of a file: documents split at `---`, lists taken apart. Reading stops at the first text that is no YAML; documents that are
 * no objects are errors of their own.
 * @param isList by its kind
 * @source cli-runtime/pkg/resource StreamVisitor, apimachinery/pkg/util/yaml YAMLReader; DS-16.5
 */
export function readManifests(text: string, source: string, isList: typeof isListKind = isListKind): Manifests {
  const manifests: Manifest[] = []
  const errors: ManifestError[] = []
  const tooMuch = tooMuchText(text)
  if (tooMuch) return { manifests, errors: [{ message: `error parsing ${source}: the file ${tooMuch}; split it into smaller ones`, line: 1 }] }
  for (const chunk of chunksOf(text)) {
    if ('problem' in chunk) {
      errors.push({ message: `error parsing ${source}: ${chunk.problem}`, line: chunk.line })
      break
    }
    try {
      const { value, lineOf, placeOf, repeated } = parseYaml(chunk.text)
      if (value === null || value === undefined) continue
      const manifest: Manifest = {
        source,
        value: value as Record<string, unknown>,
        document: value,
        line: chunk.line + lineOf([]) - 1,
        lineOf: (path) => chunk.line + lineOf(path) - 1,
        placeOf: (path) => {
          const place = placeOf(path)
          return place && { ...place, key: moveDown(place.key, chunk.line - 1), value: moveDown(place.value, chunk.line - 1) }
        },
        repeated: () =>
          repeated().map(({ lost, kept, ...rest }) => ({ ...rest, lost: moveDown(lost, chunk.line - 1), kept: moveDown(kept, chunk.line - 1) })),
      }
      const broken = isObject(value) ? brokenList(value) : undefined
      if (broken) errors.push({ message: `unable to decode ${JSON.stringify(source)}: ${broken}`, line: manifest.line, document: value })
      else if (isObject(value)) {
        for (const one of flatten(manifest, isList)) manifests.push(one)
      } else
        errors.push({
          message: `unable to decode ${JSON.stringify(source)}: ${notAnObject(value, 'unstructured.detector')}`,
          line: manifest.line,
          document: value,
        })
    } catch (error) {
      if (!(error instanceof YamlError)) throw error
      const problem = error instanceof TooMuchError ? error.message : (chunk.jsonProblem ?? `error converting YAML to JSON: ${error.message}`)
      errors.push({
        message: `error parsing ${source}: ${problem}`,
        line: chunk.line + error.line - 1,
      })
      break
    }
  }
  return { manifests, errors }
}

function moveDown<Range extends SourceRange | undefined>(range: Range, lines: number): Range {
  return range && { ...range, line: range.line + lines, endLine: range.endLine + lines }
}

/** `jsonProblem` = why it is no JSON, which is said where it is no YAML either. */
type TextChunk = { text: string; line: number; jsonProblem?: string }
type Chunk = TextChunk | { problem: string; line: number }

/**
 * A stream that begins like JSON is read as JSON objects, one behind the other. What is no JSON is read as YAML from there on, but not
 * where it just ends, nor behind two objects. @source apimachinery/pkg/util/yaml YAMLOrJSONDecoder
 */
function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = []
  let rest: TextChunk = { text, line: 1 }
  if (!text.trimStart().startsWith('{')) return splitDocuments(rest)
  while (rest.text.trim()) {
    const problem = goJsonError(rest.text)
    if (!problem) return [...chunks, rest]
    if (!problem.message.endsWith(' after top-level value')) {
      const said = problem.message.startsWith('unexpected end') ? 'unexpected EOF' : problem.message
      const offset = text.length - rest.text.length + problem.offset + 1
      if (chunks.length > 1 || said !== problem.message) return [...chunks, { problem: said, line: rest.line }]
      return [...chunks, ...asYaml(rest, `json: offset ${offset}: ${said}`)]
    }
    const json = rest.text.slice(0, problem.offset).trimEnd()
    chunks.push({ ...rest, text: json })
    rest = { text: rest.text.slice(json.length), line: rest.line + json.split('\n').length - 1 }
  }
  return chunks
}

/** Characters that must follow where kubectl looks whether a blank is next. */
const lookAhead = 4

/** Blanks behind a JSON object go with it, up to the end of the line. */
function asYaml({ text, line }: TextChunk, jsonProblem: string): Chunk[] {
  const begin = text.search(/\n|\S/)
  if (text.length - begin < lookAhead) return [{ problem: jsonProblem, line }]
  const isAtEnd = text[begin] === '\n'
  const [first, ...others] = splitDocuments({ text: text.slice(isAtEnd ? begin + 1 : begin), line: isAtEnd ? line + 1 : line })
  if (!first) return []
  return ['problem' in first ? { ...first, problem: jsonProblem } : { ...first, jsonProblem }, ...others]
}

function splitDocuments({ text, line }: TextChunk): Chunk[] {
  const chunks: Chunk[] = []
  let rows: string[] = []
  let start = line
  const lines = text.split(/\r?\n/)
  // each line is read with a line break, also a last one that has none
  if (lines.at(-1) === '') lines.pop()
  for (const [i, row] of lines.entries()) {
    if (row.startsWith('---')) {
      const rest = row.slice(3).trim()
      if (rest && !rest.startsWith('#')) return [...chunks, { problem: `invalid Yaml document separator: ${rest}`, line: line + i }]
      if (rows.length) {
        chunks.push({ text: `${rows.join('\n')}\n`, line: start })
        rows = []
        start = line + i + 1
        continue
      }
    }
    rows.push(row)
  }
  if (rows.length) chunks.push({ text: `${rows.join('\n')}\n`, line: start })
  return chunks
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function jsonType(value: unknown): string {
  return Array.isArray(value) ? 'array' : isObject(value) ? 'object' : typeof value === 'boolean' ? 'bool' : typeof value
}

const notAnObject = (value: unknown, type: string): string => `json: cannot unmarshal ${jsonType(value)} into Go value of type ${type}`

/** What is wrong with a list as such. */
function brokenList(list: Record<string, unknown>): string | undefined {
  const { items } = list
  if (!isNamedList(list) || items === undefined || items === null) return undefined
  if (!Array.isArray(items)) return `json: cannot unmarshal ${jsonType(items)} into Go struct field decodeList.items of type []json.RawMessage`
  const odd = items.find((item) => !isObject(item))
  return odd === undefined ? undefined : notAnObject(odd, 'map[string]interface {}')
}

function flatten(manifest: Manifest, isList: typeof isListKind): Manifest[] {
  const { apiVersion, items } = manifest.value
  const kind = manifest.value.kind as string
  if (!isList(manifest.value) || !Array.isArray(items)) return [manifest]
  return items.flatMap((item, i) => {
    const lineOf: Manifest['lineOf'] = (path) => manifest.lineOf(['items', i, ...path])
    const placeOf: Manifest['placeOf'] = (path) => manifest.placeOf(['items', i, ...path])
    const value = { ...(kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -4) }), ...(item as object) }
    const repeated = () => (i === 0 ? manifest.repeated() : [])
    return flatten({ source: manifest.source, value, document: manifest.document, line: lineOf([]), lineOf, placeOf, repeated }, isList)
  })
}

/**
 * What kubectl says when kind or apiVersion is missing and nothing validated the manifest before; undefined when nothing is. Only where
 * the object becomes a Go struct (`isTyped`), or stands in a list, apiVersion is missed.
 * @source apimachinery/pkg/runtime NewMissingKindErrWithBody, meta/v1/unstructured
 */
export function missingType({ source, value, document }: Manifest, isTyped: boolean): string | undefined {
  const isListed = document !== value
  const field = typeof value.kind !== 'string' || !value.kind ? 'Kind' : !value.apiVersion && (isTyped || isListed) ? 'apiVersion' : undefined
  if (!field) return undefined
  if (isListed && !isTyped) {
    const why = field === 'Kind' ? 'object has no kind field ' : 'object has no apiVersion field'
    return `unable to get type info from the object "*unstructured.Unstructured": Object '${field}' is missing in '${why}'`
  }
  const missing = `Object '${field}' is missing in '${marshalJson(value)}'`
  return isListed ? missing : `unable to decode ${JSON.stringify(source)}: ${missing}`
}
