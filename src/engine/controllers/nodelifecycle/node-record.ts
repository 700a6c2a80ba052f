import type { ComponentContext } from '#engine/component.ts'
import type { ConditionStatus } from '#k8s/types.ts'
import type { Zone } from './zone.ts'

/** What the controller remembers of one node between passes. Replaced, never written into: snapshots share it. */
export interface NodeRecord {
  /** Order of first sight: passes go through nodes in this order (SIM-5). */
  readonly seq: number
  readonly uid: string | undefined
  /** lastHeartbeatTime of the Ready condition that was seen last. */
  readonly heartbeat: string | undefined
  /** The pass that first saw the newest sign of life, ms of cluster time (NL-2.1). */
  readonly probeMs: number
  /** Ready as the last pass left it; undefined while the node has no such condition. */
  readonly ready: ConditionStatus | undefined
  /** The zone that counts this node, undefined when none does (NL-5.1). */
  readonly zone: string | undefined
}

export interface NodeLifecycleState {
  nodes: Map<string, NodeRecord>
  /** Those whose Ready condition the last pass left at anything but True. */
  notReady: Set<string>
  nextSeq: number
  /** Coming passes, by time, and the nodes each has to look at. Nothing pending: no pass. */
  passes: Map<number, Set<string>>
  lastPassMs: number
  zones: Map<string, Zone>
}

export type NodeLifecycleContext = ComponentContext<NodeLifecycleState>

export function createNodeLifecycleState(): NodeLifecycleState {
  return { nodes: new Map(), notReady: new Set(), nextSeq: 0, passes: new Map(), lastPassMs: -1, zones: new Map() }
}

/** Changes what is remembered of a known node; returns it. */
export function updateRecord(ctx: NodeLifecycleContext, name: string, change: Partial<NodeRecord>): NodeRecord {
  const record = Object.freeze({ ...(ctx.state.nodes.get(name) as NodeRecord), ...change })
  ctx.state.nodes.set(name, record)
  return record
}
