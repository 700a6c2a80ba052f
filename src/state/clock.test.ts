import { expect, test } from 'vitest'
import { type ClockState, clockStore, presentMs } from './clock.ts'

const clock = (part: Partial<ClockState>): ClockState => ({ ...clockStore.getState(), atMs: 1000, receivedAt: 500, playing: true, speed: 2, ...part })

test('time runs on between frames at the clock’s speed', () => {
  expect(presentMs(clock({}), 600)).toBe(1200)
  expect(presentMs(clock({ playing: false }), 600)).toBe(1000)
})

test('but never past the next change, and not while the engine runs ahead', () => {
  expect(presentMs(clock({ nextChangeAtMs: 1100 }), 900)).toBe(1100)
  expect(presentMs(clock({ progress: 0.5 }), 900)).toBe(1000)
})
