import type { ComponentContext, TimerId } from '#engine/component.ts'
import type { Taint } from '#k8s/types.ts'

export interface Eviction {
  timer: TimerId
  createdMs: number
  /** When the pod will be deleted, ms of cluster time. */
  atMs: number
}

export interface TaintEvictionState {
  /** NoExecute taints of the nodes that have any. */
  taintedNodes: Map<string, readonly Taint[]>
  /** By `namespace/name`: the running countdown, or null when the pod was already sent away. */
  evictions: Map<string, Eviction | null>
}

export type TaintEvictionContext = ComponentContext<TaintEvictionState>

export function createTaintEvictionState(): TaintEvictionState {
  return { taintedNodes: new Map(), evictions: new Map() }
}
