import type { FieldsV1 } from './entry.ts'

/**
 * A set of fields of one object, as `fieldsV1` writes it: path elements are `f:name`, `k:{"name":"x"}` (item of a list with keys) and
 * `v:"x"` (item of a set). `own`: the field itself is in the set, not only fields below it.
 * @source structured-merge-diff/fieldpath Set
 */
export interface FieldNode {
  own: boolean
  readonly fields: FieldSet
}

export type FieldSet = Map<string, FieldNode>

export type FieldPath = readonly string[]

/** Adds one field. The empty path is no field. */
export function addField(set: FieldSet, path: FieldPath): void {
  let fields = set
  let node: FieldNode | undefined
  for (const element of path) {
    node = fields.get(element)
    if (!node) {
      node = { own: false, fields: new Map() }
      fields.set(element, node)
    }
    fields = node.fields
  }
  if (node) node.own = true
}

const none: FieldNode = { own: false, fields: new Map() }

/** A set of those fields for which `keep` says so, given whether each of the two has it. */
function combine(a: FieldSet, b: FieldSet, keep: (inA: boolean, inB: boolean) => boolean): FieldSet {
  const result: FieldSet = new Map()
  for (const element of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(element) ?? none, b.get(element) ?? none]
    const node = { own: keep(x.own, y.own), fields: combine(x.fields, y.fields, keep) }
    if (node.own || node.fields.size > 0) result.set(element, node)
  }
  return result
}

export const union = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (x, y) => x || y)
export const intersection = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (x, y) => x && y)
export const difference = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (x, y) => x && !y)

/** Order of path elements: field names, then list keys, then values. */
const sorted = (set: FieldSet): [string, FieldNode][] => [...set].sort(([a], [b]) => (a < b ? -1 : 1))

/** Every field of the set: those of one level before what is below them. @source Set.Iterate */
export function pathsOf(set: FieldSet, prefix: FieldPath = []): FieldPath[] {
  const entries = sorted(set)
  const here = entries.filter(([, node]) => node.own).map(([element]) => [...prefix, element])
  return [...here, ...entries.flatMap(([element, node]) => pathsOf(node.fields, [...prefix, element]))]
}

/** `.spec.template.spec.containers[name="agent"].image` @source fieldpath Path.String */
export function pathText(path: FieldPath): string {
  return path
    .map((element) => {
      const text = element.slice(2)
      if (element.startsWith('f:')) return `.${text}`
      if (element.startsWith('v:')) return `[=${text}]`
      const key = JSON.parse(text) as Record<string, unknown>
      return `[${Object.entries(key).map(([name, value]) => `${name}=${JSON.stringify(value)}`)}]`
    })
    .join('')
}

export function toFieldsV1(set: FieldSet): FieldsV1 {
  return Object.fromEntries(
    sorted(set).map(([element, { own, fields }]) => [element, { ...(own && fields.size > 0 && { '.': {} }), ...toFieldsV1(fields) }]),
  )
}

export function fromFieldsV1(value: FieldsV1): FieldSet {
  const set: FieldSet = new Map()
  for (const [element, below] of Object.entries(value)) {
    if (element === '.') continue
    set.set(element, { own: '.' in below || Object.keys(below).length === 0, fields: fromFieldsV1(below) })
  }
  return set
}
