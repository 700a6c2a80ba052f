import { formatGoDuration } from '#k8s/duration.ts'
import type { Container, Pod } from '#k8s/types.ts'
import { putStatus, statusOf, terminatedStatus } from './container-status.ts'
import { crashBackOffText } from './event-texts.ts'
import { type Fleet, recordPod } from './fleet.ts'
import { fieldPathOf } from './image-pull.ts'
import { isSidecar } from './pod-phase.ts'
import { firstWaitMs, maxWaitMs } from './pod-waits.ts'
import { dropTask, type PodWorker, setTask } from './pod-worker.ts'

/** A container that ran longer than this since its last restart starts with a clean slate (KL-5.7). */
const forgetMs = 600_000

/** Whether a container that ended with this code is started again (KL-5.9). */
export function isRestarted(pod: Pod, container: Container, exitCode: number): boolean {
  const policy = pod.spec.restartPolicy ?? 'Always'
  const isInit = pod.spec.initContainers?.includes(container) ?? false
  if (isInit && !isSidecar(container)) return exitCode !== 0 && policy !== 'Never'
  return isSidecar(container) || policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0)
}

/**
 * A container ended. It restarts at once the first time, later after a wait that doubles (KL-5.2).
 * Modelled: the restart comes exactly when the wait ends; one BackOff event a wait (upstream repeats it at each sync).
 */
export function containerExited(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container, exitCode: number, reason?: string): void {
  const { name } = container
  const status = statusOf(worker, name)
  if (!status?.state.running) return
  for (const task of ['startup', 'ready', 'exit', 'finish']) dropTask(fleet, worker, task, name)
  putStatus(worker, terminatedStatus(fleet, status, exitCode, reason))
  worker.changed = true
  if (!isRestarted(pod, container, exitCode)) return
  const nowMs = fleet.ctx.now()
  const backOff = worker.backOffs[name]
  if (!backOff || nowMs - backOff.decidedMs > forgetMs) {
    worker.backOffs[name] = { waitMs: firstWaitMs, decidedMs: nowMs }
    setTask(fleet, worker, fleet.profile.noticeMs, 'restart', name)
    return
  }
  setTask(fleet, worker, Math.min(fleet.profile.noticeMs, backOff.waitMs), 'crashLoop', name)
  setTask(fleet, worker, backOff.waitMs, 'restartAgain', name)
}

/** The kubelet has noticed that it has to wait: the container shows CrashLoopBackOff (KL-5.4). */
export function showCrashLoop(fleet: Fleet, worker: PodWorker, pod: Pod, name: string): void {
  const status = statusOf(worker, name)
  const backOff = worker.backOffs[name]
  if (!status?.state.terminated || !backOff) return
  const podText = `${worker.name}_${worker.namespace}(${worker.uid})`
  const message = `back-off ${formatGoDuration(backOff.waitMs)} restarting failed container=${name} pod=${podText}`
  putStatus(worker, { ...status, state: { waiting: { reason: 'CrashLoopBackOff', message } }, lastState: { terminated: status.state.terminated } })
  worker.changed = true
  recordPod(fleet, pod, 'Warning', 'BackOff', crashBackOffText(fleet.ctx.version, name, podText), fieldPathOf(pod, name))
}

/** A wait has ended: the next one will be twice as long. */
export function lengthenBackOff({ ctx }: Fleet, worker: PodWorker, name: string): void {
  const backOff = worker.backOffs[name]
  if (backOff) worker.backOffs[name] = { waitMs: Math.min(backOff.waitMs * 2, maxWaitMs), decidedMs: ctx.now() }
}
