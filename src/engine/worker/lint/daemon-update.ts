import { scaledValue } from '#k8s/int-or-percent.ts'
import type { DaemonSetUpdateStrategy, IntOrString } from '#k8s/types.ts'
import type { LintInput } from './lint.ts'

/** What a DaemonSet says about its updates, with the defaults that the API server will fill in (DS-14.1). */
export interface DaemonUpdate {
  /** As written; undefined = left to the default. */
  maxUnavailable?: IntOrString
  maxSurge?: IntOrString
  /** Whether the value in force is something other than 0. */
  unavailable: boolean
  surge: boolean
}

export const limitsPath = ['spec', 'updateStrategy', 'rollingUpdate'] as const

const isSet = (value: IntOrString): boolean => scaledValue(value, 100, true) !== 0

/** How a DaemonSet is updated; undefined for other kinds and for other strategies than RollingUpdate. */
export function daemonUpdate({ kind, spec }: LintInput): DaemonUpdate | undefined {
  if (kind !== 'DaemonSet') return undefined
  const { type, rollingUpdate } = (spec.updateStrategy ?? {}) as DaemonSetUpdateStrategy
  if (type && type !== 'RollingUpdate') return undefined
  const { maxUnavailable, maxSurge } = rollingUpdate ?? {}
  return { maxUnavailable, maxSurge, unavailable: isSet(maxUnavailable ?? 1), surge: isSet(maxSurge ?? 0) }
}
