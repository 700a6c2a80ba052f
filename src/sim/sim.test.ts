import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cloneState } from './clone.ts'
import { diffTables, emptyDiff, isEmptyDiff, recordChange } from './diff.ts'
import { semanticEqual } from './equal.ts'
import { popHeap, pushHeap, type Timed } from './heap.ts'
import { createNotes } from './notes.ts'
import { createQueueState, createWorkQueue, type QueueHost, type QueueOptions } from './queue.ts'
import { createRandom, seedRandom } from './random.ts'

describe('heap', () => {
  it('gives items by time, then order, then age (SIM-1, SIM-2)', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(3))), (items) => {
        const heap: Timed[] = []
        items.forEach(([atMs, order], seq) => {
          pushHeap(heap, { atMs, order, seq })
        })
        const out = items.map(() => popHeap(heap) as Timed)
        const sorted = items.map(([atMs, order], seq) => ({ atMs, order, seq })).sort((a, b) => a.atMs - b.atMs || a.order - b.order || a.seq - b.seq)
        expect(out).toEqual(sorted)
        expect(popHeap(heap)).toBeUndefined()
      }),
    )
  })
})

describe('random', () => {
  it('is the same for the same seed, and resumes from its state', () => {
    const state = seedRandom(7)
    const random = createRandom(() => state)
    const first = [random.next(), random.next()]
    const kept = cloneState(state)
    const later = [random.int(1000), random.int(1000)]
    const resumed = createRandom(() => kept)
    expect([resumed.int(1000), resumed.int(1000)]).toEqual(later)
    const again = seedRandom(7)
    const other = createRandom(() => again)
    expect([other.next(), other.next()]).toEqual(first)
    expect(seedRandom(8)).not.toEqual(seedRandom(7))
  })
})

describe('diffs', () => {
  it('recorded change by change equal the diff of start and end', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(fc.nat(3), { nil: undefined }))), (changes) => {
        const start = new Map([['a', { v: -1 }]])
        const table = new Map<string, { v: number }>(start)
        const diff = emptyDiff<{ v: number }>()
        for (const [key, v] of changes) {
          const next = v === undefined ? undefined : { v }
          const from = table.get(key)
          if (from === undefined && next === undefined) continue
          recordChange(diff, key, from, next)
          if (next) table.set(key, next)
          else table.delete(key)
        }
        const sort = (m: Map<string, unknown>) => [...m].sort(([x], [y]) => (x < y ? -1 : 1))
        const direct = diffTables(start, table)
        expect(sort(diff.added)).toEqual(sort(direct.added))
        expect(sort(diff.updated)).toEqual(sort(direct.updated))
        expect(sort(diff.removed)).toEqual(sort(direct.removed))
        expect(isEmptyDiff(diff)).toBe(isEmptyDiff(direct))
      }),
    )
  })
})

describe('semanticEqual', () => {
  it('takes absent, null, [] and {} for the same', () => {
    expect(semanticEqual({ a: 1, b: null, c: [] }, { a: 1, d: {} })).toBe(true)
    expect(semanticEqual({ a: [1] }, { a: [] })).toBe(false)
    expect(semanticEqual({ a: '' }, {})).toBe(false)
    expect(semanticEqual({ a: 0 }, {})).toBe(false)
  })
})

describe('cloneState', () => {
  it('shares nothing but what is frozen', () => {
    const frozen = Object.freeze({ x: 1 })
    const state = { map: new Map([['k', { list: [1] }]]), set: new Set([1]), frozen }
    const copy = cloneState(state)
    expect(copy).toEqual(state)
    state.map.get('k')?.list.push(2)
    expect(copy.map.get('k')?.list).toEqual([1])
    expect(copy.frozen).toBe(frozen)
  })
})

describe('notes', () => {
  it('are of one object alone, seen by nothing else, and may change when it is frozen', () => {
    const [notes, others] = [createNotes<{ a: number }, string>(), createNotes<{ a: number }, string>()]
    const object = { a: 1 }
    notes.set(object, 'first')
    Object.freeze(object)
    notes.set(object, 'second')
    expect(notes.get(object)).toBe('second')
    expect(others.get(object)).toBeUndefined()
    for (const copy of [{ ...object }, Object.assign({}, object), structuredClone(object)]) expect(notes.get(copy)).toBeUndefined()
    expect(Reflect.ownKeys(object)).toEqual(['a'])
  })
})

