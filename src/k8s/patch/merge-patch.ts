import { isObject, type JsonObject } from './json.ts'

/** A list as the API server takes it over: without nulls, also those deeper in it. @source evanphx/json-patch merge.go pruneAryNils */
const withoutNulls = (value: unknown): unknown =>
  Array.isArray(value) ? value.filter((item) => item !== null).map((item) => applyMergePatch({}, item)) : value

/** JSON merge patch (RFC 7386): null removes a field, objects are merged, everything else is replaced. The target is not touched. */
export function applyMergePatch<T>(target: T, patch: unknown): T {
  if (!isObject(patch)) return withoutNulls(patch) as T
  const result: JsonObject = isObject(target) ? { ...target } : {}
  for (const key of Object.keys(patch)) {
    if (patch[key] === null) delete result[key]
    else result[key] = applyMergePatch(result[key], patch[key])
  }
  return result as T
}
