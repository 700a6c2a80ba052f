import { mapKeeping } from '#k8s/defaults/fill.ts'

/** The maps that decoding keeps when they are empty, because messages tell an empty one from none. */
const kept: ReadonlySet<string> = new Set(['labels', 'matchLabels'])

type Json = Record<string, unknown>

function isEmptyObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  for (const _ in value) return false
  return true
}

/** A part of an object as it is stored, without empty maps of labels; the same one where there are none. @source what etcd gives back */
export function withoutEmptyMaps<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return mapKeeping(value, withoutEmptyMaps) as T
  const object = value as Json
  let changed: Json | undefined
  for (const key in object) {
    const before = object[key]
    if (kept.has(key) && isEmptyObject(before)) {
      changed ??= { ...object }
      delete changed[key]
      continue
    }
    const after = withoutEmptyMaps(before)
    if (after === before) continue
    changed ??= { ...object }
    changed[key] = after
  }
  return (changed ?? value) as T
}
