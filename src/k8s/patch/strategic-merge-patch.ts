/**
 * Strategic merge patches: as merge patches, but lists whose items have a key are merged item by item, and directives (`$patch`,
 * `$retainKeys`, `$setElementOrder/…`, `$deleteFromPrimitiveList/…`) say what else to do.
 * @source apimachinery/pkg/util/strategicpatch/patch.go
 */
import { ApiError } from '../api-error.ts'
import { formatGo } from '../schema/go-format.ts'
import type { FieldType } from '../schema/notation.ts'
import { goName, isObject, type JsonObject, jsonEqual, sortOf } from './json.ts'
import { identityOf, indexOfItem, normalizeElementOrder } from './list-order.ts'
import { mergeMeta, typeOfKind } from './merge-meta.ts'

export const patchDirective = '$patch'
export const retainKeysDirective = '$retainKeys'
export const setElementOrderPrefix = '$setElementOrder/'
export const deleteFromListPrefix = '$deleteFromPrimitiveList/'

/** `apply`: the target is an object. `combine`: both are patches, whose directives and nulls must survive (kubectl apply). */
type Mode = 'apply' | 'combine'

const isDirective = (key: string): boolean =>
  key === patchDirective || key === retainKeysDirective || key.startsWith(setElementOrderPrefix) || key.startsWith(deleteFromListPrefix)

const badSetElementOrder = (): ApiError => new ApiError('BadRequest', 'invalid patch format of $setElementOrder list')
const badRetainKeys = (): ApiError => new ApiError('BadRequest', 'invalid patch format of retainKeys')
const badDirective = (directive: unknown, patch: unknown): ApiError =>
  new ApiError('Unknown', `unknown patch type: ${formatGo(directive)} in map: ${formatGo(patch)}`)
/** What is wrong with an item of a merged list that has no merge key. */
export const noMergeKeyText = (item: unknown, key: string): string => `map: ${formatGo(item)} does not contain declared merge key: ${key}`
const noMergeKey = (item: unknown, key: string): ApiError => new ApiError('Unknown', noMergeKeyText(item, key))

/** `{$patch: …}`: where there is nothing to be done to, it is dropped whole. */
const isOrder = (value: unknown): boolean => isObject(value) && value[patchDirective] !== undefined

/** A value that is new to the target: without directives and without nulls. @source strategicpatch dropDirectives */
function adopt(value: unknown, mode: Mode): unknown {
  if (mode === 'combine') return value
  if (Array.isArray(value)) return value.filter((item) => !isOrder(item)).map((item) => adopt(item, mode))
  if (!isObject(value)) return value
  const result: JsonObject = {}
  for (const key of Object.keys(value)) if (!isDirective(key) && value[key] !== null && !isOrder(value[key])) result[key] = adopt(value[key], mode)
  return result
}

function retain(target: JsonObject, patch: JsonObject, mode: Mode): JsonObject {
  const keys = patch[retainKeysDirective]
  if (keys === undefined) return target
  if (!Array.isArray(keys)) throw badRetainKeys()
  if (mode === 'combine') {
    const own = target[retainKeysDirective]
    if (own !== undefined && !jsonEqual(own, keys)) throw badRetainKeys()
    return { ...target, [retainKeysDirective]: keys }
  }
  const stray = Object.keys(patch).some((key) => patch[key] !== null && !isDirective(key) && !keys.includes(key))
  if (stray) throw badRetainKeys()
  return Object.fromEntries(Object.entries(target).filter(([key]) => keys.includes(key)))
}

/** Items of a list with `$patch` among them. Gives the target without the deleted ones and the patch without directives. */
function takeDirectives(target: unknown[], patch: unknown[], mergeKey: string): { target: unknown[]; patch: unknown[] } {
  let kept = target
  let replaces = false
  const plain: unknown[] = []
  for (const item of patch) {
    if (!isObject(item) || item[patchDirective] === undefined) plain.push(item)
    else if (item[patchDirective] === 'replace') replaces = true
    else if (item[patchDirective] === 'delete') {
      const identity = item[mergeKey]
      if (identity === undefined) throw noMergeKey(item, mergeKey)
      kept = kept.filter((other) => !jsonEqual(identityOf(other, mergeKey), identity))
    } else if (item[patchDirective] === 'merge') throw new ApiError('Unknown', 'merging lists cannot yet be specified in the patch')
    else throw badDirective(item[patchDirective], item)
  }
  return replaces ? { target: plain, patch: [] } : { target: kept, patch: plain }
}

function mergeItems(target: unknown[], patch: unknown[], mergeKey: string, type: FieldType | undefined, mode: Mode): unknown[] {
  const result = [...target]
  for (const item of patch) {
    const identity = isObject(item) ? item[mergeKey] : undefined
    if (identity === undefined) throw noMergeKey(item, mergeKey)
    const at = result.findIndex((other) => jsonEqual(identityOf(other, mergeKey), identity))
    if (at < 0) result.push(adopt(item, mode))
    else result[at] = mergeMap(result[at] as JsonObject, item as JsonObject, type, mode)
  }
  return result
}

/** Items are of one sort, in the list as in the patch. @source strategicpatch sliceElementType */
function checkItems(target: unknown[], patch: unknown[]): void {
  const sorts = new Set([...target, ...patch].map(sortOf))
  if (sorts.size > 1) throw new ApiError('Unknown', `list element types are not identical: ${formatGo([target, patch])}`)
}

