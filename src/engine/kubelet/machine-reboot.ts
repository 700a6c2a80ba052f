import { isTerminal, isTerminating } from '#k8s/pod.ts'
import type { Container, ContainerStatus, Pod } from '#k8s/types.ts'
import { isRestarted } from './container-exit.ts'
import { terminatedStatus } from './container-status.ts'
import { type Fleet, recordPod } from './fleet.ts'
import { startKubelet, stopKubelet } from './node-agent.ts'
import { endContainers } from './pod-end.ts'
import { notYetStartedReason } from './pod-start.ts'
import { reportStatus } from './pod-status.ts'
import { dropTasks, workerOf } from './pod-worker.ts'

/**
 * The machine restarts: every container of its pods ends, and its kubelet starts them again in the same pod objects, in new
 * sandboxes, init containers first (KL-8.7). How long a machine is away can be played with a stopped kubelet.
 */
export function rebootMachine(fleet: Fleet, name: string): void {
  const { ctx } = fleet
  const node = ctx.api.node(name)
  if (!ctx.state.agents.has(name) || !node) return
  stopKubelet(fleet, name)
  for (const pod of ctx.api.podsOnNode(name)) {
    if (isTerminal(pod) || !pod.status.startTime) continue
    if (isTerminating(pod)) endContainers(fleet, workerOf(fleet, pod), pod, 255)
    else loseContainers(fleet, pod)
  }
  startKubelet(fleet, name)
  if (fleet.profile.talks)
    ctx.record(node, 'Warning', 'Rebooted', `Node ${name} has been rebooted, boot id: ${ctx.random.int(2 ** 31).toString(16)}`, { host: name })
}

/** Nothing of the pod runs any more; what runs again waits for its turn. The returning kubelet makes the sandbox. */
function loseContainers(fleet: Fleet, pod: Pod): void {
  const worker = workerOf(fleet, pod)
  dropTasks(fleet, worker)
  const reason = notYetStartedReason(pod)
  const inits = pod.spec.initContainers ?? []
  const lose = (status: ContainerStatus): ContainerStatus => {
    const ended = status.state.running ? terminatedStatus(fleet, status, 255, 'Unknown') : status
    const container = [...pod.spec.containers, ...inits].find((c) => c.name === status.name) as Container
    const last = ended.state.terminated
    if (last && !isRestarted(pod, container, last.exitCode) && !inits.includes(container)) return ended
    return { ...ended, ready: false, state: { waiting: { reason } }, lastState: last ? { terminated: last } : ended.lastState }
  }
  worker.inits = worker.inits.map(lose)
  worker.containers = worker.containers.map(lose)
  worker.podIP = undefined
  worker.changed = true
  if (worker.containers.every((status) => status.state.terminated)) reportStatus(fleet, worker)
  else recordPod(fleet, pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.')
}
