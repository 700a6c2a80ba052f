import { isTerminating } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import { revisionNameOf } from './stateful-pod.ts'

/**
 * The pod that a rolling update deletes now: from the highest ordinal down to the partition the first outdated one, unless a higher one is not
 * healthy yet.
 * @source stateful_set_control.go updateStatefulSet; WC-4.4
 */
export function rollingUpdateTarget(
  replicas: readonly (Pod | undefined)[],
  partition: number,
  updateRevision: string,
  isHealthy: (pod: Pod) => boolean,
): Pod | undefined {
  for (let place = replicas.length - 1; place >= partition; place--) {
    const pod = replicas[place]
    if (pod && revisionNameOf(pod) !== updateRevision && !isTerminating(pod)) return pod
    if (!pod || !isHealthy(pod)) return undefined
  }
  return undefined
}
