/** Where everything stands on the canvas, in pixels at zoom 1. A grid as wide as the pane, so that nothing needs to be dragged. */

export const cardWidth = 220
const gapX = 16
const gapY = 22
const margin = 24
/** Room for the toolbar over the canvas. */
const top = 64
const componentHeight = 50

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface CanvasLayout {
  columns: number
  components: Box[]
  cards: Box[]
  /** Place of the pods that no node was found for. */
  tray: Box
  width: number
  height: number
}

interface Input {
  paneWidth: number
  componentCount: number
  cardHeights: readonly number[]
  trayHeight: number
}

function rowOfComponents(paneWidth: number, side: number, count: number): Box[] {
  const room = paneWidth - 2 * side
  const perRow = room >= count * 132 ? count : room >= 3 * 108 ? 3 : 2
  const gap = perRow === count ? Math.min(36, Math.max(12, (room - perRow * 172) / Math.max(1, perRow - 1))) : 8
  const width = Math.min(176, (room - gap * (perRow - 1)) / perRow)
  const left = (paneWidth - (width * perRow + gap * (perRow - 1))) / 2
  return Array.from({ length: count }, (_, at) => ({
    x: left + (at % perRow) * (width + gap),
    y: top + Math.floor(at / perRow) * (componentHeight + 8),
    width,
    height: componentHeight,
  }))
}

/** Boxes for the control plane, for each node card in order, and for the tray (height 0 = not shown). */
export function layoutCanvas({ paneWidth, componentCount, cardHeights, trayHeight }: Input): CanvasLayout {
  const narrow = paneWidth < 480
  const side = narrow ? 12 : margin
  const columns = narrow ? 1 : Math.max(1, Math.floor((paneWidth - 2 * side + gapX) / (cardWidth + gapX)))
  const width = narrow ? paneWidth - 2 * side : cardWidth
  const components = rowOfComponents(paneWidth, side, componentCount)
  const last = components.at(-1)
  let y = (last ? last.y + last.height : top) + (narrow ? 30 : 62)

  const used = Math.min(columns, Math.max(1, cardHeights.length))
  const left = narrow ? side : Math.max(side, (paneWidth - (used * (width + gapX) - gapX)) / 2)
  const tray = { x: left, y, width: used * (width + gapX) - gapX, height: trayHeight }
  if (trayHeight > 0) y += trayHeight + gapY

  const cards: Box[] = []
  for (let row = 0; row < cardHeights.length; row += columns) {
    const heights = cardHeights.slice(row, row + columns)
    const height = Math.max(...heights)
    for (const at of heights.keys()) cards.push({ x: left + at * (width + gapX), y, width, height })
    y += height + gapY
  }
  return { columns, components, cards, tray, width: paneWidth, height: y + margin }
}
