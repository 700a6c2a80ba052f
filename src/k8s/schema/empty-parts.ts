import { mapKeeping } from '../defaults/fill.ts'

/** The maps and lists that decoding keeps when they are empty, because messages tell an empty one from none. */
const kept: ReadonlySet<string> = new Set(['labels', 'matchLabels', 'matchExpressions', 'values'])

type Json = Record<string, unknown>

function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  for (const _ in value) return false
  return true
}

/**
 * An object, or a part of it, without empty labels and requirements, as it is stored and as Go writes it as JSON; the same one where
 * there are none. @source what etcd gives back
 */
export function withoutEmptyParts<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return mapKeeping(value, withoutEmptyParts) as T
  const object = value as Json
  let changed: Json | undefined
  for (const key in object) {
    const before = object[key]
    if (kept.has(key) && isEmpty(before)) {
      changed ??= { ...object }
      delete changed[key]
      continue
    }
    const after = withoutEmptyParts(before)
    if (after === before) continue
    changed ??= { ...object }
    changed[key] = after
  }
  return (changed ?? value) as T
}
