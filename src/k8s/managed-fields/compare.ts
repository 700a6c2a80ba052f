import { isObject, jsonEqual } from '../patch/json.ts'
import { addField, type FieldPath, type FieldSet } from './field-set.ts'
import type { Shape } from './shape.ts'

export interface Comparison {
  added: FieldSet
  removed: FieldSet
  modified: FieldSet
}

/** `undefined` = there is no such field; `null` is a value. */
type Side = unknown

const isEmpty = (value: Side): boolean => (Array.isArray(value) ? value.length === 0 : !isObject(value) || Object.keys(value).length === 0)

function itemsOf(list: Side, elementOf: (item: unknown) => string): Map<string, unknown> {
  const items = new Map<string, unknown>()
  if (Array.isArray(list)) for (const item of list) if (!items.has(elementOf(item))) items.set(elementOf(item), item)
  return items
}

function walk(before: Side, after: Side, shape: Shape, path: FieldPath, found: Comparison): void {
  if (before === undefined && after === undefined) return
  if (before === after && isObject(after)) return
  const present = (set: FieldSet) => addField(set, path)
  if (shape.kind === 'leaf' || (isEmpty(before) && isEmpty(after))) {
    if (before === undefined) present(found.added)
    else if (after === undefined) present(found.removed)
    else if (!jsonEqual(before, after)) present(found.modified)
    return
  }
  if (shape.kind === 'map') {
    const [a, b] = [isObject(before) ? before : {}, isObject(after) ? after : {}]
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      walk(a[key], b[key], shape.shapeOf(key, b[key] ?? a[key]), [...path, `f:${key}`], found)
  } else {
    const [a, b] = [itemsOf(before, shape.elementOf), itemsOf(after, shape.elementOf)]
    for (const element of new Set([...a.keys(), ...b.keys()])) walk(a.get(element), b.get(element), shape.item, [...path, element], found)
  }
  if (before === undefined) present(found.added)
  else if (after === undefined) present(found.removed)
}

/** Which fields differ between two objects of a shape. @source structured-merge-diff/typed TypedValue.Compare */
export function compareFields(before: object, after: object, shape: Shape): Comparison {
  const found: Comparison = { added: new Map(), removed: new Map(), modified: new Map() }
  walk(before, after, shape, [], found)
  return found
}
