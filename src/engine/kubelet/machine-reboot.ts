import { isTerminal, isTerminating } from '#k8s/pod.ts'
import type { ContainerStatus, Pod } from '#k8s/types.ts'
import { runningStatus, terminatedStatus } from './container-status.ts'
import { type Fleet, recordPod, updateAgent } from './fleet.ts'
import { startKubelet, stopKubelet } from './node-agent.ts'
import { podAddress } from './node-object.ts'
import { runTask } from './pod-task.ts'
import { dropTasks, workerOf } from './pod-worker.ts'

/**
 * The machine restarts: every container of its pods is started again in the same pod objects (KL-8.7). Modelled as done in
 * a moment; how long a machine is away can be played with a stopped kubelet.
 */
export function rebootMachine(fleet: Fleet, name: string): void {
  const { ctx } = fleet
  const agent = ctx.state.agents.get(name)
  const node = ctx.api.node(name)
  if (!agent || !node) return
  stopKubelet(fleet, name)
  let { addresses } = agent
  for (const pod of ctx.api.podsOnNode(name)) {
    if (!isTerminal(pod) && !isTerminating(pod) && pod.status.startTime) restartPod(fleet, pod, podAddress(agent.index, addresses++))
  }
  updateAgent(fleet, name, { addresses })
  startKubelet(fleet, name)
  if (fleet.profile.talks)
    ctx.record(node, 'Warning', 'Rebooted', `Node ${name} has been rebooted, boot id: ${ctx.random.int(2 ** 31).toString(16)}`, { host: name })
}

function restartPod(fleet: Fleet, pod: Pod, podIP: string): void {
  const worker = workerOf(fleet, pod)
  dropTasks(fleet, worker)
  const again = (status: ContainerStatus) => {
    if (!status.state.running) return status
    const lost = terminatedStatus(fleet, status, 255, 'Unknown')
    return { ...runningStatus(fleet, worker, lost, true), ready: true, started: true }
  }
  worker.podIP = podIP
  worker.containers = worker.containers.map(again)
  worker.changed = true
  recordPod(fleet, pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.')
  runTask(fleet, { uid: worker.uid, task: 'report' })
}
