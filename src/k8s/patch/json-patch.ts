/**
 * JSON patches (RFC 6902), `kubectl patch --type=json`. A patch that does not apply gets one and the same answer from the API server,
 * whatever the reason. @source apiserver/pkg/endpoints/handlers/patch.go jsonPatcher
 */
import { ApiError } from '../api-error.ts'
import { goName, isObject, type JsonObject, jsonEqual } from './json.ts'

interface Operation {
  op: string
  path: string
  from?: string
  value?: unknown
}

const rejected = (): ApiError => new ApiError('Invalid', 'the server rejected our request due to an error in our request')

function toOperations(patch: unknown): Operation[] {
  if (!Array.isArray(patch)) {
    throw new ApiError('BadRequest', `json: cannot unmarshal ${goName(patch)} into Go value of type jsonpatch.Patch`)
  }
  return patch.map((operation: Operation | null) => operation ?? ({} as Operation))
}

/** `/a/b~1c` → `['a', 'b/c']`. */
function toSegments(pointer: unknown): string[] {
  if (typeof pointer !== 'string') throw rejected()
  if (pointer === '') return []
  if (!pointer.startsWith('/')) throw rejected()
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function toIndex(segment: string, end: number): number {
  if (!/^-?\d+$/.test(segment)) throw rejected()
  const index = Number(segment)
  const absolute = index < 0 ? index + end : index
  if (absolute < 0 || absolute >= end) throw rejected()
  return absolute
}

/** The value at a place; null when only its last field is missing, as the library the API server uses has it. */
function read(document: unknown, segments: readonly string[]): unknown {
  let value = document
  segments.forEach((segment, i) => {
    if (Array.isArray(value)) value = value[toIndex(segment, value.length)]
    else if (isObject(value) && (segment in value || i === segments.length - 1)) value = value[segment] ?? null
    else throw rejected()
  })
  return value
}

type Edit = (parent: JsonObject | unknown[], segment: string) => JsonObject | unknown[]

/** The document with its part at `segments` edited; every part on the way is copied. */
function edit(document: unknown, segments: readonly string[], change: Edit): unknown {
  const [first, ...rest] = segments
  if (first === undefined) throw rejected()
  if (!isObject(document) && !Array.isArray(document)) throw rejected()
  if (rest.length === 0) return change(document, first)
  if (Array.isArray(document)) {
    const index = toIndex(first, document.length)
    return document.map((item, i) => (i === index ? edit(item, rest, change) : item))
  }
  if (!(first in document)) throw rejected()
  return { ...document, [first]: edit(document[first], rest, change) }
}

function add(document: unknown, segments: readonly string[], value: unknown): unknown {
  if (segments.length === 0) return value
  return edit(document, segments, (parent, segment) => {
    if (!Array.isArray(parent)) return { ...parent, [segment]: value }
    const index = segment === '-' ? parent.length : toIndex(segment, parent.length + 1)
    return parent.toSpliced(index, 0, value)
  })
}

function remove(document: unknown, segments: readonly string[]): unknown {
  return edit(document, segments, (parent, segment) => {
    if (Array.isArray(parent)) return parent.toSpliced(toIndex(segment, parent.length), 1)
    if (!(segment in parent)) throw rejected()
    const { [segment]: _, ...rest } = parent
    return rest
  })
}

function replace(document: unknown, segments: readonly string[], value: unknown): unknown {
  if (segments.length === 0) return value
  return edit(document, segments, (parent, segment) => {
    if (Array.isArray(parent)) return parent.with(toIndex(segment, parent.length), value)
    return { ...parent, [segment]: value }
  })
}

function test(document: unknown, segments: readonly string[], value: unknown): void {
  if (!jsonEqual(read(document, segments), value ?? null)) throw rejected()
}

function apply(document: unknown, { op, path, from, value }: Operation): unknown {
  const segments = toSegments(path)
  switch (op) {
    case 'add':
      return add(document, segments, value)
    case 'remove':
      return remove(document, segments)
    case 'replace':
      return replace(document, segments, value)
    case 'move': {
      const source = toSegments(from)
      return add(remove(document, source), segments, read(document, source))
    }
    case 'copy':
      return add(document, segments, read(document, toSegments(from)))
    case 'test':
      test(document, segments, value)
      return document
    default:
      throw rejected()
  }
}

/** The document after all operations; the one given is not touched. Throws ApiError when an operation does not apply. */
export function applyJsonPatch<T>(document: T, patch: unknown): T {
  return toOperations(patch).reduce<unknown>(apply, document) as T
}
