import { observedGeneration } from '#k8s/pod.ts'
import { withDisruptionTarget } from '#k8s/pod-condition.ts'
import type { Condition, Pod, PodStatus } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { type Fleet, recordPod } from './fleet.ts'
import { fieldPathOf } from './image-pull.ts'
import { kubeletConditions } from './pod-conditions.ts'
import { endContainers } from './pod-end.ts'
import { podStatus } from './pod-status.ts'
import { forgetWorker, workerOf } from './pod-worker.ts'
import type { Rejection } from './rejection.ts'

/**
 * A pod that its kubelet turns away: Failed, with nothing else reported. What a kubelet had said of it before, because the pod once ran
 * here, goes: containers, addresses, its conditions, PodScheduled among them (KL-9.3). The event tells it first.
 * @source pkg/kubelet/kubelet.go rejectPod, pkg/kubelet/status/status_manager.go mergePodStatus
 */
export function rejectPod(fleet: Fleet, pod: Pod, { reason, message }: Rejection): void {
  const { ctx } = fleet
  const text = since(ctx.version, 'kubeletRejectedText') ? `Pod was rejected: ${message}` : `Pod ${message}`
  forgetWorker(fleet, pod.metadata.uid ?? '')
  const { qosClass, startTime = ctx.timestamp(), conditions = [] } = pod.status
  const others = conditions.filter(({ type }) => !kubeletConditions.has(type))
  const kept = { qosClass, startTime, ...(others.length > 0 && { conditions: others }) }
  ctx.api.updateStatus('Pod', pod, { ...kept, ...observedGeneration(pod, ctx.version), phase: 'Failed', reason, message: text })
}

/** What others than the kubelet may set, too, stands before its own conditions. */
function targetFirst({ conditions = [] }: PodStatus): Condition[] {
  const isTarget = ({ type }: Condition) => type === 'DisruptionTarget'
  return [...conditions.filter(isTarget), ...conditions.filter((c) => !isTarget(c))]
}

/**
 * Ends a pod for good, as eviction and preemption by the kubelet do: containers killed, phase Failed (KL-10.4). `because`
 * is the text of the DisruptionTarget condition that pods get from 1.26 on; without it they get none.
 */
export function failPod(fleet: Fleet, pod: Pod, reason: string, message: string, because?: string): void {
  const { ctx } = fleet
  const worker = workerOf(fleet, pod)
  for (const { name, state } of [...worker.inits, ...worker.containers])
    if (state.running) recordPod(fleet, pod, 'Normal', 'Killing', `Stopping container ${name}`, fieldPathOf(pod, name))
  endContainers(fleet, worker, pod, 137)
  const status = podStatus(fleet, pod, worker, 'Failed')
  const marked = because !== undefined && since(ctx.version, 'disruptionConditions')
  forgetWorker(fleet, worker.uid)
  ctx.api.updateStatus('Pod', pod, {
    ...status,
    reason,
    message,
    ...(marked && {
      conditions: targetFirst(
        withDisruptionTarget({ ...pod, status }, { reason: 'TerminationByKubelet', message: because }, ctx.version, ctx.timestamp()),
      ),
    }),
  })
}
