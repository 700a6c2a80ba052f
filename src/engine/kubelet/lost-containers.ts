/** Containers that ended without anybody stopping them: their machine restarted, or is another one by now. */
import { isTerminal, isTerminating } from '#k8s/pod.ts'
import type { Container, ContainerStatus, Pod } from '#k8s/types.ts'
import { terminatedStatus, waitingStatus } from './container-status.ts'
import { type Fleet, recordPod } from './fleet.ts'
import { endContainers, unknownEnd } from './pod-end.ts'
import { findContainer, notYetStartedReason } from './pod-start.ts'
import { reportStatus } from './pod-status.ts'
import { isEndUntold } from './pod-stop.ts'
import { dropTasks, workerOf } from './pod-worker.ts'
import { isRestarted } from './restart-policy.ts'
import { deadlineTask } from './worker-state.ts'

/** What is to be said of them; undefined: the machine knows nothing of them. */
export type Loss = { readonly exitCode: number; readonly reason: string } | undefined

/** Nothing of the node's pods runs any more. The returning kubelet starts what has to run in the same pod objects (KL-8.7). */
export function loseAllContainers(fleet: Fleet, nodeName: string, loss: Loss): void {
  for (const pod of fleet.ctx.api.podsOnNode(nodeName)) {
    if (!pod.status.startTime || (isTerminal(pod) && !isEndUntold(fleet, pod))) continue
    loseContainers(fleet, pod, loss)
  }
}

/**
 * A container that ran elsewhere: a restart without an end that could be told, unless an earlier end is known.
 * @source pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses
 */
function unlocated({ metadata }: Pod, container: Container, { lastState, restartCount }: ContainerStatus, reason: string): ContainerStatus {
  const waiting = waitingStatus(container, reason)
  if (lastState.terminated) return { ...waiting, lastState, restartCount }
  const end = unknownEnd('deleted.  The container used to be Running')
  return { ...waiting, lastState: end, restartCount: restartCount + (metadata.deletionTimestamp ? 0 : 1) }
}

/** What of the pod runs again waits for its turn. The returning kubelet makes the sandbox. */
function loseContainers(fleet: Fleet, pod: Pod, loss: Loss): void {
  const worker = workerOf(fleet, pod)
  const reason = notYetStartedReason(pod)
  const inits = pod.spec.initContainers ?? []
  const isEnding = isTerminating(pod) || isTerminal(pod)
  const isOver = (container: Container | undefined, { state, lastState }: ContainerStatus) => {
    const last = state.terminated ?? lastState.terminated
    return container && last && !isRestarted(pod.spec, container, last.exitCode)
  }
  const lose = (status: ContainerStatus): ContainerStatus => {
    const container = findContainer(pod, status.name)
    if (status.state.running && container && !loss) return unlocated(pod, container, status, reason)
    const ended = status.state.running && loss ? terminatedStatus(fleet, status, loss.exitCode, loss.reason) : status
    const last = ended.state.terminated
    if (isEnding || (last && isOver(container, ended) && !inits.some(({ name }) => name === status.name))) return ended
    return { ...ended, ready: false, state: { waiting: { reason } }, lastState: last ? { terminated: last } : ended.lastState }
  }
  if (!isEnding) dropTasks(fleet, worker, deadlineTask)
  worker.inits = worker.inits.map(lose)
  worker.containers = worker.containers.map(lose)
  if (isEnding) {
    endContainers(fleet, worker, pod)
    return
  }
  worker.podIP = undefined
  worker.changed = true
  if (worker.containers.every((status) => isOver(findContainer(pod, status.name), status))) {
    endContainers(fleet, worker, pod)
    reportStatus(fleet, worker)
  } else if (loss) recordPod(fleet, pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.')
}
