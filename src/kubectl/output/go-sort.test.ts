import { expect, test } from 'vitest'
import { goSort } from './go-sort.ts'

/** What 49 events of a cluster were sorted by (rank of the reason), and the order in which kubectl 1.36 showed them (`get ev -A --sort-by=.reason`). */
const ranks = [
  3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 4, 1, 3, 3, 4, 4, 0, 0, 3, 1, 1, 1, 1, 3, 3, 3, 4, 4, 4, 3, 3, 3, 4, 4, 4, 5, 5, 5, 2, 2, 2, 2, 2, 2, 2, 3, 4,
]
const shown = [
  19, 18, 13, 24, 23, 22, 21, 46, 41, 44, 43, 42, 45, 40, 47, 4, 14, 31, 0, 5, 20, 15, 3, 2, 1, 25, 26, 27, 33, 32, 12, 10, 29, 28, 34, 35, 36, 48, 6,
  7, 17, 16, 8, 30, 9, 11, 39, 38, 37,
]

const byRank = (keys: readonly number[]) =>
  goSort(
    keys.map((key, at) => ({ key, at })),
    (a, b) => a.key < b.key,
  )

test('equal items stand as the real kubectl has them', () => {
  expect(byRank(ranks).map((i) => i.at)).toEqual(shown)
})

test('up to twelve items, equal ones stay in order', () => {
  expect(byRank([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]).map((i) => i.at)).toEqual([1, 3, 5, 7, 9, 11, 0, 2, 4, 6, 8, 10])
})

test('any number of items, of any pattern, comes out sorted', () => {
  const patterns: ((i: number, n: number) => number)[] = [
    (i) => i,
    (i, n) => n - i,
    (i) => i % 7,
    (i) => (i * 7919) % 1009,
    (i, n) => Math.abs(i - n / 2),
    () => 0,
  ]
  for (const n of [0, 1, 13, 49, 50, 120, 700])
    for (const pattern of patterns) {
      const keys = Array.from({ length: n }, (_, i) => pattern(i, n))
      const sorted = byRank(keys)
      expect(sorted.map((i) => i.key)).toEqual([...keys].sort((a, b) => a - b))
      expect(new Set(sorted.map((i) => i.at)).size).toBe(n)
    }
})
