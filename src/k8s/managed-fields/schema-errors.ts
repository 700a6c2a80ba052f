import { isObject } from '../patch/json.ts'
import { formatGo, formatGoSyntax, goTypeName } from '../schema/go-format.ts'
import { structOf } from '../schema/index.ts'
import type { Field, FieldType, Scalar } from '../schema/notation.ts'
import { pathText } from './field-set.ts'
import { itemKey, listKeys } from './shape.ts'

/** Of the other scalars the schema says only that they are some. */
function scalarError(value: unknown, scalar: Scalar): string | undefined {
  const found = typeof value
  if (scalar === 'any') return undefined
  if (scalar === 'string') return found === 'string' ? undefined : `expected string, got &value.valueUnstructured{Value:${formatGoSyntax(value)}}`
  if (scalar === 'bool') return found === 'boolean' ? undefined : `expected boolean, got &{${formatGo(value)}}`
  if (scalar === 'int32' || scalar === 'int64') return found === 'number' ? undefined : `expected numeric (int or float), got ${goTypeName(value)}`
  return found === 'object' ? `expected any scalar, got &{${formatGo(value)}}` : undefined
}

const at = (path: string, error: string): string[] => [path ? `${path}: ${error}` : error]

/** Why an item of a list with keys (none: of a set) is none; undefined when it is one. @source structured-merge-diff/typed listItemToPathElement */
function itemError(item: unknown, keys: readonly string[]): string | undefined {
  if (keys.length === 0) {
    if (item === null) return "associative list without keys has an element that's an explicit null"
    if (Array.isArray(item)) return 'not supported: associative list with lists as elements'
    return isObject(item) ? "associative list without keys has an element that's a map type" : undefined
  }
  if (item === null) return 'associative list with keys may not have a null element'
  // a key that is left out has a default
  return isObject(item) ? undefined : 'associative list with keys may not have non-map elements'
}

function listErrors(value: readonly unknown[], type: FieldType & { shape: 'list' }, mergeKey: string | undefined, path: string): string[] {
  if (mergeKey === undefined) return value.flatMap((item, i) => valueErrors(item, type.item, undefined, `${path}[${i}]`))
  const keys = listKeys(type, mergeKey)
  const errors: string[] = []
  const seen = new Set<string>()
  for (const [i, item] of value.entries()) {
    const wrong = itemError(item, keys)
    if (wrong) return [...errors, ...at(path, `element ${i}: ${wrong}`)]
    const key = pathText([keys.length === 0 ? `v:${JSON.stringify(item)}` : itemKey(item, keys)])
    if (seen.has(key)) errors.push(...at(path, `duplicate entries for key ${key}`))
    seen.add(key)
    errors.push(...valueErrors(item, type.item, undefined, `${path}${key}`))
  }
  return errors
}

/** A field that nobody knows ends the search in its struct. */
function structErrors(value: Record<string, unknown>, struct: string, path: string): string[] {
  const { fields } = structOf(struct)
  const errors: string[] = []
  for (const [key, item] of Object.entries(value)) {
    const field: Field | undefined = fields.get(key)
    if (!field) return [...errors, ...at(`${path}.${key}`, 'field not declared in schema')]
    errors.push(...valueErrors(item, field.type, field.mergeKey, `${path}.${key}`))
  }
  return errors
}

function valueErrors(value: unknown, type: FieldType, mergeKey: string | undefined, path: string): string[] {
  if (value === null || value === undefined) return []
  if (type.shape === 'scalar') {
    const wrong = scalarError(value, type.scalar)
    return wrong ? at(path, wrong) : []
  }
  if (type.shape === 'list') {
    return Array.isArray(value) ? listErrors(value, type, mergeKey, path) : at(path, `expected list, got &{${formatGo(value)}}`)
  }
  if (!isObject(value)) return at(path, `expected map, got &{${formatGo(value)}}`)
  if (type.shape === 'struct') return structErrors(value, type.struct, path)
  return Object.entries(value).flatMap(([key, item]) => valueErrors(item, type.value, undefined, `${path}.${key}`))
}

/**
 * What is wrong with an applied configuration that does not fit the API's schema, in the server's words; undefined when it does.
 * @source structured-merge-diff/typed validatingObjectWalker, ValidationErrors; DS-16.3
 */
export function schemaErrors(config: { kind: string }): string | undefined {
  const errors = structErrors(config as Record<string, unknown> & { kind: string }, config.kind, '')
  return errors.length < 2 ? errors[0] : ['errors:', ...errors.map((e) => `  ${e}`)].join('\n')
}
