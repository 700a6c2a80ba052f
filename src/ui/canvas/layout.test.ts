import { expect, test } from 'vitest'
import { layoutCanvas, trayHeightFor } from './layout.ts'

const layout = (paneWidth: number, cards: number, trayHeight = 0) =>
  layoutCanvas({ paneWidth, componentWidths: [140, 180, 140, 140, 140], cardHeights: Array(cards).fill(150), trayHeight })

test.each([300, 390, 700, 970, 1800])('at %i px nothing is wider than the pane and no cards overlap', (paneWidth) => {
  const { components, cards } = layout(paneWidth, 9)
  for (const box of [...components, ...cards]) {
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(paneWidth)
  }
  for (const [at, a] of cards.entries()) {
    for (const b of cards.slice(at + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
      expect(apart).toBe(true)
    }
  }
})

test('a phone gets one column; a wide canvas four or more', () => {
  expect(layout(390, 3).columns).toBe(1)
  expect(layout(970, 3).columns).toBe(4)
})

test('adding a card does not move those that are there', () => {
  expect(layout(970, 4).cards.slice(0, 3)).toEqual(layout(970, 3).cards)
})

test('the boxes of the control plane take the room that is there', () => {
  const { components } = layout(970, 2)
  const [first, last] = [components[0], components.at(-1)]
  expect(components.map(({ width }) => Math.round(width))).toEqual([167, 207, 167, 167, 167])
  expect(Math.round((first?.x ?? 0) + (last?.x ?? 0) + (last?.width ?? 0))).toBe(970)
  expect(layout(3000, 2).components[0]?.width).toBe(240)
})

test('the tray stands above the cards', () => {
  const { tray, cards } = layout(970, 2, 60)
  expect(tray.y + tray.height).toBeLessThan(cards[0]?.y ?? 0)
})

test.each([
  [390, 0, 0],
  [390, 5, 61],
  [390, 6, 102],
  [970, 18, 61],
  [970, 24, 102],
])('the tray of a pane of %i px has rows for %i tiles, and none to spare', (paneWidth, tiles, height) => {
  expect(trayHeightFor(paneWidth, tiles)).toBe(height)
})
