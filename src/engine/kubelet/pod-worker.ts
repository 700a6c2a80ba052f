import type { Plain } from '#engine/component.ts'
import type { Pod } from '#k8s/types.ts'
import type { Fleet } from './fleet.ts'
import { deadlineTask, type PendingTask, type PodTask, type PodWorker } from './worker-state.ts'

const noTasks: readonly PendingTask[] = []
const nothing: PodWorker['failing'] = {}

/** Lets a task of the worker come due; one that is pending under the same name is replaced. */
export function setTask(fleet: Fleet, worker: PodWorker, delayMs: number, task: string, container?: string): void {
  dropTask(fleet, worker, task, container)
  const payload: PodTask = container === undefined ? { uid: worker.uid, task } : { uid: worker.uid, task, container }
  const pending = { task, container, timer: fleet.ctx.schedule(delayMs, payload as unknown as Plain) }
  worker.timers = worker.timers.length === 0 ? [pending] : [...worker.timers, pending]
}

export function isPending({ timers }: PodWorker, task: string, container?: string): boolean {
  for (const pending of timers) if (pending.task === task && pending.container === container) return true
  return false
}

/** Whether the kubelet is busy with the pod: only then its timers, but that of the deadline, run. */
export function isBusy({ timers }: PodWorker): boolean {
  for (const { task } of timers) if (task !== deadlineTask) return true
  return false
}

/** The task's timer no longer runs: it came due, or was cancelled. */
export function taskIsDue(worker: PodWorker, task: string, container?: string): void {
  const { timers } = worker
  if (!isPending(worker, task, container)) return
  worker.timers = timers.length === 1 ? noTasks : timers.filter((pending) => pending.task !== task || pending.container !== container)
}

export function dropTask(fleet: Fleet, worker: PodWorker, task: string, container?: string): void {
  for (const pending of worker.timers) if (pending.task === task && pending.container === container) fleet.ctx.cancel(pending.timer)
  taskIsDue(worker, task, container)
}

/** All of one container's tasks but `except`. */
export function dropTasksOf(fleet: Fleet, worker: PodWorker, container: string, except: string): void {
  for (const { task, container: of } of worker.timers) if (of === container && task !== except) dropTask(fleet, worker, task, container)
}

/** `except` = the task, for whichever container, that stays. */
export function dropTasks(fleet: Fleet, worker: PodWorker, except?: string): void {
  const staying = except === undefined ? noTasks : worker.timers.filter(({ task }) => task === except)
  for (const pending of worker.timers) if (!staying.includes(pending)) fleet.ctx.cancel(pending.timer)
  worker.timers = staying
  worker.held = []
}

/** The kubelet's knowledge of a pod, rebuilt from its status when it had nothing more to do with it. */
export function workerOf({ ctx }: Fleet, pod: Pod): PodWorker {
  const uid = pod.metadata.uid ?? ''
  const known = ctx.state.workers.get(uid)
  if (known) return known
  const { status } = pod
  const worker: PodWorker = {
    uid,
    namespace: pod.metadata.namespace ?? 'default',
    name: pod.metadata.name,
    node: pod.spec.nodeName ?? '',
    startTime: status.startTime ?? ctx.timestamp(),
    stopAtMs: undefined,
    changed: false,
    podIP: status.podIP,
    inits: status.initContainerStatuses ?? [],
    containers: status.containerStatuses ?? [],
    backOffs: {},
    pullBackOffs: {},
    failing: nothing,
    timers: noTasks,
    held: [],
  }
  ctx.state.workers.set(uid, worker)
  return worker
}

/** Forgets a pod that is gone or at an end. */
export function forgetWorker(fleet: Fleet, uid: string): void {
  const worker = fleet.ctx.state.workers.get(uid)
  if (!worker) return
  dropTasks(fleet, worker)
  fleet.ctx.state.workers.delete(uid)
}
