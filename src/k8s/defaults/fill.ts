/** A field without value: absent, or the zero value that JSON leaves out. */
const isUnset = (value: unknown): boolean => value === undefined || value === null || value === '' || value === 0

// copies by Object.assign, not by spread: V8 is slow with objects that gain fields after one

/** The object with the given fields set where they have no value; the same object when none was missing. */
export function fill<T extends object>(object: T, defaults: Partial<T>): T {
  let result = object
  for (const key in defaults) {
    if (!isUnset(object[key])) continue
    if (result === object) result = Object.assign({}, object)
    result[key] = defaults[key] as T[typeof key]
  }
  return result
}

/** As `fill`, for fields in which 0 and '' are values of their own (pointers in Go). */
export function fillAbsent<T extends object>(object: T, defaults: Partial<T>): T {
  let result = object
  for (const key in defaults) {
    if (object[key] !== undefined && object[key] !== null) continue
    if (result === object) result = Object.assign({}, object)
    result[key] = defaults[key] as T[typeof key]
  }
  return result
}

/** The list with every item changed by `change`; the same list when no item changed. */
export function mapKeeping<T>(list: T[] | undefined, change: (item: T) => T): T[] | undefined {
  if (!list) return list
  let changed = false
  const result = list.map((item) => {
    const next = change(item)
    if (next !== item) changed = true
    return next
  })
  return changed ? result : list
}

/** The object with one field replaced; the same object when the value is the same. */
export function withField<T extends object, K extends keyof T>(object: T, key: K, value: T[K]): T {
  return object[key] === value ? object : Object.assign({}, object, { [key]: value })
}
