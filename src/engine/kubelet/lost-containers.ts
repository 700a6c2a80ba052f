/** Containers that ended without anybody stopping them: their machine restarted, or is another one by now. */
import { isTerminal, isTerminating } from '#k8s/pod.ts'
import type { ContainerStatus, Pod } from '#k8s/types.ts'
import { terminatedStatus } from './container-status.ts'
import { type Fleet, recordPod } from './fleet.ts'
import { endContainers } from './pod-end.ts'
import { notYetStartedReason } from './pod-start.ts'
import { reportStatus } from './pod-status.ts'
import { isEndUntold } from './pod-stop.ts'
import { dropTasks, workerOf } from './pod-worker.ts'
import { isRestarted } from './restart-policy.ts'
import { deadlineTask } from './worker-state.ts'

/** What is to be said of them. */
export interface Loss {
  readonly exitCode: number
  readonly reason: string
  /** The machine still has the sandboxes in which they ran. */
  readonly sandboxKnown: boolean
}

/** Nothing of the node's pods runs any more. The returning kubelet starts what has to run in the same pod objects (KL-8.7). */
export function loseAllContainers(fleet: Fleet, nodeName: string, loss: Loss): void {
  for (const pod of fleet.ctx.api.podsOnNode(nodeName)) {
    if (!pod.status.startTime || (isTerminal(pod) && !isEndUntold(fleet, pod))) continue
    if (isTerminating(pod) || isTerminal(pod)) endContainers(fleet, workerOf(fleet, pod), pod, loss.exitCode, loss.reason)
    else loseContainers(fleet, pod, loss)
  }
}

/** What of the pod runs again waits for its turn. The returning kubelet makes the sandbox. */
function loseContainers(fleet: Fleet, pod: Pod, { exitCode, reason: how, sandboxKnown }: Loss): void {
  const worker = workerOf(fleet, pod)
  dropTasks(fleet, worker, deadlineTask)
  const reason = notYetStartedReason(pod)
  const inits = pod.spec.initContainers ?? []
  const lose = (status: ContainerStatus): ContainerStatus => {
    const ended = status.state.running ? terminatedStatus(fleet, status, exitCode, how) : status
    const container = [...pod.spec.containers, ...inits].find((c) => c.name === status.name)
    const last = ended.state.terminated
    if (last && container && !isRestarted(pod.spec, container, last.exitCode) && !inits.includes(container)) return ended
    return { ...ended, ready: false, state: { waiting: { reason } }, lastState: last ? { terminated: last } : ended.lastState }
  }
  worker.inits = worker.inits.map(lose)
  worker.containers = worker.containers.map(lose)
  worker.podIP = undefined
  worker.changed = true
  if (worker.containers.every((status) => status.state.terminated)) {
    endContainers(fleet, worker, pod)
    reportStatus(fleet, worker)
  } else if (sandboxKnown) recordPod(fleet, pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.')
}
