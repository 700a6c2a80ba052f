import { expect, test } from 'vitest'
import { layoutCanvas } from './layout.ts'
import { leastZoom, type Size, wholeViewport, wholeWidth } from './whole-cluster.ts'

function look(pane: Size, cards: number) {
  const layout = layoutCanvas({
    paneWidth: wholeWidth(pane, cards),
    componentWidths: [140, 180, 140, 140, 140],
    cardHeights: Array(cards).fill(150),
    trayHeight: 0,
  })
  return { layout, view: wholeViewport(pane, layout) }
}

const wide = { width: 965, height: 606 }
const phone = { width: 390, height: 345 }

test.each([
  [wide, 20],
  [wide, 100],
  [wide, 500],
  [phone, 20],
  [phone, 100],
])('in a pane of %o all of %i nodes are seen, side by side too', (pane, cards) => {
  const { layout, view } = look(pane, cards)
  for (const { x, y, width, height } of layout.cards) {
    expect(view.x + x * view.zoom).toBeGreaterThanOrEqual(0)
    expect(view.x + (x + width) * view.zoom).toBeLessThanOrEqual(pane.width)
    expect(view.y + (y + height) * view.zoom).toBeLessThanOrEqual(pane.height)
  }
  expect(layout.columns).toBeGreaterThan(1)
})

test('100 nodes are twice as large as in a grid of the pane’s own width', () => {
  const { view } = look(wide, 100)
  expect(view.zoom).toBeGreaterThan(2 * leastZoom)
})

test('two nodes stay as they are', () => {
  expect(wholeWidth(wide, 2)).toBe(wide.width)
  expect(look(wide, 2).view).toMatchObject({ x: 0, zoom: 1 })
})

test('what is too big to be seen at once is seen from its beginning', () => {
  const { view, layout } = look(wide, 5000)
  expect(view.zoom).toBe(leastZoom)
  expect(view.x).toBeCloseTo(0)
  expect(view.y + (layout.components[0]?.y ?? 0) * view.zoom).toBeGreaterThan(0)
})
