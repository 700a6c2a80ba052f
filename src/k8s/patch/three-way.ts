import { haveConflicts } from './conflicts.ts'
import { diffMaps } from './diff.ts'
import type { JsonObject } from './json.ts'
import { typeOfKind } from './merge-meta.ts'
import { combinePatches } from './strategic-merge-patch.ts'

/**
 * The patch `kubectl apply` sends: additions and changes from `current` (what the server has) to `modified` (the manifest with its
 * last-applied annotation), deletions of what stood in `original` (the last applied manifest) and is gone from `modified`. `{}` when
 * there is nothing to do. @source strategicpatch.CreateThreeWayMergePatch
 */
export function createThreeWayMergePatch(kind: string, original: JsonObject | undefined, modified: JsonObject, current: JsonObject): JsonObject {
  const type = typeOfKind(kind)
  const changes = diffMaps(current, modified, type, 'changes')
  const deletions = original ? diffMaps(original, modified, type, 'deletions') : {}
  return combinePatches(kind, deletions, changes)
}

/** What was changed since the manifest was applied, as a patch. */
export function changesSince(kind: string, original: JsonObject | undefined, current: JsonObject): JsonObject {
  return diffMaps(original ?? {}, current, typeOfKind(kind), 'unordered')
}

/** Whether the patch changes what was changed since to something else. */
export const conflictsWith = (kind: string, patch: JsonObject, changes: JsonObject): boolean => haveConflicts(patch, changes, typeOfKind(kind))

/** The patch that makes `modified` of `original`. @source strategicpatch.CreateTwoWayMergePatch */
export function createTwoWayMergePatch(kind: string, original: JsonObject, modified: JsonObject): JsonObject {
  return diffMaps(original, modified, typeOfKind(kind), 'both')
}
