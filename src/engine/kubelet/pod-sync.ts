import { isTerminal, isTerminating } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import { planDeadline } from './active-deadline.ts'
import { admittedPods, canAdmitPod, isCriticalPod } from './admission.ts'
import { preemptFor } from './critical-admission.ts'
import { type Agent, type Fleet, livePod, recordPod, runningAgent, vary } from './fleet.ts'
import { planEviction } from './pod-eviction.ts'
import { rejectPod } from './pod-failure.ts'
import { resizePod } from './pod-resize.ts'
import { prepareContainers, startContainers } from './pod-start.ts'
import { reportStatus } from './pod-status.ts'
import { isEndUntold, stopPod } from './pod-stop.ts'
import { runTask } from './pod-task.ts'
import { forgetWaits } from './pod-waits.ts'
import { forgetWorker, isBusy, setTask, workerOf } from './pod-worker.ts'
import type { Rejection } from './rejection.ts'
import type { PodWorker } from './worker-state.ts'

/** Checks a pod against its node: why it is turned away, or undefined. */
function rejectionOf(fleet: Fleet, agent: Agent, pod: Pod): Rejection | undefined {
  const { ctx, profile } = fleet
  const node = ctx.api.node(agent.machine.name)
  if (!profile.admits || !node) return undefined
  const others = admittedPods(ctx.api.podsOnNode(agent.machine.name), pod)
  const found = canAdmitPod(pod, node, agent, others, ctx.version)
  const rejection = found?.lacking && isCriticalPod(pod) ? preemptFor(fleet, pod, node, others) : found
  if (rejection) recordPod(fleet, pod, 'Warning', rejection.reason, rejection.message)
  return rejection
}

/** Checks a pod that was there before. False: it was turned away. */
function readmit(fleet: Fleet, agent: Agent, pod: Pod): boolean {
  const rejection = rejectionOf(fleet, agent, pod)
  if (rejection) rejectPod(fleet, pod, rejection)
  return !rejection
}

/** A bound pod that its kubelet sees for the first time (KL-1.1). */
export function acceptPod(fleet: Fleet, agent: Agent, pod: Pod): void {
  const rejection = rejectionOf(fleet, agent, pod)
  const worker = workerOf(fleet, pod)
  if (rejection) {
    worker.rejection = rejection
    setTask(fleet, worker, vary(fleet, fleet.profile.rejectMs), 'reject')
    return
  }
  planEviction(fleet, agent.machine.name)
  planDeadline(fleet, worker, pod)
  prepareContainers(worker, pod)
  if (fleet.profile.talks) reportStatus(fleet, worker)
  beginSandbox(fleet, agent, worker, pod)
}

/** Pods with a network of their own wait while the node has none (KL-12.9). */
function beginSandbox(fleet: Fleet, agent: Agent, worker: PodWorker, pod: Pod): void {
  if (fleet.profile.admits && agent.troubles.includes('NotReady') && !pod.spec.hostNetwork) {
    recordPod(fleet, pod, 'Warning', 'NetworkNotReady', 'network is not ready: container runtime network not ready: NetworkReady=false')
    return
  }
  setTask(fleet, worker, vary(fleet, fleet.profile.sandboxMs), 'sandbox')
}

/** What a kubelet does about a pod of its node after it was written. */
export function syncPod(fleet: Fleet, pod: Pod): void {
  const agent = runningAgent(fleet, pod.spec.nodeName)
  if (!agent) return
  const { workers } = fleet.ctx.state
  if (isTerminating(pod) || (isTerminal(pod) && isEndUntold(fleet, pod))) stopPod(fleet, pod)
  else if (isTerminal(pod)) forgetWorker(fleet, pod.metadata.uid ?? '')
  else if (pod.status.startTime === undefined && !workers.has(pod.metadata.uid ?? '')) acceptPod(fleet, agent, pod)
  else if (pod.status.observedGeneration !== undefined && pod.status.observedGeneration !== pod.metadata.generation) reportAgain(fleet, pod)
}

/** Reports the status of a pod that something was changed about, without taking note of the pod. */
export function reportAgain(fleet: Fleet, pod: Pod): void {
  const { workers } = fleet.ctx.state
  const uid = pod.metadata.uid ?? ''
  const isKnown = workers.has(uid)
  reportStatus(fleet, workerOf(fleet, pod))
  if (!isKnown) workers.delete(uid)
}

/** A kubelet that has (re)started, or whose network is back, goes through the pods of its node in creation order (KL-8.6). */
export function syncNode(fleet: Fleet, nodeName: string, restarted: boolean): void {
  const agent = runningAgent(fleet, nodeName)
  if (!agent) return
  for (const listed of fleet.ctx.api.podsOnNode(nodeName)) {
    // an earlier pod of the list may have sent this one away
    const pod = livePod(fleet, { namespace: listed.metadata.namespace ?? 'default', name: listed.metadata.name, uid: listed.metadata.uid ?? '' })
    if (!pod) continue
    const worker = fleet.ctx.state.workers.get(pod.metadata.uid ?? '')
    if (isTerminating(pod)) {
      stopPod(fleet, pod)
      if (restarted && fleet.profile.talks) reportStopping(fleet, pod)
    } else if (isTerminal(pod) || (pod.status.startTime === undefined && !worker)) syncPod(fleet, pod)
    else if (restarted ? readmit(fleet, agent, pod) : worker) resume(fleet, agent, workerOf(fleet, pod), pod, restarted)
  }
}

/** What others said of a pod meanwhile does not last, also when it is being stopped (NL-2.8). */
function reportStopping(fleet: Fleet, pod: Pod): void {
  const worker = fleet.ctx.state.workers.get(pod.metadata.uid ?? '')
  if (worker && pod.status.startTime !== undefined) reportStatus(fleet, worker)
}

/** Takes a pod up where it was left: what came due meanwhile happens now, and its status is reported again (NL-2.8). */
function resume(fleet: Fleet, agent: Agent, worker: PodWorker, pod: Pod, restarted: boolean): void {
  if (restarted) {
    forgetWaits(fleet, worker)
    planDeadline(fleet, worker, pod)
    worker.changed = true
  }
  const { held } = worker
  worker.held = []
  for (const task of held) runTask(fleet, task)
  const idle = !isBusy(worker)
  if (idle && !worker.podIP && held.length === 0) beginSandbox(fleet, agent, worker, pod)
  else if (worker.podIP) startContainers({ fleet, worker, pod })
  if (worker.changed) runTask(fleet, { uid: worker.uid, task: 'report' })
  if (restarted) resizePod(fleet, livePod(fleet, worker) ?? pod)
}
