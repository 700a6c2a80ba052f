import { toInt64 } from './requirement.ts'
import type { Taint, Toleration } from './types.ts'

/**
 * Whether the toleration covers the taint; tolerationSeconds is not looked at. `Gt` and `Lt` compare as integers; the API
 * refuses them unless the gate is on, so no version is needed here.
 * @source component-helpers ToleratesTaint; DS-4.7, SCH-3.12
 */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false
  if (toleration.key && toleration.key !== taint.key) return false
  switch (toleration.operator) {
    case undefined:
    case '':
    case 'Equal':
      return (toleration.value ?? '') === (taint.value ?? '')
    case 'Exists':
      return true
    case 'Gt':
      return compares(taint.value, toleration.value, (a, b) => a > b)
    case 'Lt':
      return compares(taint.value, toleration.value, (a, b) => a < b)
    default:
      return false
  }
}

function compares(taintValue: string | undefined, tolerationValue: string | undefined, holds: (a: bigint, b: bigint) => boolean): boolean {
  const [a, b] = [toInt64(taintValue), toInt64(tolerationValue)]
  return a !== undefined && b !== undefined && holds(a, b)
}

/** Whether any of the tolerations covers the taint. @source TolerationsTolerateTaint */
export function toleratesTaint(tolerations: readonly Toleration[] | undefined, taint: Taint): boolean {
  if (!tolerations) return false
  for (const toleration of tolerations) if (tolerates(toleration, taint)) return true
  return false
}

/** The first taint, in list order, that passes the filter and that nothing tolerates. @source FindMatchingUntoleratedTaint */
export function findUntoleratedTaint(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[] | undefined,
  filter?: (taint: Taint) => boolean,
): Taint | undefined {
  if (!taints) return undefined
  for (const taint of taints) if ((!filter || filter(taint)) && !toleratesTaint(tolerations, taint)) return taint
  return undefined
}

/** The taints that new pods avoid where they can. */
export function isSoftTaint(taint: Taint): boolean {
  return taint.effect === 'PreferNoSchedule'
}

/** The taints that keep new pods away: NoSchedule and NoExecute. */
export function isSchedulingTaint(taint: Taint): boolean {
  return taint.effect === 'NoSchedule' || taint.effect === 'NoExecute'
}

/** `key=value:Effect`, `key:Effect` without value. @source Taint.ToString */
export function formatTaint(taint: Taint): string {
  if (!taint.effect) return taint.value ? `${taint.key}=${taint.value}:` : taint.key
  return taint.value ? `${taint.key}=${taint.value}:${taint.effect}` : `${taint.key}:${taint.effect}`
}
