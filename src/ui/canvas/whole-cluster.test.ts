import { expect, test } from 'vitest'
import { layoutCanvas } from './layout.ts'
import { hasRoomForComponents, leastZoom, type Size, wholeViewport, wholeWidth } from './whole-cluster.ts'

function look(pane: Size, cards: number) {
  const layout = layoutCanvas({
    paneWidth: wholeWidth(pane, cards),
    componentWidths: hasRoomForComponents(pane.height) ? [140, 180, 140, 140, 140] : [],
    cardHeights: Array(cards).fill(150),
    trayHeight: 0,
  })
  return { layout, view: wholeViewport(pane, layout) }
}

const wide = { width: 965, height: 606 }
const tablet = { width: 686, height: 440 }
const low = { width: 965, height: 150 }
const phone = { width: 390, height: 345 }

test.each([
  [wide, 20],
  [wide, 100],
  [wide, 500],
  [phone, 20],
  [phone, 100],
  [phone, 500],
  [tablet, 500],
  [low, 3],
  [low, 20],
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

test('in a low pane few nodes stand in its middle, as large as its height lets them be', () => {
  const { layout, view } = look(low, 3)
  expect(layout.width).toBe(low.width)
  expect(view.x + (layout.width / 2) * view.zoom).toBeCloseTo(low.width / 2)
  expect(view.zoom).toBeGreaterThan(0.4)
})

test('where the control plane would leave no room for cards, they stand right below the toolbar', () => {
  const { layout, view } = look({ width: 686, height: 135 }, 2)
  expect(layout.components).toEqual([])
  expect(layout.cards[0]?.y).toBeLessThan(70)
  expect((layout.cards[0]?.width ?? 0) * view.zoom).toBeGreaterThan(60)
})

test('two nodes stay as they are', () => {
  expect(wholeWidth(wide, 2)).toBe(wide.width)
  expect(look(wide, 2).view).toMatchObject({ x: 0, zoom: 1 })
})

test('what is too big to be seen at once is seen from its beginning', () => {
  const { view, layout } = look(wide, 5000)
  expect(view.zoom).toBe(leastZoom)
  expect(view.x).toBeGreaterThanOrEqual(0)
  expect(view.x).toBeLessThan(20)
  expect(view.y + (layout.components[0]?.y ?? 0) * view.zoom).toBeGreaterThan(0)
})
