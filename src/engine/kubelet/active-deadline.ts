import { parseTimestamp } from '#k8s/time.ts'
import type { Pod } from '#k8s/types.ts'
import type { Fleet } from './fleet.ts'
import { dropTask, setTask } from './pod-worker.ts'
import { deadlineTask, type PodWorker } from './worker-state.ts'

export const exceeded = { reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' }

const activeMs = ({ ctx }: Fleet, { startTime }: PodWorker): number => parseTimestamp(ctx.timestamp()) - parseTimestamp(startTime)

/** Lets the pod's activeDeadlineSeconds run from the moment its kubelet took it, anew when they have changed. */
export function planDeadline(fleet: Fleet, worker: PodWorker, pod: Pod): void {
  const { activeDeadlineSeconds: seconds } = pod.spec
  if (seconds === undefined || !fleet.profile.talks) dropTask(fleet, worker, deadlineTask)
  else setTask(fleet, worker, Math.max(0, seconds * 1000 - activeMs(fleet, worker)), deadlineTask)
}

/** What is said of a pod that has been active for too long. @source pkg/kubelet/active_deadline.go ShouldEvict */
export function deadlineEnd(fleet: Fleet, worker: PodWorker, pod: Pod): typeof exceeded | undefined {
  const { activeDeadlineSeconds: seconds } = pod.spec
  return seconds !== undefined && activeMs(fleet, worker) >= seconds * 1000 ? exceeded : undefined
}
