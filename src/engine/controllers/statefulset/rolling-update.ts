import { scaledValue } from '#k8s/int-or-percent.ts'
import { isTerminating } from '#k8s/pod.ts'
import type { Pod, StatefulSet } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { isHealthy, isRunningAndAvailable, replicasOf, revisionNameOf } from './stateful-pod.ts'

type Place = Pod | undefined

const isOutdated = (pod: Place, updateRevision: string): pod is Pod => !!pod && revisionNameOf(pod) !== updateRevision && !isTerminating(pod)

/** Until 1.34: from the highest ordinal down, the first outdated pod, unless a higher one is not healthy yet. */
function oneByOne(places: readonly Place[], updateRevision: string): Pod[] {
  for (const pod of [...places].reverse()) {
    if (isOutdated(pod, updateRevision)) return [pod]
    if (!pod || !isHealthy(pod)) return []
  }
  return []
}

/** At least one; rounded down. @source getStatefulSetMaxUnavailable */
function maxUnavailableOf(set: StatefulSet): number {
  const value = set.spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1
  return Math.max(1, scaledValue(value, replicasOf(set), false) ?? 1)
}

/**
 * The pods that a rolling update deletes now, highest ordinal first; places below the partition are left alone. Since 1.35 as many as
 * maxUnavailable leaves room for, counting every unavailable pod of the set.
 * @source stateful_set_control.go updateStatefulSetAfterInvariantEstablished; WC-4.4
 */
export function rollingUpdateTargets(
  set: StatefulSet,
  replicas: readonly Place[],
  updateRevision: string,
  nowMs: number,
  version: KubernetesVersion,
): Pod[] {
  const rolling = replicas.slice(set.spec.updateStrategy?.rollingUpdate?.partition ?? 0)
  if (!since(version, 'statefulSetMaxUnavailable')) return oneByOne(rolling, updateRevision)
  const isUnavailable = (pod: Place) => !pod || isTerminating(pod) || !isRunningAndAvailable(pod, set.spec.minReadySeconds, nowMs, version)
  const room = maxUnavailableOf(set) - replicas.filter(isUnavailable).length
  if (room <= 0) return []
  return rolling
    .filter((pod): pod is Pod => isOutdated(pod, updateRevision))
    .reverse()
    .slice(0, room)
}
