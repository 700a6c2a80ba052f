import type { JournalEntry } from '#protocol/messages.ts'
import { type Lane, laneOf } from '../lanes.ts'
import type { Box } from './layout.ts'

/** The way of one piece of news over the canvas, as an SVG path. */
export interface Pulse {
  /** Its own: entries that were taken back leave their numbers to others. */
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
function wayOf(entry: JournalEntry, places: Places): Omit<Pulse, 'id'> | undefined {
  const api = places.component('api-server')
  if (!api) return undefined
  const lane = laneOf(entry.component)
  const node = entry.node === undefined ? undefined : places.node(entry.node)
  const component = places.component(lane)
  if (lane === 'kubelets') return node && { path: up(node, api), lane }
  if ((entry.verb === 'bind' || (entry.kind === 'Pod' && entry.verb === 'delete')) && node) return { path: down(api, node), lane }
  return component && { path: arc(component, api), lane }
}

/** So many entries are looked at, the newest. */
const mostEntries = 60
let lastId = 0

/** The pulses of what just happened, one for each way, the newest `most`. */
export function pulsesOf(entries: readonly JournalEntry[], places: Places, most: number): Pulse[] {
  const ways = new Map(
    entries
      .slice(-mostEntries)
      .flatMap((entry) => wayOf(entry, places) ?? [])
      .map((way) => [way.path, way]),
  )
  return [...ways.values()].slice(-most).map((way) => {
    lastId += 1
    return { id: lastId, ...way }
  })
}
