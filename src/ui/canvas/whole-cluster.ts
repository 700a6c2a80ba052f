import { layoutCanvas } from './layout.ts'

/** How far out the picture zooms; more would leave nothing to recognise. */
export const leastZoom = 0.07
/** Below this zoom a card shows only what can still be recognised. */
export const farZoom = 0.5
/** Below this zoom no name can be read, and a card shows only how the node is, and its pods. */
export const farthestZoom = 0.2
/** What the toolbar over the canvas covers, as all sizes here with letters of the usual size. */
const toolbarRoom = 52
/** The link below the cards, which is not made smaller. */
const linkRoom = 24
/** A narrowest card without taints and labels, and the room beside it. */
const cardHeight = 150
const columnWidth = 216

/** Above a row of cards in a pane lower than this the control plane would leave no room for them. */
const leastWithComponents = 240

export interface Size {
  width: number
  height: number
}

/** Whether there is room for the control plane above the cards, in a pane of this height with letters of the usual size. */
export const hasRoomForComponents = (height: number): boolean => height >= leastWithComponents

/** How large all of a layout, enlarged by `scale`, is to be drawn to fit between the toolbar and the link below. */
function zoomToFit(pane: Size, layout: Size, scale = 1): number {
  const covered = (toolbarRoom + linkRoom) * scale
  return Math.min(1, pane.width / layout.width, (pane.height - covered) / (layout.height - covered))
}

/**
 * How wide to lay the cards out, in pixels at zoom 1, so that all of them fit into the pane with as little zooming out as can be: the grid takes
 * the pane's shape. Never narrower than the pane, and no wider than makes the cards larger or can be zoomed out to.
 */
export function wholeWidth(pane: Size, cards: number): number {
  const most = pane.width / leastZoom
  const cardHeights = Array<number>(cards).fill(cardHeight)
  const componentWidths = hasRoomForComponents(pane.height) ? [0] : []
  let best = { width: pane.width, zoom: -1 }
  for (let wide = pane.width; wide < most + columnWidth; wide += columnWidth) {
    const width = Math.min(wide, most)
    const zoom = zoomToFit(pane, layoutCanvas({ paneWidth: width, componentWidths, cardHeights, trayHeight: 0 }))
    if (zoom > best.zoom) best = { width, zoom }
  }
  return best.width
}

/** Where to look at a layout, enlarged by `scale`, from to see all of it below the toolbar; what is too big even so, from its beginning. */
export function wholeViewport(pane: Size, layout: Size, scale = 1): { x: number; y: number; zoom: number } {
  const zoom = Math.max(leastZoom, zoomToFit(pane, layout, scale))
  return { x: (pane.width - layout.width * zoom) / 2, y: toolbarRoom * scale * (1 - zoom), zoom }
}
