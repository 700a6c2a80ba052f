import type { FieldType } from '../schema/notation.ts'
import { isObject, type JsonObject, jsonEqual, sortOf } from './json.ts'
import { identityOf } from './list-order.ts'
import { mergeMeta } from './merge-meta.ts'
import { patchDirective, retainKeysDirective } from './strategic-merge-patch.ts'

type Items = ReadonlyMap<unknown, unknown>

const itemsByKey = (list: readonly unknown[], mergeKey: string): Items => new Map(list.map((item) => [identityOf(item, mergeKey), item]))

function listsConflict(left: readonly unknown[], right: readonly unknown[], type: FieldType | undefined, mergeKey: string | undefined): boolean {
  if (mergeKey === undefined) return left.length !== right.length || left.some((item, i) => valuesConflict(item, right[i], type))
  // plain values are merged whatever they are
  if (!isObject(left[0])) return false
  const others = itemsByKey(right, mergeKey)
  return [...itemsByKey(left, mergeKey)].some(([key, item]) => others.has(key) && valuesConflict(item, others.get(key), type))
}

function valuesConflict(left: unknown, right: unknown, type: FieldType | undefined, mergeKey?: string): boolean {
  if (sortOf(left) !== sortOf(right)) return true
  if (Array.isArray(left)) return listsConflict(left, right as unknown[], type, mergeKey)
  return isObject(left) ? haveConflicts(left, right as JsonObject, type) : !jsonEqual(left, right)
}

/**
 * Whether two patches of one object want different things of a field. `type` = that of the object.
 * @source apimachinery/pkg/util/strategicpatch MergingMapsHaveConflicts
 */
export function haveConflicts(left: JsonObject, right: JsonObject, type: FieldType | undefined): boolean {
  if (left[patchDirective] !== right[patchDirective]) return true
  return Object.keys(left).some((key) => {
    if (key === patchDirective || key === retainKeysDirective || !(key in right)) return false
    const meta = mergeMeta(type, key)
    return valuesConflict(left[key], right[key], meta.type, meta.mergeKey)
  })
}
