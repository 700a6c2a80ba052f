/** A set kept in order; `compare` must tell any two members apart. Members must not change their place while they are in it. */
export interface OrderedSet<T> {
  /** The members, in order. Read only, and only until the next change. */
  readonly items: readonly T[]
  add(item: T): void
  delete(item: T): void
  clear(): void
}

export function createOrderedSet<T>(compare: (a: T, b: T) => number): OrderedSet<T> {
  const items: T[] = []
  /** Where the item is, or belongs. */
  const place = (item: T): number => {
    let low = 0
    let high = items.length
    if (high === 0 || compare(items[high - 1] as T, item) < 0) return high
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(items[middle] as T, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    items,
    add(item) {
      const at = place(item)
      if (at === items.length) items.push(item)
      else if (compare(items[at] as T, item) !== 0) items.splice(at, 0, item)
    },
    delete(item) {
      const at = place(item)
      if (at < items.length && compare(items[at] as T, item) === 0) items.splice(at, 1)
    },
    clear() {
      items.length = 0
    },
  }
}
