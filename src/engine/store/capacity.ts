import { ApiError } from '#k8s/api-error.ts'
import type { Kind } from '#k8s/types.ts'
import type { Core } from '../core.ts'

/** As many pods as Kubernetes says a cluster is made for. */
export const mostPods = 150_000

/**
 * Refuses a pod more than the cluster holds, as an API server does whose etcd is full. Modelled: pods fill it, whatever their size; nothing else
 * is refused, so that the cluster can be set right.
 * @source etcd server/etcdserver/api/v3rpc/rpctypes ErrNoSpace
 */
export function checkCapacity({ state: { tables } }: Core, kind: Kind): void {
  if (kind !== 'Pod' || tables.Pod.size < mostPods) return
  const mend = `this simulated cluster holds at most ${mostPods} pods; delete some, or ask for fewer replicas`
  throw new ApiError('Unknown', `etcdserver: mvcc: database space exceeded (${mend})`)
}
