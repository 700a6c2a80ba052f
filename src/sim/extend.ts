/**
 * A copy of the object with more fields: `{ ...object, ...fields }` for fields that the object may lack. (Where a literal begins with a
 * spread, V8 up to 2024 gives each object that gains a field a hidden class of its own: slow to make, and slow to read ever after.)
 */
export function extend<T extends object, F extends object>(object: T, fields: F): T & F {
  return Object.assign({}, object, fields)
}
