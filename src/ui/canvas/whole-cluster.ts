import { layoutCanvas } from './layout.ts'

/** How far out the picture zooms; more would leave nothing to recognise. */
export const leastZoom = 0.15
/** Below this zoom a card shows only what can still be recognised. */
export const farZoom = 0.5
/** What the toolbar over the canvas covers, as all sizes here with letters of the usual size. */
const toolbarRoom = 52
/** The link below the cards, which is not made smaller. */
const linkRoom = 24
/** A narrowest card without taints and labels, and the room beside it. */
const cardHeight = 150
const columnWidth = 216

export interface Size {
  width: number
  height: number
}

/**
 * How wide to lay the cards out, in pixels at zoom 1, so that all of them fit into the pane with as little zooming out as can be: the grid takes
 * the pane's shape. Never narrower than the pane, and no wider than can be zoomed out to.
 */
export function wholeWidth(pane: Size, cards: number): number {
  const most = pane.width / leastZoom
  const slope = (pane.height - toolbarRoom - linkRoom) / pane.width
  const cardHeights = Array<number>(cards).fill(cardHeight)
  for (let width = pane.width; width < most; width += columnWidth) {
    const { height } = layoutCanvas({ paneWidth: width, componentWidths: [0], cardHeights, trayHeight: 0 })
    if (height <= width * slope) return width
  }
  return most
}

/** Where to look at a layout, enlarged by `scale`, from to see all of it below the toolbar; what is too big even so, from its beginning. */
export function wholeViewport(pane: Size, layout: Size, scale = 1): { x: number; y: number; zoom: number } {
  const toolbar = toolbarRoom * scale
  const room = pane.height - toolbar
  const zoom = Math.max(leastZoom, Math.min(1, pane.width / layout.width, (room - linkRoom * scale) / (layout.height - toolbar - linkRoom * scale)))
  return { x: (pane.width - layout.width * zoom) / 2, y: toolbar * (1 - zoom), zoom }
}
