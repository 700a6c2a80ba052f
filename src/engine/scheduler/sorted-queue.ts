import { popHeap, pushHeap, type Timed } from '#sim/heap.ts'

/**
 * A priority queue as plain data for items that mostly arrive in order: those go to the end of a sorted run, which costs nothing, the others to
 * a heap.
 */
export interface SortedQueue<T extends Timed> {
  run: (T | undefined)[]
  head: number
  readonly heap: T[]
}

const compactAt = 1_000

export function createSortedQueue<T extends Timed>(): SortedQueue<T> {
  return { run: [], head: 0, heap: [] }
}

function isBefore(a: Timed, b: Timed): boolean {
  if (a.atMs !== b.atMs) return a.atMs < b.atMs
  return a.order === b.order ? a.seq < b.seq : a.order < b.order
}

export function pushSorted<T extends Timed>(queue: SortedQueue<T>, item: T): void {
  const { run, head } = queue
  const last = run[run.length - 1]
  if (head < run.length && last && isBefore(item, last)) pushHeap(queue.heap, item)
  else run.push(item)
}

export function peekSorted<T extends Timed>({ run, head, heap }: SortedQueue<T>): T | undefined {
  const first = run[head]
  const other = heap[0]
  if (!first || !other) return first ?? other
  return isBefore(other, first) ? other : first
}

/** Removes what peekSorted shows. */
export function popSorted<T extends Timed>(queue: SortedQueue<T>): void {
  const { run, head, heap } = queue
  if (run[head] === undefined || peekSorted(queue) !== run[head]) {
    popHeap(heap)
    return
  }
  run[head] = undefined
  queue.head = head + 1
  if (queue.head === run.length) {
    queue.run = []
    queue.head = 0
  } else if (queue.head >= compactAt && queue.head * 2 > run.length) {
    queue.run = run.slice(queue.head)
    queue.head = 0
  }
}

export function isEmptySorted({ run, head, heap }: SortedQueue<Timed>): boolean {
  return head >= run.length && heap.length === 0
}
