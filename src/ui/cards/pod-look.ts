import { isPodReady, podCondition } from '#k8s/pod.ts'
import { tolerates, toleratesTaint } from '#k8s/taint.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'

/** The pictures of a pod tile. Each differs from the others without its colour. */
export type PodPicture =
  | 'unscheduled'
  | 'unschedulable'
  | 'gated'
  | 'lost'
  | 'starting'
  | 'ready'
  | 'not-ready'
  | 'terminating'
  | 'failed'
  | 'back-off'
  | 'succeeded'

export interface PodLook {
  picture: PodPicture
  /** The word kubectl prints in STATUS, or the nearest to it. */
  status: string
}

/** A running countdown: until when (milliseconds since 1970), and how long it is in all. */
export interface Countdown {
  what: 'grace' | 'eviction'
  untilMs: number
  totalMs: number
}

function waitingReason(pod: Pod): string | undefined {
  for (const status of [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])]) {
    if (status.state.waiting?.reason) return status.state.waiting.reason
  }
  return undefined
}

function terminatedReason(pod: Pod): string | undefined {
  for (const status of pod.status.containerStatuses ?? []) if (status.state.terminated?.reason) return status.state.terminated.reason
  return undefined
}

const backOff = /BackOff$|^Err|^Invalid|^Create.*Error$|^RunContainerError$/

/** How a pod without a node is drawn: not looked at yet, held back, or refused by the scheduler. */
function unscheduledLook(pod: Pod): PodLook {
  const scheduled = podCondition(pod, 'PodScheduled')
  if (scheduled?.reason === 'SchedulingGated') return { picture: 'gated', status: scheduled.reason }
  return { picture: scheduled?.status === 'False' ? 'unschedulable' : 'unscheduled', status: 'Pending' }
}

/** How a pod is drawn; one whose Node is gone, not as what nobody knows it to be any more. */
export function podLook(pod: Pod, isNodeGone = false): PodLook {
  if (pod.metadata.deletionTimestamp) return { picture: 'terminating', status: 'Terminating' }
  const phase = pod.status.phase ?? 'Pending'
  if (phase === 'Failed') return { picture: 'failed', status: pod.status.reason ?? terminatedReason(pod) ?? 'Failed' }
  if (phase === 'Succeeded') return { picture: 'succeeded', status: 'Completed' }
  const waiting = waitingReason(pod)
  if (isNodeGone) return { picture: 'lost', status: waiting ?? phase }
  if (waiting && backOff.test(waiting)) return { picture: 'back-off', status: waiting }
  if (!pod.spec.nodeName) return unscheduledLook(pod)
  if (phase === 'Pending') return { picture: 'starting', status: waiting ?? 'Pending' }
  if (isPodReady(pod)) return { picture: 'ready', status: 'Running' }
  return { picture: 'not-ready', status: terminatedReason(pod) ?? waiting ?? 'Running' }
}

/** Why the pod has no node, in the scheduler's words; undefined when it has one or was not looked at yet. */
export function unscheduledReason(pod: Pod): string | undefined {
  const scheduled = podCondition(pod, 'PodScheduled')
  return scheduled?.status === 'False' ? scheduled.message : undefined
}

function evictionMs(pod: Pod, node: KubeNode): Countdown | undefined {
  let soonest: Countdown | undefined
  for (const taint of node.spec.taints ?? []) {
    if (taint.effect !== 'NoExecute' || !taint.timeAdded || !toleratesTaint(pod.spec.tolerations, taint)) continue
    const limits = (pod.spec.tolerations ?? []).filter((toleration) => tolerates(toleration, taint)).map((toleration) => toleration.tolerationSeconds)
    const limited = limits.filter((seconds) => seconds !== undefined)
    if (limited.length === 0) continue
    const totalMs = Math.max(0, Math.min(...limited)) * 1000
    const untilMs = parseTimestamp(taint.timeAdded) + totalMs
    if (!soonest || untilMs < soonest.untilMs) soonest = { what: 'eviction', untilMs, totalMs }
  }
  return soonest
}

/** The timer that runs on this pod: its grace period, or the time until a NoExecute taint evicts it. */
export function podCountdown(pod: Pod, node: KubeNode | undefined): Countdown | undefined {
  const until = pod.metadata.deletionTimestamp
  if (until) return { what: 'grace', untilMs: parseTimestamp(until), totalMs: (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000 }
  return node ? evictionMs(pod, node) : undefined
}
