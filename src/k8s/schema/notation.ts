/**
 * How the tables beside this file write a field: `[]Container!@name` reads "list of Container, required, merged by name".
 *
 * - type: `string bool int32 int64 quantity intOrString time microTime duration any`, a struct's name, `[]X` list, `map:X` map;
 *   `string:Protocol` names the Go type that error messages show
 * - `*` pointer (zero values are kept), `!` required, `@key` merge key of a list (`@` alone: list of plain values),
 *   `~` retainKeys, `^` an empty map or list stays one, `+1.25` known since that version
 */
import type { KubernetesVersion } from '../version.ts'

export type Scalar = 'string' | 'bool' | 'int32' | 'int64' | 'quantity' | 'intOrString' | 'time' | 'microTime' | 'any'

const scalars = new Set<string>(['string', 'bool', 'int32', 'int64', 'quantity', 'intOrString', 'time', 'microTime', 'any'])

export type FieldType =
  | { shape: 'scalar'; scalar: Scalar; goType: string }
  | { shape: 'struct'; struct: string; goType: string }
  | { shape: 'list'; item: FieldType; goType: string }
  | { shape: 'map'; value: FieldType; goType: string }

export interface Field {
  type: FieldType
  pointer: boolean
  required: boolean
  /** Key by which a strategic merge patch finds the item; `''` for lists of plain values; undefined when the list is replaced. */
  mergeKey: string | undefined
  retainKeys: boolean
  keepEmpty: boolean
  since: KubernetesVersion | undefined
}

/** Fields by name, in the notation above. */
export type StructNotation = Record<string, string>

const notation = /^((?:\[\]|map:)*)(\w+)(?::([\w.]+))?(\*)?(!)?(@\w*)?(~)?(\^)?(?:\+(\d\.\d+))?$/

const packaged = (name: string): string => (name.includes('.') ? name : `v1.${name}`)

function baseType(name: string, goName: string | undefined): FieldType {
  if (name === 'ResourceList') {
    const value: FieldType = { shape: 'scalar', scalar: 'quantity', goType: 'resource.Quantity' }
    return { shape: 'map', value, goType: 'v1.ResourceList' }
  }
  if (scalars.has(name)) return { shape: 'scalar', scalar: name as Scalar, goType: goName ? packaged(goName) : name }
  return { shape: 'struct', struct: name, goType: goName ? packaged(goName) : `v1.${name}` }
}

/** Reads one field; throws on a typing mistake in a table. */
export function parseField(text: string): Field {
  const match = notation.exec(text)
  if (!match) throw new Error(`schema notation: ${text}`)
  const [, wrappers = '', name = '', goName, pointer, required, merge, retain, keep, since] = match
  let type = baseType(name, goName)
  for (const wrapper of wrappers.match(/\[\]|map:/g)?.reverse() ?? []) {
    type =
      wrapper === '[]'
        ? { shape: 'list', item: type, goType: `[]${type.goType}` }
        : { shape: 'map', value: type, goType: `map[string]${type.goType}` }
  }
  return {
    type,
    pointer: pointer !== undefined,
    required: required !== undefined,
    mergeKey: merge?.slice(1),
    retainKeys: retain !== undefined,
    keepEmpty: keep !== undefined,
    since: since as KubernetesVersion | undefined,
  }
}
