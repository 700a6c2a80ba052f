import '@xyflow/react/dist/base.css'
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  type ReactFlowState,
  useReactFlow,
  useStore,
  ViewportPortal,
} from '@xyflow/react'
import { type FocusEvent, type KeyboardEvent, Suspense, type UIEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useCluster } from '#state/use-store.ts'
import { NodeMenu } from '../forms/NodeMenu.tsx'
import { useTextScale } from '../layout/text-scale.ts'
import { Boundary } from '../parts/Boundary.tsx'
import { late } from '../parts/late.tsx'
import { Notices } from '../parts/Notices.tsx'
import { en } from '../text/en.ts'
import styles from './Canvas.module.css'
import { CanvasToolbar } from './CanvasToolbar.tsx'
import { ClusterTable } from './ClusterTable.tsx'
import { DaemonSetBar } from './DaemonSetBar.tsx'
import { nodeTypes } from './flow-nodes.tsx'
import { NoCards } from './NoCards.tsx'
import { PulseLayer } from './PulseLayer.tsx'
import { useFlow } from './use-flow.ts'
import { usePaneSize } from './use-pane-size.ts'
import { hasRoomForComponents, leastZoom, wholeViewport, wholeWidth } from './whole-cluster.ts'

const ClusterMap = late(
  () => import('./ClusterMap.tsx'),
  (module) => module.ClusterMap,
)

const noEdges: never[] = []
const drawnByOwnLink = { hideAttribution: true }
const edgeRoom = 40
/** More cards at once would be too small to tell anything, and too many to draw: a map takes their place. */
const mostWholeCards = 400

/** Arrow keys go from card to card; whatever gets the focus or is scrolled to is brought into view, and of the next row so much that it is drawn: Tab finds it. */
function useCardKeys(names: readonly string[], columns: number) {
  const flow = useReactFlow()
  const reveal = (card: Element, pane: Element) => {
    // the browser scrolled to what got the focus: the picture moves instead, once
    for (let around = card.parentElement; around && around !== pane; around = around.parentElement) around.scrollTo(0, 0)
    const box = card.getBoundingClientRect()
    const room = pane.getBoundingClientRect()
    const dx = box.left < room.left ? room.left - box.left + edgeRoom : box.right > room.right ? room.right - box.right - edgeRoom : 0
    const dy =
      box.top < room.top + edgeRoom
        ? room.top - box.top + 2 * edgeRoom
        : box.bottom > room.bottom - edgeRoom
          ? // what is higher than the pane is seen from its beginning
            Math.max(room.bottom - box.bottom - edgeRoom, room.top - box.top + 1.5 * edgeRoom)
          : 0
    if (dx === 0 && dy === 0) return
    const { x, y, zoom } = flow.getViewport()
    void flow.setViewport({ x: x + dx, y: y + dy, zoom })
  }
  const focus = (name: string, pane: Element) => {
    const node = flow.getNode(`node:${name}`)
    const find = () => pane.querySelector<HTMLElement>(`[data-node="${CSS.escape(name)}"]`)
    if (!find() && node)
      void flow.setCenter(node.position.x + (node.width ?? 0) / 2, node.position.y + (node.height ?? 0) / 2, { zoom: flow.getZoom() })
    requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()))
  }
  return {
    // Whoever scrolls a card into view (a screen reader, find in page) moves the picture instead: React Flow would undo the scrolling.
    onScrollCapture: (event: UIEvent) => {
      const scrolled = event.target as Element
      const { scrollLeft, scrollTop } = scrolled
      if (!scrolled.className.includes('react-flow') || (scrollLeft === 0 && scrollTop === 0)) return
      const { x, y, zoom } = flow.getViewport()
      scrolled.scrollTo(0, 0)
      void flow.setViewport({ x: x - scrollLeft, y: y - scrollTop, zoom })
    },
    onFocus: (event: FocusEvent) => {
      // Under a pressed pointer the picture stands still: what is pressed must still be there when the button is let go.
      if (!event.target.matches(':focus-visible')) return
      if (event.target.matches('[data-node], [data-node] *')) reveal(event.target.closest('[data-node]') ?? event.target, event.currentTarget)
    },
    onKeyDown: (event: KeyboardEvent) => {
      const from = event.target instanceof HTMLElement ? event.target.dataset.node : undefined
      const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key]
      const to = from === undefined || by === undefined ? undefined : names[names.indexOf(from) + by]
      if (to === undefined) return
      event.preventDefault()
      event.stopPropagation()
      focus(to, event.currentTarget)
    },
  }
}

