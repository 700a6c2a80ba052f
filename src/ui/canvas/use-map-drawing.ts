import { type RefObject, useEffect, useState } from 'react'
import { clusterStore } from '#state/cluster.ts'
import { sessionStore } from '#state/session.ts'
import { settingsStore } from '#state/settings.ts'
import { type CellStatus, cellLook, drawCell, type Inks } from './map-cell.ts'
import { cellPlace, type MapGrid } from './map-grid.ts'

/** The custom properties that the cells are drawn in. */
const inkNames: Record<keyof Inks, string> = {
  ready: '--ok',
  cordoned: '--calm',
  'not-ready': '--bad',
  unknown: '--warn',
  lit: '--accent',
}

/** A colour is resolved, for the theme of now, only as that of an element. */
export function readInks(element: HTMLElement): Inks {
  const inkOf = (name: string) => {
    element.style.color = `var(${name})`
    return getComputedStyle(element).color
  }
  return Object.fromEntries(Object.entries(inkNames).map(([key, name]) => [key, inkOf(name)])) as Inks
}

/** A canvas as sharp as the screen, empty. */
export function blankPen(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio || 1
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const pen = canvas.getContext('2d')
  pen?.scale(ratio, ratio)
  return pen
}

export type Counts = Record<CellStatus, number>

function draw(canvas: HTMLCanvasElement, grid: MapGrid, height: number): Counts {
  const counts: Counts = { ready: 0, cordoned: 0, 'not-ready': 0, unknown: 0 }
  const pen = blankPen(canvas, canvas.clientWidth, height)
  const state = clusterStore.getState()
  const { litNodes } = sessionStore.getState()
  const inks = readInks(canvas)
  for (const [at, name] of state.nodeNames.entries()) {
    const look = cellLook(state, name)
    if (!look) continue
    counts[look.status] += 1
    if (!pen) continue
    const [x, y] = cellPlace(grid, at)
    const isLit = litNodes.has(name)
    // not by colour alone: what is not meant steps back
    pen.globalAlpha = litNodes.size > 0 && !isLit ? 0.3 : 1
    drawCell(pen, x, y, grid.cell, look, isLit ? { ...inks, ready: inks.lit, cordoned: inks.lit } : inks)
  }
  return counts
}

/** Draws all nodes, and again whenever they, what is lit, or the colours change, at most once a frame. Gives how many nodes are in which state. */
export function useMapDrawing(canvas: RefObject<HTMLCanvasElement | null>, grid: MapGrid, height: number): Counts | undefined {
  const [counts, setCounts] = useState<Counts>()
  useEffect(() => {
    let frame = 0
    const redraw = () => {
      if (frame !== 0) return
      frame = requestAnimationFrame(() => {
        frame = 0
        if (!canvas.current) return
        const now = draw(canvas.current, grid, height)
        setCounts((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now))
      })
    }
    redraw()
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', redraw)
    const stops = [
      clusterStore.subscribe(redraw),
      sessionStore.subscribe((state, before) => {
        if (state.litNodes !== before.litNodes) redraw()
      }),
      settingsStore.subscribe(redraw),
      () => dark.removeEventListener('change', redraw),
      () => cancelAnimationFrame(frame),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [canvas, grid, height])
  return counts
}
