import type { JournalEntry } from '#protocol/messages.ts'
import { type Lane, laneOf } from '../lanes.ts'
import type { Box } from './layout.ts'

/** The way of one piece of news over the canvas, as an SVG path. */
export interface Pulse {
  id: number
  path: string
  lane: Lane
}

/** Where components and nodes stand. */
export interface Places {
  component(lane: Lane | 'api-server'): Box | undefined
  node(name: string): Box | undefined
}

const middle = (box: Box) => box.x + box.width / 2

/** An arc below the row of components. */
function arc(from: Box, to: Box): string {
  const y = from.y + from.height
  const end = to.y + to.height
  const depth = Math.max(y, end) + 14 + Math.min(16, Math.abs(middle(to) - middle(from)) / 14)
  return `M${middle(from)} ${y} C${middle(from)} ${depth} ${middle(to)} ${depth} ${middle(to)} ${end}`
}

function down(from: Box, to: Box): string {
  const y = from.y + from.height
  const bend = (to.y - y) / 2
  return `M${middle(from)} ${y} C${middle(from)} ${y + bend} ${middle(to)} ${to.y - bend} ${middle(to)} ${to.y}`
}

const up = (from: Box, to: Box) => {
  const end = to.y + to.height
  const bend = (from.y - end) / 2
  return `M${middle(from)} ${from.y} C${middle(from)} ${from.y - bend} ${middle(to)} ${end + bend} ${middle(to)} ${end}`
}

/**
 * The way an entry took: a component tells the API server; a kubelet's report rises from its node; a bound pod comes down to its node.
 * Undefined for what has no way over the canvas.
 */
export function pulseOf(entry: JournalEntry, places: Places): Pulse | undefined {
  const api = places.component('api-server')
  if (!api) return undefined
  const lane = laneOf(entry.component)
  const node = entry.node === undefined ? undefined : places.node(entry.node)
  const component = places.component(lane)
  if (lane === 'kubelets') return node && { id: entry.id, path: up(node, api), lane }
  if ((entry.verb === 'bind' || (entry.kind === 'Pod' && entry.verb === 'delete')) && node) return { id: entry.id, path: down(api, node), lane }
  return component && { id: entry.id, path: arc(component, api), lane }
}
