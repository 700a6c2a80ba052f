/**
 * A set kept in order; `compare` must tell any two members apart. Members must not change their place while they are in it. An array with
 * free room in front: adding and removing moves the shorter side, so work at either end is cheap, in the middle it is a copy of part of it.
 */
export class OrderedSet<T> {
  private readonly compare: (a: T, b: T) => number
  private readonly items: (T | undefined)[] = []
  private start = 0

  constructor(compare: (a: T, b: T) => number) {
    this.compare = compare
  }

  get size(): number {
    return this.items.length - this.start
  }

  /** The first members, at most `count`. */
  first(count: number): T[] {
    return this.items.slice(this.start, this.start + Math.max(0, count)) as T[]
  }

  /** All members in order. The set must not be changed meanwhile. */
  *values(): Iterable<T> {
    for (let i = this.start; i < this.items.length; i++) yield this.items[i] as T
  }

  add(item: T): void {
    const { items, start } = this
    const at = this.place(item)
    if (this.isAt(at, item)) return
    if (start === 0 || at - start > items.length - at) {
      items.splice(at, 0, item)
      return
    }
    for (let i = start; i < at; i++) items[i - 1] = items[i]
    items[at - 1] = item
    this.start--
  }

  delete(item: T): void {
    const { items, start } = this
    const at = this.place(item)
    if (!this.isAt(at, item)) return
    if (at - start > items.length - at) {
      items.splice(at, 1)
      return
    }
    for (let i = at; i > start; i--) items[i] = items[i - 1]
    items[this.start++] = undefined
    if (this.start === items.length) this.clear()
  }

  clear(): void {
    this.items.length = 0
    this.start = 0
  }

  /** Where the item is, or belongs. */
  private place(item: T): number {
    const { items, compare } = this
    let low = this.start
    let high = items.length
    if (high === low || compare(items[high - 1] as T, item) < 0) return high
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(items[middle] as T, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  private isAt(at: number, item: T): boolean {
    return at < this.items.length && this.compare(this.items[at] as T, item) === 0
  }
}
