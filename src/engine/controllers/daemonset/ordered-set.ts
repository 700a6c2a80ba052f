/** A set kept in order; `compare` must tell any two members apart. Members must not change their place while they are in it. */
export interface OrderedSet<T> {
  readonly size: number
  /** The first members, at most `count`. */
  first(count: number): T[]
  /** All members in order. The set must not be changed meanwhile. */
  values(): Iterable<T>
  add(item: T): void
  delete(item: T): void
  clear(): void
}

/**
 * An array with free room in front: adding and removing moves the shorter side, so work at either end is cheap, in the middle it is a copy
 * of part of the array.
 */
export function createOrderedSet<T>(compare: (a: T, b: T) => number): OrderedSet<T> {
  const items: (T | undefined)[] = []
  let start = 0

  /** Where the item is, or belongs. */
  const place = (item: T): number => {
    let low = start
    let high = items.length
    if (high === low || compare(items[high - 1] as T, item) < 0) return high
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(items[middle] as T, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  const isAt = (at: number, item: T) => at < items.length && compare(items[at] as T, item) === 0

  return {
    get size() {
      return items.length - start
    },
    first: (count) => items.slice(start, start + Math.max(0, count)) as T[],
    *values() {
      for (let i = start; i < items.length; i++) yield items[i] as T
    },
    add(item) {
      const at = place(item)
      if (isAt(at, item)) return
      if (start === 0 || at - start > items.length - at) {
        items.splice(at, 0, item)
        return
      }
      for (let i = start; i < at; i++) items[i - 1] = items[i]
      items[at - 1] = item
      start--
    },
    delete(item) {
      const at = place(item)
      if (!isAt(at, item)) return
      if (at - start > items.length - at) {
        items.splice(at, 1)
        return
      }
      for (let i = at; i > start; i--) items[i] = items[i - 1]
      items[start++] = undefined
      if (start === items.length) this.clear()
    },
    clear() {
      items.length = 0
      start = 0
    },
  }
}
