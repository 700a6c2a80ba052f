import { LastFoundMap } from './last-found-map.ts'

/**
 * A copy of plain state (objects, arrays, Map, Set) that shares nothing mutable with it. Frozen objects are shared:
 * frozen means immutable here.
 */
export function cloneState<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (Array.isArray(value)) return value.map(cloneState) as T
  if (value instanceof Map) {
    const copy = value instanceof LastFoundMap ? new LastFoundMap<unknown>() : new Map<unknown, unknown>()
    for (const [k, v] of value) copy.set(k, cloneState(v))
    return copy as T
  }
  if (value instanceof Set) return new Set(value) as T
  const copy: Record<string, unknown> = {}
  for (const key in value) copy[key] = cloneState((value as Record<string, unknown>)[key])
  return copy as T
}
