import type { ComponentContext } from '#engine/component.ts'
import {
  taintDiskPressure,
  taintMemoryPressure,
  taintNetworkUnavailable,
  taintNotReady,
  taintPidPressure,
  taintUnreachable,
  taintUnschedulable,
} from '#k8s/node.ts'
import type { KubeNode, Taint } from '#k8s/types.ts'

/** Condition type, then its status, to the key of its taint (NL-3.1). */
const keyByCondition: Record<string, Partial<Record<string, string>>> = {
  Ready: { False: taintNotReady, Unknown: taintUnreachable },
  MemoryPressure: { True: taintMemoryPressure },
  DiskPressure: { True: taintDiskPressure },
  PIDPressure: { True: taintPidPressure },
  NetworkUnavailable: { True: taintNetworkUnavailable },
}

const managedKeys = new Set([taintUnschedulable, ...Object.values(keyByCondition).flatMap((byStatus) => Object.values(byStatus) as string[])])

/** NoSchedule taint keys that the node's conditions and spec.unschedulable call for, in the order of its conditions. */
export function wantedNoScheduleKeys(node: KubeNode): string[] {
  const keys: string[] = []
  for (const condition of node.status.conditions ?? []) {
    const key = keyByCondition[condition.type]?.[condition.status]
    if (key) keys.push(key)
  }
  if (node.spec.unschedulable) keys.push(taintUnschedulable)
  return keys
}

/**
 * Makes the condition taints of a node equal to what its conditions call for, at once (NL-3.2).
 * @source node_lifecycle_controller.go doNoScheduleTaintingPass
 */
export function doNoScheduleTaintingPass(ctx: ComponentContext<unknown>, node: KubeNode): void {
  const wanted = wantedNoScheduleKeys(node)
  const held = (node.spec.taints ?? []).filter((t) => t.effect === 'NoSchedule' && managedKeys.has(t.key)).map((t) => t.key)
  if (wanted.length === 0 && held.length === 0) return
  const add = wanted.filter((key) => !held.includes(key)).map((key): Taint => ({ key, effect: 'NoSchedule' }))
  const remove = held.filter((key) => !wanted.includes(key)).map((key): Taint => ({ key, effect: 'NoSchedule' }))
  swapNodeControllerTaint(ctx, node, add, remove)
}

const isSameTaint = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect

export function hasTaint(node: KubeNode, taint: Taint): boolean {
  return node.spec.taints?.some((t) => isSameTaint(t, taint)) ?? false
}

/** Adds (stamped with the time, at the end) and removes taints of a node in one write. Key and effect decide, not the value (NL-4.5). */
export function swapNodeControllerTaint(ctx: ComponentContext<unknown>, node: KubeNode, add: readonly Taint[], remove: readonly Taint[]): void {
  const { taints: before = [], ...spec } = node.spec
  const missing = add.filter((taint) => !hasTaint(node, taint))
  const kept = before.filter((taint) => !remove.some((r) => isSameTaint(r, taint)))
  if (missing.length === 0 && kept.length === before.length) return
  const taints = [...kept, ...missing.map((taint) => ({ ...taint, timeAdded: ctx.timestamp() }))]
  ctx.api.update('Node', { ...node, spec: taints.length ? { ...spec, taints } : spec })
}
