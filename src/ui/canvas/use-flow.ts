import { useMemo, useRef, useState } from 'react'
import { useCluster } from '#state/use-store.ts'
import { mostTiles } from '../cards/PodTiles.tsx'
import type { Lane } from '../lanes.ts'
import { en } from '../text/en.ts'
import { createCardHeights } from './card-height.ts'
import type { FlowNode } from './flow-nodes.tsx'
import { type Box, type CanvasLayout, cardGrid, enlarge, layoutCanvas, trayHeightFor } from './layout.ts'
import type { Places } from './pulses.ts'

const components: readonly (Lane | 'api-server')[] = ['lifecycle', 'daemonset', 'api-server', 'workloads', 'scheduler']

const componentWidths = components.map((lane) => Math.max(136, 34 + en.components[lane as keyof typeof en.components].length * 7.6))

export interface Flow {
  nodes: FlowNode[]
  layout: CanvasLayout
  places: Places
}

const toNode = <T extends FlowNode['type'] & string>(id: string, type: T, box: Box, data: object) => ({
  id,
  type,
  position: { x: box.x, y: box.y },
  width: box.width,
  height: box.height,
  // known without looking: what was never drawn counts, too, when all is to fit into view
  measured: { width: box.width, height: box.height },
  data,
  draggable: false,
  connectable: false,
  selectable: false,
  focusable: false,
  // no edges, so no handles: without this React Flow draws every new node once, however far off, to look for them
  handles: [],
  // React Flow lets the pointer fall through nodes that can be neither dragged nor selected.
  style: { pointerEvents: 'all' as const },
})

const sameBox = (a: FlowNode, b: FlowNode) =>
  a.position.x === b.position.x && a.position.y === b.position.y && a.width === b.width && a.height === b.height

/**
 * What React Flow is to draw, laid out as for a pane of this width and enlarged; the components only where they leave room for cards. Changes
 * only when a card comes, goes or changes its height.
 */
export function useFlow(paneWidth: number, withComponents: boolean, scale: number): Flow {
  const names = useCluster((state) => state.nodeNames)
  const { width } = cardGrid(paneWidth)
  const [heightsOf] = useState(createCardHeights)
  const heights = useCluster((state) => heightsOf(state, width))
  const waiting = useCluster((state) => state.podsByNode.get('')?.length ?? 0)
  const drawn = useRef<ReadonlyMap<string, FlowNode>>(new Map())
  return useMemo(() => {
    const trayHeight = trayHeightFor(paneWidth, Math.min(waiting, mostTiles))
    const widths = withComponents ? componentWidths : []
    const layout = enlarge(layoutCanvas({ paneWidth, componentWidths: widths, cardHeights: heights, trayHeight }), scale)
    const nodes = [
      ...layout.components.map((box, at) => toNode(`component:${components[at]}`, 'component', box, { lane: components[at] })),
      ...(trayHeight > 0 ? [toNode('tray', 'tray', layout.tray, {})] : []),
      ...names.map((name, at) => toNode(`node:${name}`, 'card', layout.cards[at] as Box, { name })),
    ].map((node) => {
      // what stays in its place stays the same object, which React Flow passes over
      const before = drawn.current.get(node.id)
      return before && sameBox(before, node as FlowNode) ? before : node
    }) as FlowNode[]
    drawn.current = new Map(nodes.map((node) => [node.id, node]))
    const byName = new Map(names.map((name, at) => [name, layout.cards[at] as Box]))
    const places: Places = { component: (lane) => layout.components[components.indexOf(lane)], node: (name) => byName.get(name) }
    return { nodes, layout, places }
  }, [names, heights, waiting, paneWidth, withComponents, scale])
}
