/**
 * How an accepted pod comes to run: sandbox, init containers one after the other, then the regular ones in spec order,
 * each pulled, created and started (KL-1). A container whose image cannot be pulled does not hold up the next.
 */

import { isSidecar } from '#k8s/sidecar.ts'
import type { Container, ContainerStatus, Pod } from '#k8s/types.ts'
import { rememberLast } from '#sim/remember-last.ts'
import { putStatus, runningStatus, statusOf, waitingStatus } from './container-status.ts'
import { createdText, presentText, pullingText, startedText } from './event-texts.ts'
import { type Fleet, recordPod, updateAgent, vary } from './fleet.ts'
import {
  fieldPathOf,
  isBroken,
  isImageName,
  neverPull,
  pullBackOffMs,
  pullFailed,
  pullPolicyOf,
  pullSucceeded,
  refuseImageName,
  waitForPull,
} from './image-pull.ts'
import { podAddress } from './node-object.ts'
import { finishPod } from './pod-finish.ts'
import { isInitialized } from './pod-phase.ts'
import { isPending, setTask } from './pod-worker.ts'
import { beginProbes } from './probes.ts'
import type { PodWorker } from './worker-state.ts'

/** One moment of work on one pod. */
export interface Work {
  readonly fleet: Fleet
  readonly worker: PodWorker
  readonly pod: Pod
}

const notYetStarted = new Set(['ContainerCreating', 'PodInitializing'])

/** Why a container of the pod that has not begun to start waits. */
export const notYetStartedReason = (pod: Pod): string => (pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating')

const noContainers: readonly Container[] = []

/** The containers of like pods, one after the other, wait alike. */
const allWaiting = () =>
  rememberLast((containers: readonly Container[]) =>
    rememberLast((reason: string): readonly ContainerStatus[] => containers.map((container) => waitingStatus(container, reason))),
  )
const waiting = allWaiting()
const waitingInits = allWaiting()

/** The statuses of a pod that was just accepted (KL-1.1). */
export function prepareContainers(worker: PodWorker, pod: Pod): void {
  const reason = notYetStartedReason(pod)
  worker.inits = waitingInits(pod.spec.initContainers ?? noContainers)(reason)
  worker.containers = waiting(pod.spec.containers)(reason)
}

export function findContainer(pod: Pod, name: string | undefined): Container | undefined {
  for (const container of pod.spec.containers) if (container.name === name) return container
  return pod.spec.initContainers?.find((c) => c.name === name)
}

/** Does a step now when it takes no time, else later. */
function after({ fleet, worker }: Work, ms: number, task: string, container: string, step: () => void): void {
  if (ms === 0) step()
  else setTask(fleet, worker, vary(fleet, ms), task, container)
}

/** The sandbox is there and has an address. */
export function sandboxReady(work: Work): void {
  const { fleet, worker } = work
  const agent = fleet.ctx.state.agents.get(worker.node)
  if (!agent) return
  worker.podIP = podAddress(agent.index, agent.addresses)
  updateAgent(fleet, worker.node, { addresses: agent.addresses + 1 })
  startContainers(work)
}

/** Begins the next container whose turn it is, if there is one and nothing is under way; a pod whose work is done is brought to its end. */
export function startContainers(work: Work): void {
  const { fleet, worker, pod } = work
  if (finishPod(fleet, worker, pod)) return
  for (const container of pod.spec.initContainers ?? []) {
    const status = statusOf(worker, container.name)
    if (isInitialized(container, status)) continue
    if (status?.state.waiting && notYetStarted.has(status.state.waiting.reason ?? '')) beginContainer(work, container)
    return
  }
  for (const container of pod.spec.containers) {
    const reason = statusOf(worker, container.name)?.state.waiting?.reason
    if (reason === undefined || !notYetStarted.has(reason)) continue
    beginContainer(work, container)
    return
  }
}

/** Sees to the container's image first. */
export function beginContainer(work: Work, container: Container): void {
  const { fleet, worker, pod } = work
  const { name, image = '' } = container
  if (isPending(worker, 'pull', name) || isPending(worker, 'start', name)) return
  if (fleet.profile.talks && !isImageName(image)) {
    refuseImageName(fleet, worker, pod, container)
    startContainers(work)
    return
  }
  const present = fleet.ctx.state.agents.get(worker.node)?.images.includes(image) && !isBroken(fleet, image)
  const policy = pullPolicyOf(container)
  if (present && policy !== 'Always') {
    recordPod(fleet, pod, 'Normal', 'Pulled', presentText(fleet.ctx.version, image), fieldPathOf(pod, name))
    createContainer(work, container)
  } else if (policy === 'Never') {
    neverPull(fleet, worker, pod, container)
    startContainers(work)
  } else if (pullBackOffMs(fleet, worker, image) > 0) {
    waitForPull(fleet, worker, pod, container)
    startContainers(work)
  } else {
    recordPod(fleet, pod, 'Normal', 'Pulling', pullingText(image), fieldPathOf(pod, name))
    after(work, present ? Math.ceil(fleet.profile.pullMs / 3) : fleet.profile.pullMs, 'pull', name, () => imagePulled(work, container))
  }
}

export function imagePulled(work: Work, container: Container): void {
  const { fleet, worker, pod } = work
  if (isBroken(fleet, container.image ?? '')) {
    pullFailed(fleet, worker, pod, container)
    startContainers(work)
    return
  }
  pullSucceeded(fleet, worker, pod, container)
  createContainer(work, container)
}

function createContainer(work: Work, container: Container): void {
  const { fleet, pod } = work
  recordPod(fleet, pod, 'Normal', 'Created', createdText(fleet.ctx.version, container.name), fieldPathOf(pod, container.name))
  after(work, fleet.profile.startMs, 'start', container.name, () => containerStarts(work, container))
}

/** The container runs; the next one may begin. A restart is one when it has run before. */
export function containerStarts(work: Work, container: Container): void {
  const { fleet, worker, pod } = work
  const { name, image = '' } = container
  const told = statusOf(worker, name)
  if (!told) return
  // of a container that never ran on this machine its kubelet counts nothing
  const status = fleet.profile.talks && !told.containerID ? { ...told, restartCount: 0, lastState: {} } : told
  const restarted = Boolean(status.state.terminated ?? status.lastState.terminated)
  putStatus(worker, runningStatus(fleet, worker, pod, container, status, restarted))
  worker.changed = true
  recordPod(fleet, pod, 'Normal', 'Started', startedText(fleet.ctx.version, name), fieldPathOf(pod, name))
  const { images, afterSeconds } = fleet.ctx.state.crashing
  const crashes = images.some((text) => image.includes(text))
  if (crashes) setTask(fleet, worker, afterSeconds * 1000, 'exit', name)
  const isInit = pod.spec.initContainers?.includes(container) ?? false
  if (isInit && !isSidecar(container)) {
    if (!crashes) setTask(fleet, worker, vary(fleet, fleet.profile.initMs), 'finish', name)
    return
  }
  beginProbes(fleet, worker, container)
  startContainers(work)
}
