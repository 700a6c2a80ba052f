/** Strategic merge patches from two states of an object. @source apimachinery/pkg/util/strategicpatch diffMaps */
import { formatGo } from '../schema/go-format.ts'
import type { FieldType } from '../schema/notation.ts'
import { isObject, type JsonObject, jsonEqual, sortOf } from './json.ts'
import { identityOf } from './list-order.ts'
import { mergeMeta } from './merge-meta.ts'
import { deleteFromListPrefix, noMergeKeyText, patchDirective, retainKeysDirective, setElementOrderPrefix } from './strategic-merge-patch.ts'

/** Which half of the difference is wanted; `unordered` = both, without the order of lists. */
export type DiffOf = 'changes' | 'deletions' | 'both' | 'unordered'

/** Two states of a list that no patch leads from one to the other of. */
export class PatchError extends Error {}

interface ListDiff {
  patch: unknown[]
  deleteFrom: unknown[]
  order: unknown[]
}

const identity = (item: unknown, mergeKey: string): string => String(identityOf(item, mergeKey))

/** Of which original item each modified one is made, −1 of none: items of one key go in pairs. Behind them the original ones that are left. */
function pair(original: readonly unknown[], modified: readonly unknown[], mergeKey: string): { partners: number[]; left: unknown[] } {
  const waiting = new Map<string, number[]>()
  original.forEach((item, i) => {
    const key = identity(item, mergeKey)
    waiting.set(key, [...(waiting.get(key) ?? []), i])
  })
  const partners = modified.map((item) => waiting.get(identity(item, mergeKey))?.shift() ?? -1)
  return { partners, left: original.filter((_, i) => !partners.includes(i)) }
}

const byIdentity =
  (mergeKey: string) =>
  (a: unknown, b: unknown): number => {
    const left = identity(a, mergeKey)
    const right = identity(b, mergeKey)
    return left < right ? -1 : left > right ? 1 : 0
  }

/** The sort that all items have. @source sliceElementType, sortMapsBasedOnField */
function itemSort(original: readonly unknown[], modified: readonly unknown[], mergeKey: string): string {
  const all = [...original, ...modified]
  const sort = sortOf(all[0])
  if (sort === 'slice') throw new PatchError('lists of lists are not supported')
  if (all.some((item) => sortOf(item) !== sort)) throw new PatchError(`list element types are not identical: ${formatGo([original, modified])}`)
  const keyless = sort === 'map' ? all.find((item) => (item as JsonObject)[mergeKey] === undefined) : undefined
  if (keyless) throw new PatchError(noMergeKeyText(keyless, mergeKey))
  return sort
}

function diffListOfMaps(
  original: unknown[],
  modified: unknown[],
  mergeKey: string,
  type: FieldType | undefined,
  of: DiffOf,
  retainKeys: boolean,
): ListDiff {
  const changed: unknown[] = []
  const { partners, left } = pair(original, modified, mergeKey)
  for (const [i, item] of (modified as JsonObject[]).entries()) {
    const at = partners[i] ?? -1
    if (at >= 0) {
      const patch = diffMaps(original[at] as JsonObject, item, type, of, retainKeys)
      if (Object.keys(patch).length) changed.push({ ...patch, [mergeKey]: item[mergeKey] })
    } else if (of !== 'deletions') changed.push(item)
  }
  const gone = of === 'changes' ? [] : (left as JsonObject[])
  const deletions = [...gone].sort(byIdentity(mergeKey)).map((item) => ({ [patchDirective]: 'delete', [mergeKey]: item[mergeKey] }))
  const patch = [...changed, ...deletions]
  const sameOrder = original.length === modified.length && original.every((item, i) => identity(item, mergeKey) === identity(modified[i], mergeKey))
  const ordered = patch.length > 0 || (of !== 'deletions' && !sameOrder)
  return { patch, deleteFrom: [], order: ordered ? (modified as JsonObject[]).map((item) => ({ [mergeKey]: item[mergeKey] })) : [] }
}

function diffListOfScalars(original: unknown[], modified: unknown[], of: DiffOf): ListDiff {
  const added = of === 'deletions' ? [] : modified.filter((item) => !original.includes(item))
  const deleteFrom = of === 'changes' ? [] : original.filter((item) => !modified.includes(item))
  const ordered = deleteFrom.length > 0 || (of !== 'deletions' && !jsonEqual(original, modified))
  return { patch: added, deleteFrom: [...deleteFrom].sort(), order: ordered ? modified : [] }
}

function diffLists(
  original: unknown[],
  modified: unknown[],
  mergeKey: string,
  type: FieldType | undefined,
  of: DiffOf,
  retainKeys: boolean,
): ListDiff {
  if (original.length === 0) return { patch: of === 'deletions' ? [] : modified, deleteFrom: [], order: [] }
  if (itemSort(original, modified, mergeKey) === 'map') return diffListOfMaps(original, modified, mergeKey, type, of, retainKeys)
  return diffListOfScalars(original, modified, of)
}

function diffField(patch: JsonObject, key: string, original: unknown, modified: unknown, type: FieldType | undefined, of: DiffOf): void {
  if (sortOf(original) !== sortOf(modified)) {
    if (of !== 'deletions') patch[key] = modified
    return
  }
  const meta = mergeMeta(type, key)
  if (isObject(modified)) {
    const inner = diffMaps(original as JsonObject, modified, meta.type, of, meta.retainKeys)
    if (Object.keys(inner).length) patch[key] = inner
  } else if (Array.isArray(modified) && meta.mergeKey !== undefined) {
    const list = diffLists(original as unknown[], modified, meta.mergeKey, meta.type, of, meta.retainKeys)
    if (list.patch.length) patch[key] = list.patch
    if (list.deleteFrom.length) patch[`${deleteFromListPrefix}${key}`] = list.deleteFrom
    if (list.order.length && of !== 'unordered') patch[`${setElementOrderPrefix}${key}`] = list.order
  } else if (of !== 'deletions' && !jsonEqual(original, modified)) patch[key] = modified
}

/** The patch that makes `modified` of `original`; `retainKeys`: say which fields may stay. */
export function diffMaps(original: JsonObject, modified: JsonObject, type: FieldType | undefined, of: DiffOf, retainKeys = false): JsonObject {
  const patch: JsonObject = {}
  for (const key of Object.keys(modified)) {
    if (original[key] !== undefined) diffField(patch, key, original[key], modified[key], type, of)
    else if (of !== 'deletions') patch[key] = modified[key]
  }
  const gone = Object.keys(original).filter((key) => modified[key] === undefined)
  if (of !== 'changes') for (const key of gone) patch[key] = null
  const kept = Object.keys(modified).filter((key) => modified[key] !== null)
  if (retainKeys && kept.length && (Object.keys(patch).length || gone.length)) patch[retainKeysDirective] = kept.sort()
  return patch
}
