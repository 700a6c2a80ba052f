import { expect, test } from 'vitest'
import { cellAt, cellPlace, fitGrid } from './map-grid.ts'

test.each([
  [965, 480, 401],
  [965, 480, 5002],
  [965, 480, 15_000],
  [366, 220, 5002],
])('in %i by %i all of %i cells have room, and each is found where it is drawn', (width, height, count) => {
  const grid = fitGrid(width, height, count)
  for (const at of [0, 1, grid.columns - 1, grid.columns, count - 1]) {
    const [x, y] = cellPlace(grid, at)
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + grid.cell).toBeLessThanOrEqual(width)
    expect(y + grid.cell).toBeLessThanOrEqual(height)
    expect(cellAt(grid, x + grid.cell / 2, y + grid.cell / 2, count)).toBe(at)
  }
})

test('beside the cells there is none', () => {
  const grid = fitGrid(100, 100, 5)
  expect(cellAt(grid, grid.left - 1, 5, 5)).toBeUndefined()
  expect(cellAt(grid, 50, 99, 5)).toBeUndefined()
})
