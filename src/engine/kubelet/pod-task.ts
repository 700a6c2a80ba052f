import type { Container } from '#k8s/types.ts'
import { containerExited, containerKilled, containerReplaced, lengthenBackOff, showCrashLoop } from './container-exit.ts'
import { statusOf } from './container-status.ts'
import { type Fleet, livePod } from './fleet.ts'
import { showPullBackOff } from './image-pull.ts'
import { endContainers } from './pod-end.ts'
import { rejectPod } from './pod-failure.ts'
import { finishPod, sidecarsStopped } from './pod-finish.ts'
import { containersResized } from './pod-resize.ts'
import { beginContainer, containerStarts, findContainer, imagePulled, sandboxReady, startContainers, type Work } from './pod-start.ts'
import { reportStatus } from './pod-status.ts'
import { deadlineExceeded, finalDelete, podStopped } from './pod-stop.ts'
import { forgetWorker, taskIsDue } from './pod-worker.ts'
import { probeFailed } from './probe-failure.ts'
import { ageMsOf } from './probe-time.ts'
import { containerReady, containerStarted } from './probes.ts'
import { deadlineTask, type PodTask, type PodWorker } from './worker-state.ts'

/** Something a kubelet had planned for a pod comes due. A stopped kubelet does it when it is back (KL-8.5). */
export function runTask(fleet: Fleet, task: PodTask): void {
  const worker = fleet.ctx.state.workers.get(task.uid)
  if (!worker) return
  taskIsDue(worker, task.task, task.container)
  const pod = livePod(fleet, worker)
  if (fleet.ctx.state.stopped.has(worker.node)) {
    // containers end by themselves; who comes back finds them so
    if (!pod || !endsUnseen({ fleet, worker, pod }, task)) worker.held = [...worker.held, task]
    return
  }
  if (!pod) {
    forgetWorker(fleet, task.uid)
    return
  }
  if (worker.stopAtMs !== undefined) {
    if (task.task === 'stopped') podStopped(fleet, worker, pod)
    else if (task.task === 'delete') finalDelete(fleet, worker)
    else if (task.task === 'readinessFails') {
      doTask({ fleet, worker, pod }, task)
      reportChange(fleet, worker)
    }
    return
  }
  if (task.task === 'reject' && worker.rejection) {
    rejectPod(fleet, pod, worker.rejection)
    return
  }
  doTask({ fleet, worker, pod }, task)
  reportChange(fleet, worker)
  if (isSettled(worker)) fleet.ctx.state.workers.delete(worker.uid)
}

/** Does what containers do by themselves; false: the task waits for their kubelet. */
function endsUnseen({ fleet, worker, pod }: Work, { task, container: name }: PodTask): boolean {
  // who comes back reports what has changed anyway
  if (task === 'report') return true
  if (task === 'stopped') {
    endContainers(fleet, worker, pod)
    return true
  }
  const container = findContainer(pod, name)
  if (!container || (task !== 'exit' && task !== 'finish')) return false
  containerExited(fleet, worker, pod, container, task === 'exit' ? fleet.ctx.state.crashing.exitCode : 0)
  return true
}

function reportChange(fleet: Fleet, worker: PodWorker): void {
  if (!worker.changed) return
  worker.changed = false
  reportStatus(fleet, worker)
}

/** What is done when a task about one container comes due. */
const containerTasks: Record<string, (work: Work, container: Container) => void> = {
  pull: imagePulled,
  pullAgain: beginContainer,
  restart: beginContainer,
  start: containerStarts,
  restartAgain(work, container) {
    lengthenBackOff(work.fleet, work.worker, container.name)
    beginContainer(work, container)
  },
  pullBackOff: ({ fleet, worker, pod }, container) => showPullBackOff(fleet, worker, pod, container),
  startup(work, container) {
    const { fleet, worker } = work
    const status = statusOf(worker, container.name)
    if (status) containerStarted(fleet, worker, container, ageMsOf(fleet, status))
    startContainers(work)
  },
  readinessFails: ({ fleet, worker, pod }, container) => probeFailed(fleet, worker, pod, container, 'readiness'),
  livenessFails: ({ fleet, worker, pod }, container) => probeFailed(fleet, worker, pod, container, 'liveness'),
  startupFails: ({ fleet, worker, pod }, container) => probeFailed(fleet, worker, pod, container, 'startup'),
  killed(work, container) {
    if (containerKilled(work.fleet, work.worker, work.pod, container)) beginContainer(work, container)
    else finishPod(work.fleet, work.worker, work.pod)
  },
  replaced(work, container) {
    if (containerReplaced(work.fleet, work.worker, container)) beginContainer(work, container)
  },
  ready: ({ worker }, container) => containerReady(worker, container.name),
  crashLoop: ({ fleet, worker, pod }, container) => showCrashLoop(fleet, worker, pod, container.name),
  exit(work, container) {
    containerExited(work.fleet, work.worker, work.pod, container, work.fleet.ctx.state.crashing.exitCode)
    startContainers(work)
  },
  finish(work, container) {
    containerExited(work.fleet, work.worker, work.pod, container, 0)
    startContainers(work)
  },
}

function doTask(work: Work, { task, container: name }: PodTask): void {
  if (task === 'sandbox') sandboxReady(work)
  if (task === 'resized') containersResized(work)
  if (task === deadlineTask) deadlineExceeded(work.fleet, work.worker, work.pod)
  if (task === 'sidecarsStopped') sidecarsStopped(work.fleet, work.worker, work.pod)
  const container = name === undefined ? undefined : findContainer(work.pod, name)
  if (container) containerTasks[task]?.(work, container)
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false
  return true
}

/** Whether nothing is left to do or to remember: then the pod's status alone is enough. */
function isSettled(worker: PodWorker): boolean {
  const { timers, backOffs, pullBackOffs, failing, containers } = worker
  if (timers.length > 0 || containers.length === 0 || !containers.every((s) => s.ready)) return false
  return [backOffs, pullBackOffs, failing].every(isEmpty)
}
