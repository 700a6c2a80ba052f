import { isTerminating, targetNode } from '#k8s/pod.ts'
import type { DaemonSet, KubeNode, Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { createBackoff, failedPodsBackoffKey } from './backoff.ts'
import { claimOf } from './claim.ts'
import { expectationsTimeoutMs } from './constants.ts'
import type { DaemonSetControllerState } from './controller.ts'
import { keyOf } from './informer-cache.ts'
import { isLeftOut } from './node-view.ts'
import { nodeShouldRunDaemonPod, type PlacementVerdict } from './placement.ts'
import { allowsSurge } from './update-limits.ts'

/** What keeps a running daemon pod off a node at this moment. Times in ms of cluster time. */
export type MissingPodCause =
  /** The rules of placement: no pod is wanted. */
  | { readonly why: 'placement'; readonly verdict: PlacementVerdict }
  /** The DaemonSet is being deleted: its controller does nothing more (DS-3.4). */
  | { readonly why: 'daemonSetDeleted' }
  /** A pod is there, or on its way there. */
  | { readonly why: 'none'; readonly pod: string }
  /** The former pod is still terminating; without surge its successor waits until it is gone (DS-6.8). */
  | { readonly why: 'terminating'; readonly pod: string }
  /** The failed pod is left alone for a while (DS-6.4). */
  | { readonly why: 'backOff'; readonly pod: string; readonly untilMs: number }
  /** The pod ended; the next sync deletes it, its successor comes after that (DS-6.6). Until 1.26 a succeeded pod stays (`forever`). */
  | { readonly why: 'ended'; readonly pod: string; readonly forever: boolean }
  /** Earlier creates or deletes have not been seen yet (DS-2). */
  | { readonly why: 'expectations'; readonly creates: number; readonly deletes: number; readonly untilMs: number }
  /** The API server does not take it (DS-7.4). */
  | { readonly why: 'refused'; readonly refusal: string }
  /** Nothing stands in the way: the next sync creates it, 250 at a time. */
  | { readonly why: 'nextSync' }

/**
 * Why a DaemonSet has no (running) pod on a node: by the same rules that decide in a sync, on the pods that there are now. The controller
 * may not have heard of the latest change yet; then it is the next sync that is waited for.
 * @param owned all pods that the DaemonSet owns
 * @param nowMs cluster time
 */
export function missingPodCause(
  state: DaemonSetControllerState,
  ds: DaemonSet,
  node: KubeNode,
  owned: readonly Pod[],
  version: KubernetesVersion,
  nowMs: number,
): MissingPodCause {
  const nodeName = node.metadata.name
  const verdict = nodeShouldRunDaemonPod(node, ds.spec.template)
  if (!verdict.shouldRun) return { why: 'placement', verdict }
  if (ds.metadata.deletionTimestamp) return { why: 'daemonSetDeleted' }

  const pods = owned.filter((pod) => targetNode(pod) === nodeName && claimOf(pod, ds) === 'own' && !isLeftOut(pod, version))
  const living = pods.filter((pod) => !isTerminating(pod))
  const ended = living.filter((pod) => pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded')
  const present = living.find((pod) => !ended.includes(pod))
  if (present) return { why: 'none', pod: present.metadata.name }
  const surge = allowsSurge(ds)
  const last = ended[0]
  if (last && !surge) {
    const pod = last.metadata.name
    if (last.status.phase === 'Succeeded') return { why: 'ended', pod, forever: !since(version, 'succeededPodsDeleted') }
    const untilMs = createBackoff(state.backoff, nowMs).endsAtMs(failedPodsBackoffKey(ds, nodeName))
    return untilMs === undefined ? { why: 'ended', pod, forever: false } : { why: 'backOff', pod, untilMs }
  }
  const going = pods.find(isTerminating)
  if (going && !surge) return { why: 'terminating', pod: going.metadata.name }

  const waited = state.expectations.get(keyOf(ds))
  if (waited && (waited.add > 0 || waited.del > 0) && nowMs - waited.sinceMs <= expectationsTimeoutMs)
    return {
      why: 'expectations',
      creates: Math.max(0, waited.add),
      deletes: Math.max(0, waited.del),
      untilMs: waited.sinceMs + expectationsTimeoutMs,
    }
  return { why: 'nextSync' }
}
