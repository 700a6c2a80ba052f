import { formatGoDuration } from '#k8s/duration.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { Container, ContainerStatus, Pod } from '#k8s/types.ts'
import { extend } from '#sim/extend.ts'
import { putStatus, statusOf, terminatedStatus } from './container-status.ts'
import { crashBackOffText } from './event-texts.ts'
import { type Fleet, recordPod } from './fleet.ts'
import { fieldPathOf } from './image-pull.ts'
import { hasFailedInit } from './pod-phase.ts'
import { firstWaitMs, forgetMs, maxWaitMs } from './pod-waits.ts'
import { dropTask, setTask } from './pod-worker.ts'
import { isInitStep, isRestarted, isRestartedAfterKill } from './restart-policy.ts'
import type { BackOff, PodWorker } from './worker-state.ts'

/** What can be planned for a container that runs. */
const containerTasks = ['startup', 'ready', 'exit', 'finish', 'killed', 'replaced', 'readinessFails', 'livenessFails', 'startupFails']

/** Whether every regular container, or a step before them in vain, has ended and is not started again: then nothing of the pod is. */
export function isWorkDone({ inits, containers }: PodWorker, pod: Pod): boolean {
  if (hasFailedInit(pod.spec, inits)) return true
  for (const container of pod.spec.containers) {
    const ended = containers.find(({ name }) => name === container.name)?.state.terminated
    if (!ended || isRestarted(pod.spec, container, ended.exitCode)) return false
  }
  return true
}

/**
 * A container ended. It restarts at once the first time, later after a wait that doubles (KL-5.2).
 * Modelled: the restart comes exactly when the wait ends; one BackOff event a wait (upstream repeats it at each sync).
 */
export function containerExited(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container, exitCode: number, reason?: string): void {
  const { name } = container
  const status = statusOf(worker, name)
  if (!status?.state.running) return
  endContainer(fleet, worker, status, exitCode, reason)
  if (exitCode === 0 && isInitStep(pod.spec, container)) becomeReady(worker, name)
  if (!isRestarted(pod.spec, container, exitCode) || isWorkDone(worker, pod)) return
  const backOff = backOffOf(fleet, worker, name)
  if (backOff) {
    waitForRestart(fleet, worker, name, backOff)
    return
  }
  worker.backOffs[name] = { waitMs: firstWaitMs, decidedMs: fleet.ctx.now() }
  setTask(fleet, worker, fleet.profile.noticeMs, 'restart', name)
}

/**
 * A container that its kubelet killed because of a probe has stopped; applications end with 0. True: it starts again at once.
 * Unlike after an exit the wait is compared with the time since the end *before* this one: that one alone is known when the
 * kubelet decides. So a container has to be killed often, or soon, to come into back-off.
 * @source pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod, doBackOff; KL-7.6
 */
export function containerKilled(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container): boolean {
  const { name } = container
  const status = statusOf(worker, name)
  if (!status?.state.running) return false
  endContainer(fleet, worker, status, 0)
  const isInit = pod.spec.initContainers?.includes(container) ?? false
  if (!isInit && !isRestartedAfterKill(pod.spec, container)) return false
  const last = status.lastState.terminated
  if (!last?.finishedAt) return true
  const backOff = backOffOf(fleet, worker, name)
  const sinceMs = parseTimestamp(fleet.ctx.timestamp()) - parseTimestamp(last.finishedAt)
  if (backOff && sinceMs < backOff.waitMs) {
    waitForRestart(fleet, worker, name, backOff)
    return false
  }
  if (backOff) lengthenBackOff(fleet, worker, name)
  else worker.backOffs[name] = { waitMs: firstWaitMs, decidedMs: fleet.ctx.now() }
  return true
}

/** A container whose definition was changed has stopped. True: it starts again at once, in the same sync, so nothing is told in between. */
export function containerReplaced(fleet: Fleet, worker: PodWorker, { name }: Container): boolean {
  const status = statusOf(worker, name)
  if (!status?.state.running) return false
  endContainer(fleet, worker, status, 0)
  worker.changed = false
  return true
}

/** An init container that has done its work counts as ready. @source pkg/kubelet/prober/prober_manager.go UpdatePodStatus; KL-3.2 */
function becomeReady(worker: PodWorker, name: string): void {
  const status = statusOf(worker, name)
  if (status) putStatus(worker, extend(status, { ready: true }))
}

function endContainer(fleet: Fleet, worker: PodWorker, status: ContainerStatus, exitCode: number, reason?: string): void {
  for (const task of containerTasks) dropTask(fleet, worker, task, status.name)
  putStatus(worker, terminatedStatus(fleet, status, exitCode, reason))
  worker.changed = true
}

/** The container's back-off, unless it was long enough ago to be forgotten. */
function backOffOf({ ctx }: Fleet, worker: PodWorker, name: string): BackOff | undefined {
  const backOff = worker.backOffs[name]
  return backOff && ctx.now() - backOff.decidedMs <= forgetMs ? backOff : undefined
}

function waitForRestart(fleet: Fleet, worker: PodWorker, name: string, { waitMs }: BackOff): void {
  setTask(fleet, worker, Math.min(fleet.profile.noticeMs, waitMs), 'crashLoop', name)
  setTask(fleet, worker, waitMs, 'restartAgain', name)
}

/** The kubelet has noticed that it has to wait: the container shows CrashLoopBackOff (KL-5.4). */
export function showCrashLoop(fleet: Fleet, worker: PodWorker, pod: Pod, name: string): void {
  const status = statusOf(worker, name)
  const backOff = worker.backOffs[name]
  if (!status?.state.terminated || !backOff) return
  const podText = `${worker.name}_${worker.namespace}(${worker.uid})`
  const message = `back-off ${formatGoDuration(backOff.waitMs)} restarting failed container=${name} pod=${podText}`
  putStatus(
    worker,
    extend(status, { state: { waiting: { reason: 'CrashLoopBackOff', message } }, lastState: { terminated: status.state.terminated } }),
  )
  worker.changed = true
  recordPod(fleet, pod, 'Warning', 'BackOff', crashBackOffText(fleet.ctx.version, name, podText), fieldPathOf(pod, name))
}

/** A wait has ended: the next one will be twice as long. */
export function lengthenBackOff({ ctx }: Fleet, worker: PodWorker, name: string): void {
  const backOff = worker.backOffs[name]
  if (backOff) worker.backOffs[name] = { waitMs: Math.min(backOff.waitMs * 2, maxWaitMs), decidedMs: ctx.now() }
}
