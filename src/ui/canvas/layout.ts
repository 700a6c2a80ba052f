/**
 * Where everything stands on the canvas, in pixels at zoom 1. A grid as wide as the pane, so that nothing needs to be dragged. All sizes
 * are those for letters of the usual size; with bigger ones the same is laid out in less room, and enlarged.
 */

const narrowestCard = 200
const widestCard = 264
const gapX = 16
const gapY = 22
const margin = 24
/** Room for the toolbar over the canvas. */
const top = 62
const componentHeight = 50
/** Only the name, for narrow panes. */
const compactHeight = 30

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
  /** The width each component would like to have; none are drawn where there is room only for cards. */
  componentWidths: readonly number[]
  cardHeights: readonly number[]
  trayHeight: number
}

/** What a box takes at most beyond its name, for what its component did last. */
const widestRest = 100

/** In one row, each as wide as its name asks for and the room allows; where that does not fit, in rows of equal boxes. */
function placeComponents(paneWidth: number, side: number, weights: readonly number[]): Box[] {
  const room = paneWidth - 2 * side
  const count = weights.length
  const gap = 12
  const ideal = weights.reduce((sum, weight) => sum + weight, gap * (count - 1))
  if (ideal <= room) {
    const rest = Math.min(widestRest, (room - ideal) / count)
    const wide = Math.min(40, gap + (room - ideal - rest * count) / (count + 1))
    let x = (paneWidth - (ideal + rest * count + (wide - gap) * (count - 1))) / 2
    return weights.map((weight) => {
      const box = { x, y: top, width: weight + rest, height: componentHeight }
      x += box.width + wide
      return box
    })
  }
  const perRow = room >= count * 104 + (count - 1) * 8 ? count : room >= 3 * 100 ? 3 : 2
  const width = (room - 8 * (perRow - 1)) / perRow
  const height = room >= 3 * 150 ? componentHeight : compactHeight
  return weights.map((_, at) => ({ x: side + (at % perRow) * (width + 8), y: top + Math.floor(at / perRow) * (height + 8), width, height }))
}

interface CardGrid {
  columns: number
  width: number
  side: number
}

/** How many cards stand in a row, how wide they are, and the room at both sides. */
export function cardGrid(paneWidth: number): CardGrid {
  if (paneWidth < 480) return { columns: 1, width: paneWidth - 24, side: 12 }
  const room = paneWidth - 2 * margin
  const columns = Math.max(1, Math.floor((room + gapX) / (narrowestCard + gapX)))
  return { columns, width: Math.min(widestCard, Math.floor((room - gapX * (columns - 1)) / columns)), side: margin }
}

/** The tray's words and the room at its sides; above and below its tiles; and a tile with its gap. */
const trayWords = 149
const trayPadding = 20
const trayTile = 41

/** The height of the tray with so many tiles; without any there is none. */
export function trayHeightFor(paneWidth: number, tiles: number): number {
  const { columns, width } = cardGrid(paneWidth)
  const perRow = Math.max(1, Math.floor((columns * (width + gapX) - gapX - trayWords) / trayTile))
  return tiles === 0 ? 0 : trayPadding + Math.ceil(tiles / perRow) * trayTile
}

/** Boxes for the control plane, for each node card in order, and for the tray (height 0 = not shown). */
export function layoutCanvas({ paneWidth, componentWidths, cardHeights, trayHeight }: Input): CanvasLayout {
  const narrow = paneWidth < 480
  const { columns, width, side } = cardGrid(paneWidth)
  const components = placeComponents(paneWidth, side, componentWidths)
  const last = components.at(-1)
  let y = last ? last.y + last.height + (narrow ? 24 : 62) : top

  const left = narrow ? side : Math.max(side, (paneWidth - (columns * (width + gapX) - gapX)) / 2)
  const tray = { x: left, y, width: columns * (width + gapX) - gapX, height: trayHeight }
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

/** The same for letters so many times as big. */
export function enlarge({ columns, components, cards, tray, width, height }: CanvasLayout, scale: number): CanvasLayout {
  const larger = (box: Box): Box => ({ x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale })
  return {
    columns,
    components: components.map(larger),
    cards: cards.map(larger),
    tray: larger(tray),
    width: width * scale,
    height: height * scale,
  }
}
