import { containerExited, lengthenBackOff, showCrashLoop } from './container-exit.ts'
import { type Fleet, livePod, runningAgent } from './fleet.ts'
import { forgetWorker, type PodTask, type PodWorker, taskKey } from './pod-worker.ts'
import { showPullBackOff } from './image-pull.ts'
import { beginContainer, containerStarts, findContainer, imagePulled, sandboxReady, startContainers, type Work } from './pod-start.ts'
import { reportStatus } from './pod-status.ts'
import { finalDelete, podStopped } from './pod-stop.ts'
import { containerReady, containerStarted, firstSuccessMs } from './probes.ts'

/** Something a kubelet had planned for a pod comes due. A stopped kubelet does it when it is back. */
export function runTask(fleet: Fleet, task: PodTask): void {
  const worker = fleet.ctx.state.workers.get(task.uid)
  if (!worker) return
  delete worker.timers[taskKey(task.task, task.container)]
  if (!runningAgent(fleet, worker.node)) {
    if (fleet.ctx.state.agents.has(worker.node)) worker.held = [...worker.held, task]
    return
  }
  const pod = livePod(fleet, worker)
  if (!pod) {
    forgetWorker(fleet, task.uid)
    return
  }
  if (task.task === 'stopped') return podStopped(fleet, worker, pod)
  if (task.task === 'delete') return finalDelete(fleet, worker)
  if (worker.stopping) return
  doTask({ fleet, worker, pod }, task)
  if (worker.changed) {
    worker.changed = false
    reportStatus(fleet, worker)
  }
  if (isSettled(worker)) fleet.ctx.state.workers.delete(worker.uid)
}

function doTask(work: Work, { task, container: name }: PodTask): void {
  const { fleet, worker, pod } = work
  if (task === 'sandbox') return sandboxReady(work)
  const container = findContainer(pod, name)
  if (!container) return
  switch (task) {
    case 'pull':
      return imagePulled(work, container)
    case 'pullAgain':
    case 'restart':
      return beginContainer(work, container)
    case 'restartAgain':
      lengthenBackOff(fleet, worker, container.name)
      return beginContainer(work, container)
    case 'pullBackOff':
      return showPullBackOff(fleet, worker, pod, container)
    case 'start':
      return containerStarts(work, container)
    case 'startup':
      return containerStarted(fleet, worker, container, container.startupProbe ? firstSuccessMs(container.startupProbe, fleet.profile.readyMs) : 0)
    case 'ready':
      return containerReady(worker, container.name)
    case 'crashLoop':
      return showCrashLoop(fleet, worker, pod, container.name)
    case 'exit':
      return containerExited(fleet, worker, pod, container, fleet.ctx.state.crashing.exitCode)
    case 'finish':
      containerExited(fleet, worker, pod, container, 0)
      return startContainers(work)
  }
}

/** Whether nothing is left to do or to remember: then the pod's status alone is enough. */
function isSettled(worker: PodWorker): boolean {
  return Object.keys(worker.timers).length === 0 && Object.keys(worker.backOffs).length === 0 && worker.containers.length > 0 && worker.containers.every((s) => s.ready)
}
