import type { ClusterState } from '#state/cluster.ts'
import { nodeStatus } from '#state/node-status.ts'
import { customLabels, nodeRoles, pressures, shortTaint } from '../cards/node-look.ts'
import { mostTiles } from '../cards/PodTiles.tsx'
import { en } from '../text/en.ts'

/** Widths of the card's text as the style sheets set it: 10.5 px monospace and the chip's padding. */
const characterWidth = 6.4
const chipPadding = 16
const chipGap = 4
const chipHeight = 20
const tile = 41
const cardPadding = 24
/** Above and below, with the borders. */
const padding = 21
const header = 20
const gap = 7
const bars = 44
const barsInOneRow = 18

function rowsOfChips(texts: readonly string[], width: number): number {
  let rows = texts.length > 0 ? 1 : 0
  let used = 0
  for (const text of texts) {
    const wide = Math.min(width, text.length * characterWidth + chipPadding)
    if (used > 0 && used + chipGap + wide > width) {
      rows += 1
      used = wide
    } else used += (used > 0 ? chipGap : 0) + wide
  }
  return rows
}

/** The height a node's card needs, worked out from its content, so that the grid is laid out without measuring. */
export function cardHeight(state: ClusterState, name: string, cardWidth: number): number {
  const node = state.tables.Node.get(name)
  if (!node) return 150
  const width = cardWidth - cardPadding
  const chips = [
    ...(nodeStatus(node).readiness === 'unknown' ? [en.node.readyUnknown] : []),
    ...(state.stoppedKubelets.has(name) ? [en.node.kubeletStopped] : []),
    ...nodeRoles(node),
    ...(node.spec.taints ?? []).map(shortTaint),
    ...pressures(node),
    ...customLabels(node).map(([key, value]) => `${key.replace(/^.*\//, '')}${value && `=${value}`}`),
  ]
  const rows = rowsOfChips(chips, width)
  const tiles = Math.min(mostTiles, state.podsByNode.get(name)?.length ?? 0) + (state.ghosts.get(name)?.length ?? 0)
  const tileRows = Math.max(1, Math.ceil(tiles / Math.floor((width + 7) / tile)))
  const chipsHeight = rows > 0 ? rows * (chipHeight + chipGap) - chipGap + gap : 0
  return padding + header + gap + chipsHeight + 2 + tileRows * tile + gap + (width > 276 ? barsInOneRow : bars)
}
