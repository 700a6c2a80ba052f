import { isPodReady, podCondition } from '#k8s/pod.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { Pod } from '#k8s/types.ts'

/**
 * Milliseconds until the next of the ready pods has been ready for minReadySeconds; undefined when none is waiting for that.
 * nowMs = milliseconds since 1970.
 * @source pkg/controller/controller_utils.go FindMinNextPodAvailabilityCheck
 */
export function nextAvailabilityCheck(pods: readonly Pod[], minReadySeconds: number | undefined, nowMs: number): number | undefined {
  if (!minReadySeconds) return undefined
  let next: number | undefined
  for (const pod of pods) {
    const since = isPodReady(pod) ? podCondition(pod, 'Ready')?.lastTransitionTime : undefined
    if (!since) continue
    const delay = parseTimestamp(since) + minReadySeconds * 1000 - nowMs
    if (delay > 0 && (next === undefined || delay < next)) next = delay
  }
  return next
}
