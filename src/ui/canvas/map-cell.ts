import { isPodReady } from '#k8s/pod.ts'
import type { ClusterState } from '#state/cluster.ts'
import { nodeStatus } from '#state/node-status.ts'

export type CellStatus = 'ready' | 'cordoned' | 'not-ready' | 'unknown'

/** What a cell of the map shows of its node. */
export interface CellLook {
  status: CellStatus
  /** Whether its pods are all ready, only some, or none is. */
  pods: 'all' | 'some' | 'none'
}

export function cellLook(state: ClusterState, name: string): CellLook | undefined {
  const node = state.tables.Node.get(name)
  if (!node) return undefined
  const { readiness, cordoned } = nodeStatus(node)
  const keys = state.podsByNode.get(name) ?? []
  let ready = 0
  for (const key of keys) {
    const pod = state.tables.Pod.get(key)
    if (pod && !pod.metadata.deletionTimestamp && isPodReady(pod)) ready++
  }
  return {
    status: readiness === 'ready' && cordoned ? 'cordoned' : readiness,
    pods: ready === 0 ? 'none' : ready < keys.length ? 'some' : 'all',
  }
}

export type Inks = Record<CellStatus | 'lit', string>

/**
 * Draws a node into its cell. Each status has a shape of its own: a box; one with a bar across it; a cross; a slanted line. The box is filled as
 * far as the node's pods are ready.
 */
export function drawCell(pen: CanvasRenderingContext2D, x: number, y: number, cell: number, { status, pods }: CellLook, inks: Inks): void {
  const gap = cell > 8 ? 2 : 1
  const size = cell - gap
  const line = cell > 8 ? 1.5 : 1
  pen.fillStyle = inks[status]
  pen.strokeStyle = inks[status]
  pen.lineWidth = line
  pen.strokeRect(x + line / 2, y + line / 2, size - line, size - line)
  if (status === 'ready' || status === 'cordoned') {
    if (pods === 'all') pen.fillRect(x, y, size, size)
    if (pods === 'some') pen.fillRect(x, y + size / 2, size, size / 2)
    if (status === 'cordoned') {
      if (pods === 'all') pen.clearRect(x + size / 5, y + (size * 2) / 5, (size * 3) / 5, size / 5)
      else pen.fillRect(x + size / 5, y + (size * 2) / 5, (size * 3) / 5, size / 5)
    }
    return
  }
  pen.beginPath()
  pen.moveTo(x, y + size)
  pen.lineTo(x + size, y)
  if (status === 'not-ready') {
    pen.moveTo(x, y)
    pen.lineTo(x + size, y + size)
  }
  pen.stroke()
}