function mergeList(target: unknown[], patch: unknown[], mergeKey: string, type: FieldType | undefined, mode: Mode): unknown[] {
  checkItems(target, patch)
  if (mergeKey === '') {
    const both = [...target, ...patch]
    const merged = both.filter((item, i) => both.indexOf(item) === i)
    return normalizeElementOrder(merged, patch, target, '')
  }
  const plain = takeDirectives(target, patch, mergeKey)
  const merged = mergeItems(plain.target, plain.patch, mergeKey, type, mode)
  return normalizeElementOrder(merged, plain.patch, plain.target, mergeKey)
}

/** What a patch sends must stand as its own order says. @source validatePatchWithSetOrderList */
function checkOrder(sent: unknown[], order: unknown[], mergeKey: string): void {
  const kept = sent.filter((item) => !isObject(item) || item[patchDirective] !== 'delete')
  let matched = 0
  for (const place of order) if (matched < kept.length && jsonEqual(identityOf(kept[matched], mergeKey), identityOf(place, mergeKey))) matched++
  if (!order.length || matched === kept.length) return
  throw new ApiError('Unknown', `The order in patch list:\n${formatGo(sent)}\n doesn't match $setElementOrder list:\n${formatGo(order)}\n`)
}

/**
 * The order that what only the server has keeps. Deleting shifts the stored list in place, and what is new is appended to it in place as far
 * as there is room: it counts as stored then. @source deleteMatchingEntries, mergeSliceWithoutSpecialElements
 */
function orderAfter(stored: unknown[], sent: unknown[], mergeKey: string): unknown[] {
  if (!sent.some((item) => isObject(item) && item[patchDirective] === 'delete')) return stored
  const { target, patch } = takeDirectives(stored, sent, mergeKey)
  const added = patch.filter((item) => indexOfItem(target, item, mergeKey) < 0)
  return [...target, ...added].slice(0, stored.length)
}

/** The fields of the patch that come with an order are merged first; what is left of the patch is given back. */
function mergeOrdered(target: JsonObject, patch: JsonObject, type: FieldType | undefined, mode: Mode): { target: JsonObject; patch: JsonObject } {
  const result = { ...target }
  const rest = { ...patch }
  for (const directive of Object.keys(patch)) {
    if (!directive.startsWith(setElementOrderPrefix)) continue
    const order = patch[directive]
    if (!Array.isArray(order)) throw new ApiError('Unknown', `expected a []interface {}, but received a ${isObject(order) ? 'map' : typeof order}`)
    delete rest[directive]
    if (mode === 'combine') {
      const own = target[directive]
      if (own !== undefined && !jsonEqual(own, order)) throw badSetElementOrder()
      result[directive] = order
    }
    const key = directive.slice(setElementOrderPrefix.length)
    const meta = mergeMeta(type, key)
    const mergeKey = meta.mergeKey ?? ''
    const stored = Array.isArray(target[key]) ? (target[key] as unknown[]) : undefined
    const sent = Array.isArray(patch[key]) ? (patch[key] as unknown[]) : undefined
    if (!stored && !sent) continue
    if (sent) checkOrder(sent, order, mergeKey)
    const merged = sent ? mergeList(stored ?? [], sent, mergeKey, meta.type, mode) : (stored as unknown[])
    result[key] = normalizeElementOrder(merged, order, orderAfter(stored ?? [], sent ?? [], mergeKey), mergeKey)
    delete rest[key]
  }
  return { target: result, patch: rest }
}

function mergeField(result: JsonObject, key: string, value: unknown, type: FieldType | undefined, mode: Mode): void {
  if (key.startsWith(deleteFromListPrefix)) {
    if (mode === 'combine') result[key] = value
    const list = key.slice(deleteFromListPrefix.length)
    if (mode === 'apply' && Array.isArray(result[list]) && Array.isArray(value)) {
      result[list] = (result[list] as unknown[]).filter((item) => !value.includes(item))
    }
    return
  }
  if (value === null) {
    delete result[key]
    if (mode === 'combine') result[key] = null
    return
  }
  const stored = result[key]
  if (stored === undefined && mode === 'apply' && isOrder(value)) return
  if (stored === undefined || sortOf(stored) !== sortOf(value)) {
    result[key] = adopt(value, mode)
    return
  }
  const meta = mergeMeta(type, key)
  if (isObject(value)) result[key] = mergeMap(stored as JsonObject, value, meta.type, mode)
  else if (Array.isArray(value) && meta.mergeKey !== undefined) result[key] = mergeList(stored as unknown[], value, meta.mergeKey, meta.type, mode)
  else result[key] = value
}

function mergeMap(target: JsonObject, patch: JsonObject, type: FieldType | undefined, mode: Mode): JsonObject {
  const directive = patch[patchDirective]
  if (directive === 'replace') {
    const { [patchDirective]: _, ...value } = patch
    return value
  }
  if (directive === 'delete') return {}
  if (directive !== undefined) throw badDirective(directive, patch)
  const ordered = mergeOrdered(retain(target, patch, mode), patch, type, mode)
  const result = ordered.target
  for (const key of Object.keys(ordered.patch)) if (key !== retainKeysDirective) mergeField(result, key, ordered.patch[key], type, mode)
  return result
}

/** The object of this kind after the patch; neither is touched. Throws ApiError with the API server's words for a malformed patch. */
export function applyStrategicMergePatch<T>(kind: string, target: T, patch: unknown): T {
  if (patch === null) return target
  if (!isObject(patch)) throw new ApiError('BadRequest', `json: cannot unmarshal ${goName(patch)} into Go value of type map[string]interface {}`)
  return mergeMap(target as JsonObject, patch, typeOfKind(kind), 'apply') as T
}

/** Two patches of the same object as one: the first's deletions with the second's changes. @source CreateThreeWayMergePatch */
export function combinePatches(kind: string, deletions: JsonObject, changes: JsonObject): JsonObject {
  return mergeMap(deletions, changes, typeOfKind(kind), 'combine')
}
