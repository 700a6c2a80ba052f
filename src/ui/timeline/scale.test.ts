import { expect, test } from 'vitest'
import { createFoldedScale } from './scale.ts'

test('the axis rises with time from 0 to 1', () => {
  const scale = createFoldedScale([100, 200, 60_000], 70_000)
  const shares = [0, 50, 100, 150, 200, 30_000, 60_000, 70_000].map(scale.at)
  expect([...shares].sort((a, b) => a - b)).toEqual(shares)
  expect(shares[0]).toBe(0)
  expect(shares.at(-1)).toBeCloseTo(1)
})

test('a quiet minute takes less room than its share of time', () => {
  const scale = createFoldedScale([1000, 2000, 3000, 63_000], 64_000)
  expect(scale.at(63_000) - scale.at(3000)).toBeLessThan(0.75)
})

test('ticks keep their distance', () => {
  const { ticks } = createFoldedScale(
    Array.from({ length: 500 }, (_, at) => at * 10),
    6000,
  )
  for (const [at, tick] of ticks.entries()) if (at > 0) expect(tick.share - (ticks[at - 1]?.share ?? 0)).toBeGreaterThan(0.1)
})

test('no second is written twice', () => {
  const { ticks } = createFoldedScale([150, 400, 900, 1500], 2000)
  const seconds = ticks.map(({ ms }) => Math.floor(ms / 1000))
  expect(seconds).toEqual([...new Set(seconds)])
})

test('the times that are written on a short axis leave each other more room', () => {
  const { ticks } = createFoldedScale(
    Array.from({ length: 60 }, (_, at) => at * 1000),
    60_000,
  )
  const major = ticks.filter((tick) => tick.major)
  expect(major.length).toBeGreaterThan(1)
  expect(major.length).toBeLessThan(ticks.length)
  for (const [at, tick] of major.entries()) if (at > 0) expect(tick.share - (major[at - 1]?.share ?? 0)).toBeGreaterThan(0.25)
  expect(major.at(-1)?.share).toBeLessThan(0.75)
})
