import { tolerates } from '#k8s/taint.ts'
import type { Taint, Toleration } from '#k8s/types.ts'

/**
 * How long a pod may stay with these NoExecute taints, seconds: undefined = for ever, 0 = not at all. For each taint the
 * first toleration in the list that covers it counts; a taint that none covers ends it at once.
 * @source taint_eviction.go GetMatchingTolerations, getMinTolerationTime; NL-6.2
 */
export function tolerationSeconds(taints: readonly Taint[], tolerations: readonly Toleration[] = []): number | undefined {
  let least: number | undefined
  for (const taint of taints) {
    const used = tolerations.find((toleration) => tolerates(toleration, taint))
    if (!used) return 0
    const seconds = used.tolerationSeconds
    if (seconds !== undefined && seconds !== null) least = Math.min(least ?? Number.POSITIVE_INFINITY, Math.max(0, seconds))
  }
  return least
}

/** Whether some taint is covered by no toleration at all. */
export function hasUntolerated(taints: readonly Taint[], tolerations: readonly Toleration[] = []): boolean {
  return taints.some((taint) => !tolerations.some((toleration) => tolerates(toleration, taint)))
}
