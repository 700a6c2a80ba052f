import { isObject } from '../patch/json.ts'
import { addField, type FieldPath, type FieldSet } from './field-set.ts'
import type { Shape } from './shape.ts'

function collect(value: unknown, shape: Shape, path: FieldPath, set: FieldSet): void {
  if (shape.kind === 'leaf') {
    addField(set, path)
    return
  }
  if (shape.kind === 'list') {
    for (const item of Array.isArray(value) ? value : []) {
      const below = [...path, shape.elementOf(item)]
      collect(item, shape.item, below, set)
      addField(set, below)
    }
    return
  }
  if (!isObject(value)) return
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined) continue
    const below = [...path, `f:${key}`]
    collect(field, shape.shapeOf(key, field), below, set)
    if (field === null || (isObject(field) && Object.keys(field).length === 0) || !shape.isNamed(key)) addField(set, below)
  }
}

/** The fields an object has. @source structured-merge-diff/typed TypedValue.ToFieldSet */
export function toFieldSet(value: object, shape: Shape): FieldSet {
  const set: FieldSet = new Map()
  collect(value, shape, [], set)
  return set
}

/** The set with every struct field on the way to a field of it. @source fieldpath Set.EnsureNamedFieldsAreMembers */
export function withNamedFields(set: FieldSet, shape: Shape): FieldSet {
  const result: FieldSet = new Map()
  for (const [element, { own, fields }] of set) {
    const key = element.slice(2)
    const isField = shape.kind === 'map' && element.startsWith('f:')
    const below = isField ? shape.shapeOf(key, {}) : shape.kind === 'list' ? shape.item : shape
    result.set(element, { own: own || (isField && shape.isNamed(key)), fields: withNamedFields(fields, below) })
  }
  return result
}
