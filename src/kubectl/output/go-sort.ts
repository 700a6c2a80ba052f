/**
 * Sorts in place as Go's `sort.Sort` does, so that equal items stand in the same order: by insertion up to twelve items, else by
 * pattern-defeating quicksort.
 * @source go/src/sort/zsortinterface.go
 */
export function goSort<T>(items: T[], less: (a: T, b: T) => boolean): T[] {
  new GoSort(items, less).sort(0, items.length)
  return items
}

const maxInsertion = 12
const shortestNinther = 50
const maxSwaps = 12
const maxSteps = 5
const shortestShifting = 50

type Hint = 'increasing' | 'decreasing' | undefined

class GoSort<T> {
  constructor(
    private readonly items: T[],
    private readonly isLess: (a: T, b: T) => boolean,
  ) {}

  private less(i: number, j: number): boolean {
    return this.isLess(this.items[i] as T, this.items[j] as T)
  }

  private swap(i: number, j: number): void {
    const item = this.items[i] as T
    this.items[i] = this.items[j] as T
    this.items[j] = item
  }

  sort(from: number, to: number): void {
    let [a, b] = [from, to]
    let balanced = true
    let partitioned = true
    while (b - a > maxInsertion) {
      const length = b - a
      if (!balanced) this.breakPatterns(a, b)
      let { pivot, hint } = this.choosePivot(a, b)
      if (hint === 'decreasing') {
        for (let i = a, j = b - 1; i < j; i++, j--) this.swap(i, j)
        pivot = b - 1 - (pivot - a)
        hint = 'increasing'
      }
      if (balanced && partitioned && hint === 'increasing' && this.partialInsertion(a, b)) return
      if (a > 0 && !this.less(a - 1, pivot)) {
        a = this.partitionEqual(a, b, pivot)
        continue
      }
      const [middle, already] = this.partition(a, b, pivot)
      partitioned = already
      const [left, right] = [middle - a, b - middle]
      balanced = Math.min(left, right) >= Math.floor(length / 8)
      if (left < right) {
        this.sort(a, middle)
        a = middle + 1
      } else {
        this.sort(middle + 1, b)
        b = middle
      }
    }
    for (let i = a + 1; i < b; i++) this.sink(i, a)
  }

  /** Moves an item down to where it belongs, not below `floor`. */
  private sink(from: number, floor: number): void {
    for (let j = from; j > floor && this.less(j, j - 1); j--) this.swap(j, j - 1)
  }

  private partition(a: number, b: number, pivot: number): [middle: number, already: boolean] {
    this.swap(a, pivot)
    let [i, j] = [a + 1, b - 1]
    for (let swapped = false; ; swapped = true) {
      while (i <= j && this.less(i, a)) i++
      while (i <= j && !this.less(j, a)) j--
      if (i > j) {
        this.swap(j, a)
        return [j, !swapped]
      }
      this.swap(i++, j--)
    }
  }

  /** Puts what equals the pivot first; gives where the rest begins. */
  private partitionEqual(a: number, b: number, pivot: number): number {
    this.swap(a, pivot)
    let [i, j] = [a + 1, b - 1]
    for (;;) {
      while (i <= j && !this.less(a, i)) i++
      while (i <= j && this.less(a, j)) j--
      if (i > j) return i
      this.swap(i++, j--)
    }
  }

  /** Sorts what is nearly sorted; false when it is not. */
  private partialInsertion(a: number, b: number): boolean {
    let i = a + 1
    for (let step = 0; step < maxSteps; step++) {
      while (i < b && !this.less(i, i - 1)) i++
      if (i === b) return true
      if (b - a < shortestShifting) return false
      this.swap(i, i - 1)
      if (i - a >= 2) this.sink(i - 1, 0)
      if (b - i >= 2) for (let j = i + 1; j < b && this.less(j, j - 1); j++) this.swap(j, j - 1)
    }
    return false
  }

  /** Scatters some items, by chance that depends on the length alone. */
  private breakPatterns(a: number, b: number): void {
    const length = b - a
    const mask = (1n << BigInt(length.toString(2).length)) - 1n
    let random = BigInt(length)
    const at = a + Math.floor(length / 4) * 2 - 1
    for (let i = 0; i < 3; i++) {
      random = BigInt.asUintN(64, random ^ (random << 13n))
      random ^= random >> 7n
      random = BigInt.asUintN(64, random ^ (random << 17n))
      let other = Number(random & mask)
      if (other >= length) other -= length
      this.swap(at + i, a + other)
    }
  }

  private choosePivot(a: number, b: number): { pivot: number; hint: Hint } {
    let swaps = 0
    const order = (i: number, j: number): [number, number] => {
      if (!this.less(j, i)) return [i, j]
      swaps++
      return [j, i]
    }
    const median = (i: number, j: number, k: number): number => {
      const [low, high] = order(i, j)
      const [middle] = order(high, k)
      return order(low, middle)[1]
    }
    const quarter = Math.floor((b - a) / 4)
    const adjacent = (i: number): number => (b - a >= shortestNinther ? median(i - 1, i, i + 1) : i)
    const pivot = median(adjacent(a + quarter), adjacent(a + quarter * 2), adjacent(a + quarter * 3))
    return { pivot, hint: swaps === 0 ? 'increasing' : swaps === maxSwaps ? 'decreasing' : undefined }
  }
}