const zoomOf = ({ transform }: ReactFlowState) => transform[2]

/** At the end of the picture, and as large as other links however far out it is looked at from. */
function DrawnBy({ width, top }: { width: number; top: number }) {
  const zoom = useStore(zoomOf)
  return (
    <ViewportPortal>
      <div className={styles.end} style={{ width, top }}>
        <a className={styles.drawnBy} style={{ scale: 1 / zoom }} href="https://reactflow.dev" target="_blank" rel="noopener noreferrer">
          {en.canvas.drawnBy}
        </a>
      </div>
    </ViewportPortal>
  )
}

function Flow({ asTable, onAsTable }: { asTable: boolean; onAsTable(on: boolean): void }) {
  const pane = useRef<HTMLDivElement>(null)
  const { width, height } = usePaneSize(pane)
  const [allWanted, setWhole] = useState(false)
  const moved = useRef(false)
  const names = useCluster((state) => state.nodeNames)
  const asMap = allWanted && names.length > mostWholeCards
  const whole = allWanted && !asMap
  const scale = useTextScale()
  const layoutWidth = useMemo(
    () => (whole ? wholeWidth({ width: width / scale, height: height / scale }, names.length) : Math.max(width / scale, 300)),
    [whole, width, height, names.length, scale],
  )
  const { nodes, layout, places } = useFlow(layoutWidth, hasRoomForComponents(height / scale), scale)
  const { tray } = layout
  const keys = useCardKeys(names, layout.columns)
  const flow = useReactFlow()

  useEffect(() => {
    if (width > 0 && !whole) void flow.setViewport({ x: 0, y: 0, zoom: 1 })
  }, [flow, width, whole])
  useEffect(() => {
    // nodes that come and go are seen, too, unless the user looks closer
    if (whole && !moved.current) void flow.setViewport(wholeViewport({ width, height }, { width: layout.width, height: layout.height }, scale))
  }, [flow, whole, width, height, layout.width, layout.height, scale])

  const extent = useMemo<[[number, number], [number, number]]>(
    () => [
      [-200, -100],
      [layout.width + 200, Math.max(layout.height, height) + 100],
    ],
    [layout.width, layout.height, height],
  )
  return (
    <>
      <CanvasToolbar
        asTable={asTable}
        onAsTable={onAsTable}
        whole={allWanted}
        asMap={asMap}
        onWhole={(on) => {
          moved.current = false
          setWhole(on)
        }}
      />
      <div ref={pane} className={styles.pane} data-table={asTable || undefined} data-map={asMap || undefined} {...keys}>
        {width > 0 && (
          <ReactFlow
            nodes={nodes}
            edges={noEdges}
            nodeTypes={nodeTypes}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            elementsSelectable={false}
            onlyRenderVisibleElements
            panOnScroll
            zoomOnDoubleClick={false}
            minZoom={leastZoom}
            onMoveStart={(event) => {
              if (event) moved.current = true
            }}
            maxZoom={1.6}
            translateExtent={extent}
            deleteKeyCode={null}
            disableKeyboardA11y
            proOptions={drawnByOwnLink}
            aria-label={en.canvas.label}
            inert={asMap}
          >
            <Background variant={BackgroundVariant.Dots} gap={18 * scale} size={1.4 * scale} color="var(--dot)" />
            <PulseLayer places={places} />
            <DrawnBy width={layout.width} top={Math.max(layout.height, whole ? 0 : height)} />
          </ReactFlow>
        )}
        {names.length === 0 && <NoCards below={tray.height > 0 ? tray.y + tray.height : undefined} height={height} />}
        {asMap && (
          <Boundary>
            <Suspense fallback={null}>
              <ClusterMap />
            </Suspense>
          </Boundary>
        )}
      </div>
    </>
  )
}

/** The cluster as a picture, with its table twin, the toolbar above and the DaemonSets' numbers below. */
export function Canvas() {
  const [asTable, setAsTable] = useState(false)
  return (
    <section className={styles.canvas} aria-label={en.canvas.label}>
      <ReactFlowProvider>
        <Flow asTable={asTable} onAsTable={setAsTable} />
      </ReactFlowProvider>
      <ClusterTable visible={asTable} />
      <div className={styles.edge}>
        <Notices />
      </div>
      <DaemonSetBar />
      <NodeMenu />
    </section>
  )
}
