/** What the heap orders: earlier `atMs` first, then lower `order`, then lower `seq` (the order of scheduling). */
export interface Timed {
  readonly atMs: number
  readonly order: number
  readonly seq: number
}

function before(a: Timed, b: Timed): boolean {
  if (a.atMs !== b.atMs) return a.atMs < b.atMs
  return a.order === b.order ? a.seq < b.seq : a.order < b.order
}

/** Adds an item to a binary heap kept in a plain array. */
export function pushHeap<T extends Timed>(heap: T[], item: T): void {
  let at = heap.length
  heap.push(item)
  while (at > 0) {
    const up = (at - 1) >> 1
    const parent = heap[up] as T
    if (!before(item, parent)) break
    heap[at] = parent
    at = up
  }
  heap[at] = item
}

/** Removes and returns the first item, or undefined when the heap is empty. */
export function popHeap<T extends Timed>(heap: T[]): T | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (first === undefined || last === undefined || heap.length === 0) return first
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && before(heap[child + 1] as T, heap[child] as T)) child++
    if (!before(heap[child] as T, last)) break
    heap[at] = heap[child] as T
    at = child
  }
  heap[at] = last
  return first
}