describe('work queue (DS-1.1)', () => {
  function setUp(process: (key: string) => void, options?: Pick<QueueOptions, 'takesMs' | 'workers'>) {
    let now = 0
    let nextId = 1
    let cause = 0
    const timers = new Map<number, { atMs: number; payload: unknown }>()
    const host: QueueHost = {
      now: () => now,
      schedule: (delay, payload) => {
        timers.set(nextId, { atMs: now + delay, payload })
        return nextId++
      },
      cancel: (id) => {
        timers.delete(id)
      },
      cause: () => cause,
      withCause: (c, work) => {
        const before = cause
        cause = c
        try {
          return work()
        } finally {
          cause = before
        }
      },
    }
    const state = createQueueState()
    const queue = createWorkQueue(host, () => state, { name: 'q', process, ...options })
    const run = (untilMs: number) => {
      for (;;) {
        const next = [...timers].sort((a, b) => a[1].atMs - b[1].atMs || a[0] - b[0])[0]
        if (!next || next[1].atMs > untilMs) break
        timers.delete(next[0])
        now = next[1].atMs
        queue.onTimer(next[1].payload)
      }
      now = untilMs
    }
    return { queue, run, host, causeNow: () => cause }
  }

  it('syncs a key once however often it was added, under the first cause', () => {
    const seen: [string, number][] = []
    const { queue, run, host, causeNow } = setUp((key) => seen.push([key, causeNow()]))
    host.withCause(7, () => queue.add('a'))
    host.withCause(8, () => queue.add('a'))
    host.withCause(9, () => queue.add('b'))
    run(10)
    expect(seen).toEqual([
      ['a', 7],
      ['b', 9],
    ])
  })

  it('retries after 5 ms doubling, at most 1000 s, and starts over after a success (T-28)', () => {
    const times: number[] = []
    let fail = 4
    const { queue, run, host } = setUp(() => {
      times.push(host.now())
      if (fail-- > 0) throw new Error('not yet')
    })
    queue.add('a')
    run(1000)
    const waits = () => times.map((t, i) => t - (times[i - 1] ?? t))
    expect(waits()).toEqual([0, 6, 11, 21, 41])
    times.length = 0
    fail = 24
    queue.add('a')
    run(10_000_000)
    // 5 ms · 2^17 = 655 s is the last below the limit
    expect(waits().slice(1, 4)).toEqual([6, 11, 21])
    expect(waits().slice(18)).toEqual([655_361, ...Array(6).fill(1_000_001)])
  })

  it('of several delays the earliest counts', () => {
    const times: number[] = []
    const { queue, run, host } = setUp(() => times.push(host.now()))
    queue.addAfter('a', 500)
    queue.addAfter('a', 100)
    queue.addAfter('a', 900)
    run(2000)
    expect(times).toEqual([101])
  })

  it('a key that is added while it is synced is synced once more afterwards, under the first cause', () => {
    const seen: [string, number, number][] = []
    const { queue, run, host, causeNow } = setUp(
      (key) => {
        seen.push([key, host.now(), causeNow()])
        if (seen.length === 1) queue.add(key)
      },
      { takesMs: () => 30, workers: 2 },
    )
    host.withCause(7, () => queue.add('a'))
    run(20)
    host.withCause(8, () => queue.add('a'))
    host.withCause(9, () => queue.add('b'))
    run(100)
    expect(seen).toEqual([
      ['a', 1, 7],
      ['b', 21, 9],
      ['a', 32, 7],
    ])
  })

  it('whose workers are all busy takes the next key when one of them is done', () => {
    const seen: [string, number][] = []
    const { queue, run, host } = setUp((key) => seen.push([key, host.now()]), { takesMs: () => 30, workers: 2 })
    for (const key of ['a', 'b', 'c', 'd']) queue.add(key)
    run(10)
    queue.add('a')
    run(100)
    expect(seen).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 32],
      ['d', 32],
      ['a', 63],
    ])
  })

  it('a key that failed waits for its back-off, and for its sync to be over', () => {
    const times: number[] = []
    const { queue, run, host } = setUp(
      () => {
        times.push(host.now())
        if (times.length < 4) throw new Error('not yet')
      },
      { takesMs: () => 8 },
    )
    queue.add('a')
    run(100)
    // back-offs of 5, 10 and 20 ms from the failure on; the first of them ends before the sync does
    expect(times).toEqual([1, 10, 21, 42])
  })

  it('lets a programming error through', () => {
    const { queue, run } = setUp(() => {
      throw new TypeError('bug')
    })
    queue.add('a')
    expect(() => run(10)).toThrow('bug')
  })
})
