import { isObject, type JsonObject } from './json.ts'

/** JSON merge patch (RFC 7386): null removes a field, objects are merged, everything else is replaced. The target is not touched. */
export function applyMergePatch<T>(target: T, patch: unknown): T {
  if (!isObject(patch)) return patch as T
  const result: JsonObject = isObject(target) ? { ...target } : {}
  for (const key of Object.keys(patch)) {
    if (patch[key] === null) delete result[key]
    else result[key] = applyMergePatch(result[key], patch[key])
  }
  return result as T
}
