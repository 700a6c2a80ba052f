/**
 * How a pod ends on its node when it is deleted, or when somebody else has given it a terminal phase (KL-8). Modelled: preStop hooks that
 * sleep, sidecars after the others, grace periods that are shortened. Applications end by themselves with exit code 0 soon after SIGTERM;
 * statuses are told when all have stopped (pod-end.ts).
 */
import { isTerminal, isTerminating } from '#k8s/pod.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { deadlineEnd, exceeded } from './active-deadline.ts'
import { type Fleet, livePod, recordPod, vary } from './fleet.ts'
import { fieldPathOf } from './image-pull.ts'
import { endContainers } from './pod-end.ts'
import { podStatus, reportStatus } from './pod-status.ts'
import { dropTask, dropTasks, forgetWorker, isBusy, setTask, workerOf } from './pod-worker.ts'
import { minGraceMs, stopTimeMs } from './stop-time.ts'
import type { PodWorker } from './worker-state.ts'

/** From the last status to the final delete (KL-2.5: visible for an instant). */
const lastLookMs = 50

/** Whether the kubelet has taken the pod and not told its end yet. */
function isAtWork(fleet: Fleet, pod: Pod): boolean {
  const { startTime, containerStatuses = [] } = pod.status
  if (startTime === undefined) return false
  if (isTerminal(pod)) return isEndUntold(fleet, pod)
  return since(fleet.ctx.version, 'terminalPhaseOnDelete') || containerStatuses.some(({ state }) => !state.terminated)
}

/**
 * Whether somebody else has ended the pod, and something of it runs or is about to.
 * @source pkg/kubelet/pod_workers.go UpdatePod; KL-8.1
 */
export function isEndUntold({ ctx, profile }: Fleet, { metadata, status }: Pod): boolean {
  if (!profile.talks) return false
  for (const { state } of status.containerStatuses ?? []) if (state.running) return true
  for (const { state } of status.initContainerStatuses ?? []) if (state.running) return true
  const worker = ctx.state.workers.get(metadata.uid ?? '')
  return worker !== undefined && isBusy(worker)
}

/** A deletion was asked for, or its grace period shortened, or the pod has got a terminal phase, or it has been active for too long. */
export function stopPod(fleet: Fleet, pod: Pod): void {
  const graceSeconds = pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30
  // finalizers hold the object (API-2.5): after the final delete nothing is left to stop, after a delete without grace all is
  if (graceSeconds === 0 && isTerminating(pod) && !(fleet.profile.talks && isAtWork(fleet, pod))) return
  const worker = workerOf(fleet, pod)
  const isStopping = worker.stopAtMs !== undefined
  if (isStopping && graceSeconds >= (worker.stopGraceSeconds ?? graceSeconds)) return
  worker.stopGraceSeconds = graceSeconds
  const endMs = fleet.ctx.now() + stopMs(fleet, worker, pod, remainingGraceMs(fleet, pod, graceSeconds))
  if (isStopping) {
    if (endMs < (worker.stopAtMs as number)) stopAt(fleet, worker, endMs)
    return
  }
  // readiness probes go on until the containers have stopped (KL-7.7)
  dropTasks(fleet, worker, 'readinessFails')
  for (const { name } of runningOf(worker)) recordPod(fleet, pod, 'Normal', 'Killing', `Stopping container ${name}`, fieldPathOf(pod, name))
  stopAt(fleet, worker, endMs)
  if (fleet.profile.talks) reportStopSeen(fleet, worker, pod)
}

/**
 * The pod has been active for too long: it is no longer ready, its containers are stopped. It is Failed when they have (`podStopped`).
 * @source pkg/kubelet/kubelet_pods.go generateAPIPodStatus, pkg/kubelet/status/status_manager.go mergePodStatus; KL-8.1
 */
export function deadlineExceeded(fleet: Fleet, worker: PodWorker, pod: Pod): void {
  if (isTerminal(pod)) return
  recordPod(fleet, pod, 'Normal', exceeded.reason, exceeded.message)
  stopPod(fleet, pod)
  fleet.ctx.api.updateStatus('Pod', pod, { ...podStatus(fleet, pod, worker, 'Failed'), phase: pod.status.phase })
}

/** A new kubelet process knows of no stop that was under way: it begins anew with what still runs (NL-9.5). */
export function forgetStops(fleet: Fleet, nodeName: string): void {
  for (const worker of fleet.ctx.state.workers.values()) {
    if (worker.node !== nodeName || worker.stopAtMs === undefined) continue
    worker.stopAtMs = undefined
    dropTask(fleet, worker, 'stopped')
  }
}

/** Tells that the deletion was seen (KL-3.5), and of a pod that was ended by others that it is not ready (KL-3.3). */
function reportStopSeen(fleet: Fleet, worker: PodWorker, pod: Pod): void {
  const seen = pod.status.observedGeneration
  if (isTerminal(pod) || (seen !== undefined && seen !== pod.metadata.generation)) reportStatus(fleet, worker)
}

/** What is left of the grace period: a kubelet that comes back late does not begin it anew (NL-9.5), but never less than KL-8.2 says. */
function remainingGraceMs({ ctx }: Fleet, { metadata: { deletionTimestamp } }: Pod, graceSeconds: number): number {
  const graceMs = graceSeconds * 1000
  if (!deletionTimestamp) return graceMs
  // the timestamp is cut to a second
  const leftMs = parseTimestamp(deletionTimestamp) + 1000 - parseTimestamp(ctx.timestamp())
  return Math.min(graceMs, Math.max(leftMs, minGraceMs))
}

const runningOf = (worker: PodWorker) => [...worker.inits, ...worker.containers].filter((status) => status.state.running)

function stopMs(fleet: Fleet, worker: PodWorker, pod: Pod, graceMs: number): number {
  const { profile } = fleet
  const ownMs = vary(fleet, profile.stopMs)
  if (!profile.talks) return Math.min(ownMs, graceMs)
  const running = new Set(runningOf(worker).map((status) => status.name))
  return running.size > 0 ? stopTimeMs(pod.spec, (name) => running.has(name), ownMs, graceMs) : Math.ceil(profile.stopMs / 3)
}

function stopAt(fleet: Fleet, worker: PodWorker, atMs: number): void {
  worker.stopAtMs = atMs
  setTask(fleet, worker, atMs - fleet.ctx.now(), 'stopped')
}

/** All containers have stopped: the kubelet says so, and then lets the object go if it is deleted. */
export function podStopped(fleet: Fleet, worker: PodWorker, pod: Pod): void {
  dropTask(fleet, worker, 'stopped')
  if (!fleet.profile.talks) {
    finalDelete(fleet, worker)
    return
  }
  const phase = endContainers(fleet, worker, pod)
  const end = deadlineEnd(fleet, worker, pod)
  if (pod.status.startTime !== undefined) reportStatus(fleet, worker, end ? 'Failed' : phase, end)
  if (isTerminating(pod)) setTask(fleet, worker, lastLookMs, 'delete')
  else forgetWorker(fleet, worker.uid)
}

/** Grace 0 and only this very pod (API-2.6). */
export function finalDelete(fleet: Fleet, worker: PodWorker): void {
  forgetWorker(fleet, worker.uid)
  if (!livePod(fleet, worker)) return
  fleet.ctx.api.delete('Pod', worker.namespace, worker.name, { gracePeriodSeconds: 0, uid: worker.uid })
}
