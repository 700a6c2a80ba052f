import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WorkerMessage } from './messages.ts'
import { createWorkerTransport } from './worker-transport.ts'

/** A worker that says its first word, and answers as long as it lives. */
class TestWorker {
  onmessage: ((event: { data: WorkerMessage }) => void) | null = null
  onerror: unknown = null
  asked = 0
  lives = true
  terminate(): void {
    this.lives = false
  }
  say(data: WorkerMessage): void {
    this.onmessage?.({ data })
  }
  postMessage({ type }: { type: string }): void {
    if (type !== 'alive') return
    this.asked += 1
    if (this.lives) this.say({ type: 'alive' })
  }
}

const workers: TestWorker[] = []
let seen = true
const told: WorkerMessage[] = []

function begin() {
  const transport = createWorkerTransport(
    () => {
      workers.push(new TestWorker())
      return workers.at(-1) as unknown as Worker
    },
    () => seen,
  )
  transport.subscribe((message) => told.push(message))
  return transport
}

const silences = () => told.flatMap((message) => (message.type === 'silence' ? [message.silent] : []))
const newest = () => workers.at(-1) as TestWorker

beforeEach(() => {
  vi.useFakeTimers()
  seen = true
})
afterEach(() => {
  vi.useRealTimers()
  workers.length = 0
  told.length = 0
})

test('a worker that answers is asked now and then, and nothing is told', () => {
  const transport = begin()
  newest().say({ type: 'ready' })
  vi.advanceTimersByTime(120_000)
  expect(newest().asked).toBeGreaterThan(10)
  expect(told).toEqual([{ type: 'ready' }])
  transport.close()
})

test('a worker that was killed without a word is reported once, and one that was only busy takes it back', () => {
  const transport = begin()
  newest().say({ type: 'ready' })
  newest().lives = false
  vi.advanceTimersByTime(8000)
  expect(silences()).toEqual([])
  vi.advanceTimersByTime(60_000)
  expect(silences()).toEqual([true])
  expect(newest().asked).toBe(1)
  newest().lives = true
  newest().say({ type: 'alive' })
  expect(silences()).toEqual([true, false])
  transport.close()
})

test('one that still loads its script, and a page that nobody sees, are no silence', () => {
  const transport = begin()
  newest().lives = false
  vi.advanceTimersByTime(60_000)
  newest().say({ type: 'ready' })
  seen = false
  vi.advanceTimersByTime(60_000)
  expect(silences()).toEqual([])
  seen = true
  vi.advanceTimersByTime(8000)
  expect(silences()).toEqual([])
  transport.close()
})

test('another one in its place begins unsuspected', () => {
  const transport = begin()
  newest().say({ type: 'ready' })
  newest().lives = false
  vi.advanceTimersByTime(30_000)
  transport.restart()
  expect(silences()).toEqual([true, false])
  newest().say({ type: 'ready' })
  vi.advanceTimersByTime(60_000)
  expect(silences()).toEqual([true, false])
  transport.close()
  vi.advanceTimersByTime(60_000)
  expect(workers).toHaveLength(2)
})
