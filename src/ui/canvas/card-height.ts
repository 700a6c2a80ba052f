import type { KubeNode } from '#k8s/types.ts'
import type { Ghost } from '#protocol/explain.ts'
import type { ClusterState } from '#state/cluster.ts'
import { nodeStatus } from '#state/node-status.ts'
import { customLabels, nodeRoles, pressures, shortTaint } from '../cards/node-look.ts'
import { mostTiles } from '../cards/PodTiles.tsx'
import { en } from '../text/en.ts'

/** Widths of the card's text as the style sheets set it for letters of the usual size: 10.5 px monospace and the chip's padding. */
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

/** All of a card that has a say in its height. */
interface Content {
  node: KubeNode | undefined
  pods: readonly string[] | undefined
  ghosts: readonly Ghost[] | undefined
  stopped: boolean
  cardWidth: number
}

const contentOf = (state: ClusterState, name: string, cardWidth: number): Content => ({
  node: state.tables.Node.get(name),
  pods: state.podsByNode.get(name),
  ghosts: state.ghosts.get(name),
  stopped: state.stoppedKubelets.has(name),
  cardWidth,
})

const isSame = (a: Content, b: Content) =>
  a.node === b.node && a.pods === b.pods && a.ghosts === b.ghosts && a.stopped === b.stopped && a.cardWidth === b.cardWidth

/**
 * Makes the function that gives the heights of all cards, in the order of the nodes. It remembers them: only cards whose content changed
 * are worked out again, and the list stays the same array while no height changes.
 */
export function createCardHeights(): (state: ClusterState, cardWidth: number) => readonly number[] {
  const known = new Map<string, Content & { height: number }>()
  const heightOf = (state: ClusterState, name: string, cardWidth: number): number => {
    const content = contentOf(state, name, cardWidth)
    const before = known.get(name)
    if (before && isSame(before, content)) return before.height
    const height = cardHeight(content)
    known.set(name, { ...content, height })
    return height
  }
  let heights: readonly number[] = []
  return (state, cardWidth) => {
    const now = state.nodeNames.map((name) => heightOf(state, name, cardWidth))
    if (known.size > 2 * now.length) for (const name of known.keys()) if (!state.tables.Node.has(name)) known.delete(name)
    if (now.length !== heights.length || now.some((height, at) => height !== heights[at])) heights = now
    return heights
  }
}

/** The height a node's card needs with letters of the usual size, worked out from its content, so that the grid is laid out without measuring. */
function cardHeight({ node, pods, ghosts, stopped, cardWidth }: Content): number {
  if (!node) return 150
  const width = cardWidth - cardPadding
  const chips = [
    ...(nodeStatus(node).readiness === 'unknown' ? [en.node.readyUnknown] : []),
    ...(stopped ? [en.node.kubeletStopped] : []),
    ...nodeRoles(node),
    ...(node.spec.taints ?? []).map(shortTaint),
    ...pressures(node),
    ...customLabels(node).map(([key, value]) => `${key.replace(/^.*\//, '')}${value && `=${value}`}`),
  ]
  const rows = rowsOfChips(chips, width)
  const tiles = Math.min(mostTiles, pods?.length ?? 0) + (ghosts?.length ?? 0)
  const tileRows = Math.max(1, Math.ceil(tiles / Math.max(1, Math.floor((width + 7) / tile))))
  const chipsHeight = rows > 0 ? rows * (chipHeight + chipGap) - chipGap + gap : 0
  return padding + header + gap + chipsHeight + 2 + tileRows * tile + gap + (width > 276 ? barsInOneRow : bars)
}
