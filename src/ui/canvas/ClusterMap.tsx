import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { clusterStore } from '#state/cluster.ts'
import { nodeStatus } from '#state/node-status.ts'
import { selectNode } from '#state/session.ts'
import { useCluster } from '#state/use-store.ts'
import { useCardContext } from '../cards/card-context.ts'
import { mapText as text } from '../text/map.ts'
import styles from './ClusterMap.module.css'
import { type CellStatus, cellLook, drawCell } from './map-cell.ts'
import { cellAt, cellPlace, fitGrid, type MapGrid } from './map-grid.ts'
import { blankPen, type Counts, readInks, useMapDrawing } from './use-map-drawing.ts'
import { usePaneSize } from './use-pane-size.ts'

const swatch = 14

function Swatch({ status }: { status: CellStatus }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const pen = canvas.current && blankPen(canvas.current, swatch, swatch)
    if (canvas.current && pen) drawCell(pen, 0, 0, swatch, { status, pods: 'all' }, readInks(canvas.current))
  })
  return <canvas ref={canvas} className={styles.swatch} />
}

/** How many nodes are in which state, those that are in none left out. */
function Legend({ counts }: { counts: Counts }) {
  const present = Object.entries(counts).filter(([, count]) => count > 0) as [CellStatus, number][]
  return (
    <ul className={styles.legend}>
      {present.map(([status, count]) => (
        <li key={status}>
          <Swatch status={status} />
          {text.counts[status](count)}
        </li>
      ))}
    </ul>
  )
}

/** The one cell that the pointer or the keyboard is at, as a button that says what it is. */
function Cell({ name, at, grid, takesFocus }: { name: string; at: number; grid: MapGrid; takesFocus: boolean }) {
  const { ask } = useCardContext()
  const button = useRef<HTMLButtonElement>(null)
  const node = useCluster((state) => state.tables.Node.get(name))
  const pods = useCluster((state) => cellLook(state, name)?.pods ?? 'none')
  useEffect(() => {
    if (takesFocus) button.current?.focus()
  }, [takesFocus])
  const label = text.node(name, node ? nodeStatus(node).text : '', text.pods[pods])
  const [x, y] = cellPlace(grid, at)
  return (
    <button
      ref={button}
      type="button"
      className={styles.cell}
      style={{ translate: `${x}px ${y}px`, width: grid.cell, height: grid.cell }}
      aria-label={label}
      data-tip={label}
      onClick={() => {
        selectNode(name)
        ask({ about: 'node', name })
      }}
    />
  )
}

/** All nodes at once where they are too many for cards: a box each, drawn, with one button that goes from box to box. */
export function ClusterMap() {
  const { openMenu } = useCardContext()
  const field = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const names = useCluster((state) => state.nodeNames)
  const { width, height } = usePaneSize(field)
  const count = names.length
  const grid = useMemo(() => fitGrid(width, height, count), [width, height, count])
  const counts = useMapDrawing(canvas, grid, height)
  const [place, setPlace] = useState({ at: 0, byKey: false })
  const at = Math.min(place.at, count - 1)
  const name = names[at]
  const handlers = {
    onPointerMove: (event: MouseEvent<HTMLElement>) => {
      const box = event.currentTarget.getBoundingClientRect()
      const pointed = cellAt(grid, event.clientX - box.left, event.clientY - box.top, count)
      if (pointed !== undefined && pointed !== at) setPlace({ at: pointed, byKey: false })
    },
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      if (!openMenu || name === undefined || !clusterStore.getState().tables.Node.has(name)) return
      event.preventDefault()
      openMenu(name, event.clientX, event.clientY)
    },
    onKeyDown: (event: KeyboardEvent) => {
      const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: grid.columns, ArrowUp: -grid.columns }[event.key]
      if (by === undefined) return
      event.preventDefault()
      event.stopPropagation()
      if (names[at + by] !== undefined) setPlace({ at: at + by, byKey: true })
    },
  }
  return (
    <section className={styles.map} aria-label={text.label(count)}>
      <div className={styles.words} data-tip={text.hint}>
        {counts && <Legend counts={counts} />}
        <span className="visually-hidden">{text.hint}</span>
      </div>
      <div ref={field} className={styles.field} {...handlers}>
        <canvas ref={canvas} className={styles.canvas} />
        {name !== undefined && width > 0 && <Cell key={name} name={name} at={at} grid={grid} takesFocus={place.byKey} />}
      </div>
    </section>
  )
}
