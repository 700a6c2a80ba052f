/** What a queue needs of its surroundings: timers and causes. */
export interface QueueHost {
  now(): number
  schedule(delayMs: number, payload: QueuePayload): number
  cancel(id: number): void
  cause(): number
  withCause<T>(cause: number, work: () => T): T
}

export interface QueuePayload {
  readonly queue: string
  readonly key?: string
  /** The key whose sync is over. */
  readonly done?: string
  readonly [other: string]: string | undefined
}

/** All of a queue's memory, as plain data. */
export interface QueueState {
  /** Waiting keys in order, each with the cause that put it in first. */
  waiting: Map<string, number>
  /** Failures in a row by key. */
  failures: Map<string, number>
  /** Delayed adds: key to timer and time. */
  delayed: Map<string, { timer: number; atMs: number }>
  /** Keys that are being synced, each with the cause that added it meanwhile, if one did. */
  processing: Map<string, number | undefined>
  /** Whether the timer that takes the next key is set. */
  awake: boolean
}

export function createQueueState(): QueueState {
  return { waiting: new Map(), failures: new Map(), delayed: new Map(), processing: new Map(), awake: false }
}

export interface WorkQueue {
  /** Adds a key unless it already waits. */
  add(key: string): void
  /** Adds a key after a delay; of several delays for one key the earliest counts. */
  addAfter(key: string, delayMs: number): void
  /** Handles one of the queue's own timers; false when the payload is not this queue's. */
  onTimer(payload: unknown): boolean
}

export interface QueueOptions {
  name: string
  /** Syncs one key. Throwing puts the key back, after 5 ms · 2^failures, at most 1000 s. */
  process(key: string): void
  /** Time between a key's arrival and its sync, ms. Default 1. */
  delayMs?: number
  /**
   * Whole ms that a sync takes which begins now; what it writes, it writes at once. Its worker has no time for another key meanwhile, and a
   * key that is added again is synced once more afterwards (DS-1.1). Default 0.
   */
  takesMs?: () => number
  /** How many keys are synced at a time, none of them seeing what the others do. Default 1. */
  workers?: number
}

const isProgrammingError = (error: unknown): boolean => error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError

/**
 * A de-duplicating work queue with per-key back-off: each key is synced under the cause that enqueued it.
 * Not modelled: the overall token bucket of 10/s burst 100 (no visible difference here).
 * @source client-go/util/workqueue; DS-1.1
 */
export function createWorkQueue(host: QueueHost, state: () => QueueState, options: QueueOptions): WorkQueue {
  const { name, process, delayMs = 1, takesMs, workers = 1 } = options
  const wake = () => {
    const s = state()
    if (s.awake || s.waiting.size === 0 || s.processing.size >= workers) return
    s.awake = true
    host.schedule(delayMs, { queue: name })
  }
  const add = (key: string) => {
    const s = state()
    if (s.processing.has(key)) {
      if (s.processing.get(key) === undefined) s.processing.set(key, host.cause())
      return
    }
    if (!s.waiting.has(key)) s.waiting.set(key, host.cause())
    wake()
  }
  const addAfter = (key: string, ms: number) => {
    if (ms <= 0) return add(key)
    const s = state()
    const atMs = host.now() + ms
    const earlier = s.delayed.get(key)
    if (earlier) {
      if (earlier.atMs <= atMs) return
      host.cancel(earlier.timer)
    }
    s.delayed.set(key, { timer: host.schedule(ms, { queue: name, key }), atMs })
  }
  const finish = (key: string) => {
    const s = state()
    const cause = s.processing.get(key)
    s.processing.delete(key)
    if (cause !== undefined) s.waiting.set(key, cause)
  }
  const takeOne = () => {
    const s = state()
    const next = s.waiting.entries().next()
    if (next.done) return
    const [key, cause] = next.value
    s.waiting.delete(key)
    s.processing.set(key, undefined)
    host.withCause(cause, () => {
      try {
        process(key)
        s.failures.delete(key)
      } catch (error) {
        if (isProgrammingError(error)) throw error
        const failures = s.failures.get(key) ?? 0
        s.failures.set(key, failures + 1)
        addAfter(key, Math.min(5 * 2 ** failures, 1_000_000))
      }
      const ms = takesMs?.() ?? 0
      if (ms > 0) host.schedule(ms, { queue: name, done: key })
      else finish(key)
    })
  }
  const take = () => {
    const s = state()
    s.awake = false
    for (let i = Math.min(workers - s.processing.size, s.waiting.size); i > 0; i--) takeOne()
    wake()
  }
  return {
    add,
    addAfter,
    onTimer(payload) {
      const p = payload as Partial<QueuePayload> | null
      if (typeof p !== 'object' || p?.queue !== name) return false
      if (p.done !== undefined) {
        finish(p.done)
        wake()
      } else if (p.key === undefined) take()
      else {
        state().delayed.delete(p.key)
        add(p.key)
      }
      return true
    },
  }
}
