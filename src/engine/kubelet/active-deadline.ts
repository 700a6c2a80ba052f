import { isTerminal } from '#k8s/pod.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { Pod } from '#k8s/types.ts'
import { type Fleet, recordPod } from './fleet.ts'
import { podStatus } from './pod-status.ts'
import { dropTask, setTask } from './pod-worker.ts'
import { deadlineTask, type PodWorker } from './worker-state.ts'

const reason = 'DeadlineExceeded'
const message = 'Pod was active on the node longer than the specified deadline'

/** Lets the pod's activeDeadlineSeconds run from the moment its kubelet took it, anew when they have changed. */
export function planDeadline(fleet: Fleet, worker: PodWorker, pod: Pod): void {
  const { activeDeadlineSeconds: seconds } = pod.spec
  if (seconds === undefined || !fleet.profile.talks) dropTask(fleet, worker, deadlineTask)
  else {
    const activeMs = parseTimestamp(fleet.ctx.timestamp()) - parseTimestamp(worker.startTime)
    setTask(fleet, worker, Math.max(0, seconds * 1000 - activeMs), deadlineTask)
  }
}

/**
 * The pod has been active for too long: it is Failed from now on. Its containers are stopped after that, as in a pod that others have ended.
 * @source pkg/kubelet/active_deadline.go ShouldEvict, pkg/kubelet/kubelet_pods.go generateAPIPodStatus
 */
export function deadlineExceeded(fleet: Fleet, worker: PodWorker, pod: Pod): void {
  if (isTerminal(pod)) return
  recordPod(fleet, pod, 'Normal', reason, message)
  fleet.ctx.api.updateStatus('Pod', pod, { ...podStatus(fleet, pod, worker, 'Failed'), reason, message })
}
