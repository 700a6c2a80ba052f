import { scaledValue } from '#k8s/int-or-percent.ts'
import type { DaemonSet, DaemonSetUpdateStrategy, IntOrString } from '#k8s/types.ts'

function scaled(value: IntOrString | undefined, total: number): number {
  const number = scaledValue(value ?? 0, total, true)
  if (number === undefined) throw new Error(`invalid value for IntOrString: ${value}`)
  return number
}

const rollingUpdateOf = (strategy: DaemonSetUpdateStrategy) => (strategy.type === 'RollingUpdate' ? strategy.rollingUpdate : undefined)

/** How many of `desired` pods may be unavailable; percentages round up. @source util UnavailableCount; DS-10.2 */
export function unavailableCount(strategy: DaemonSetUpdateStrategy, desired: number): number {
  return scaled(rollingUpdateOf(strategy)?.maxUnavailable, desired)
}

/** How many of `desired` nodes may have a second pod; percentages round up. @source util SurgeCount; DS-10.2 */
export function surgeCount(strategy: DaemonSetUpdateStrategy, desired: number): number {
  return scaled(rollingUpdateOf(strategy)?.maxSurge, desired)
}

/** Whether an update may put a second pod on a node. @source util AllowsSurge; DS-6.9 */
export function allowsSurge(ds: Pick<DaemonSet, 'spec'>): boolean {
  const maxSurge = rollingUpdateOf(ds.spec.updateStrategy)?.maxSurge
  return (scaledValue(maxSurge ?? 0, 1, true) ?? 0) > 0
}

export interface UpdateLimits {
  readonly maxSurge: number
  readonly maxUnavailable: number
}

/**
 * The budget of a rolling update over `desired` nodes: when both parts are 0, one pod may be unavailable.
 * Throws Error when a value is neither an integer nor a percentage.
 * @source pkg/controller/daemon/update.go updatedDesiredNodeCounts; DS-10.2
 */
export function updateLimits(strategy: DaemonSetUpdateStrategy, desired: number): UpdateLimits {
  const maxUnavailable = unavailableCount(strategy, desired)
  const maxSurge = surgeCount(strategy, desired)
  return { maxSurge, maxUnavailable: desired > 0 && maxUnavailable === 0 && maxSurge === 0 ? 1 : maxUnavailable }
}
