/**
 * What the converter from plain maps to structs says to a value of the wrong type (it runs after a strategic merge patch).
 * @source apimachinery/pkg/runtime/converter.go fromUnstructured; DS-16.4
 */
import { quantityError } from '../quantity.ts'
import type { Kind } from '../types.ts'
import { structOf } from './index.ts'
import type { FieldType } from './notation.ts'

type Json = Record<string, unknown>

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'slice'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'string' ? 'string' : 'map'
}

/** Go converts numbers to numbers and, as code points, to strings; the converter refuses what JSON does not mean. */
function conversionError(found: string, kind: 'string' | 'bool' | 'int32' | 'int64', goType: string): string {
  const converts = kind === 'string' ? found === 'int64' : found === 'float64' && kind !== 'bool'
  return converts ? `cannot convert ${found} to ${goType}` : `unrecognized type: ${kind}`
}

function scalarError(value: unknown, type: FieldType & { shape: 'scalar' }): string | undefined {
  const { scalar, goType } = type
  const found = goKind(value)
  switch (scalar) {
    case 'string':
      return found === 'string' ? undefined : conversionError(found, scalar, goType)
    case 'bool':
      return found === 'bool' ? undefined : conversionError(found, scalar, goType)
    case 'int32':
    case 'int64':
      return found === 'int64' ? undefined : conversionError(found, scalar, goType)
    case 'intOrString':
      if (found === 'string' || found === 'int64') return undefined
      return `json: cannot unmarshal ${found === 'float64' ? `number ${value}` : found} into Go value of type int32`
    case 'quantity':
      return quantityError(typeof value === 'string' ? value : JSON.stringify(value))
    case 'any':
      return undefined
    default:
      return found === 'string' ? undefined : `json: cannot unmarshal ${found === 'int64' ? 'number' : found} into Go value of type string`
  }
}

function valueError(value: unknown, type: FieldType): string | undefined {
  if (value === null || value === undefined) return undefined
  const found = goKind(value)
  switch (type.shape) {
    case 'scalar':
      return scalarError(value, type)
    case 'list':
      if (found !== 'slice') return `cannot restore slice from ${found}`
      return firstError(value as unknown[], (item) => valueError(item, type.item))
    case 'map':
      if (found !== 'map') return `cannot restore map from ${found}`
      return firstError(sortedValues(value as Json), (item) => valueError(item, type.value))
    default:
      return found === 'map' ? structError(value as Json, type.struct) : `cannot restore struct from: ${found}`
  }
}

const sortedValues = (json: Json): unknown[] =>
  Object.keys(json)
    .sort()
    .map((key) => json[key])

function firstError<T>(items: readonly T[], check: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const error = check(item)
    if (error) return error
  }
  return undefined
}

function structError(json: Json, name: string): string | undefined {
  return firstError([...structOf(name).fields], ([field, { type }]) => valueError(json[field], type))
}

/** The first conversion error of an object, undefined when everything fits. */
export function convertError(kind: Kind, json: unknown): string | undefined {
  return structError(json as Json, kind)
}
