import { isTerminal } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import type { FaultTarget } from '../faults/fault.ts'
import { containerExited } from './container-exit.ts'
import { statusOf } from './container-status.ts'
import { type Fleet, recordPod, runningAgent } from './fleet.ts'
import { rebootMachine } from './machine-reboot.ts'
import { removeMachine, setTroubles, startKubelet, startMachine, stopKubelet } from './node-agent.ts'
import { evictOne } from './pod-eviction.ts'
import { failPod } from './pod-failure.ts'
import { findContainer, startContainers } from './pod-start.ts'
import { runTask } from './pod-task.ts'
import { workerOf } from './pod-worker.ts'
import { setProbeFails } from './probe-failure.ts'

/** What faults can do to the simulated kubelets. */
export function createFaultTarget(fleet: Fleet): FaultTarget {
  const { ctx } = fleet
  return {
    addMachine: (machine) => startMachine(fleet, machine),
    stopKubelet: (name) => stopKubelet(fleet, name),
    startKubelet: (name) => startKubelet(fleet, name),
    removeMachine: (name) => removeMachine(fleet, name),
    rebootMachine: (name) => rebootMachine(fleet, name),
    setTroubles: (name, set) => setTroubles(fleet, name, set),
    evictOne: (name, resource) => void evictOne(fleet, name, resource),
    isNameTaken: (name) => ctx.state.agents.has(name) || ctx.api.node(name) !== undefined,
    failPods(nodeName, app, reason, message) {
      for (const pod of ctx.api.podsOnNode(nodeName)) {
        if (pod.metadata.labels?.app !== app || isTerminal(pod)) continue
        recordPod(fleet, pod, 'Warning', reason, message)
        failPod(fleet, pod, reason, message, reason === 'Evicted' ? message : undefined)
      }
    },
    setBrokenImages(images) {
      ctx.state.brokenImages = Object.freeze([...images])
      // real kubelets find out at their next attempt, stand-ins have none
      if (!fleet.profile.talks) retryPulls(fleet)
    },
    setCrashingImages(crashing) {
      ctx.state.crashing = Object.freeze({ ...crashing, images: Object.freeze([...crashing.images]) })
    },
    exitContainer(namespace, name, container, exitCode, reason) {
      const pod = ctx.api.get('Pod', namespace, name)
      const found = pod && findContainer(pod, container ?? pod.spec.containers[0]?.name)
      if (!pod || !found || !isTakenUp(fleet, pod)) return
      const worker = workerOf(fleet, pod)
      containerExited(fleet, worker, pod, found, exitCode, reason)
      if (runningAgent(fleet, worker.node)) startContainers({ fleet, worker, pod })
      runTask(fleet, { uid: worker.uid, task: 'report' })
    },
    setProbeFails(namespace, name, only, probe, fails, hangs) {
      const pod = ctx.api.get('Pod', namespace, name)
      if (!pod || !isTakenUp(fleet, pod)) return
      const worker = workerOf(fleet, pod)
      for (const container of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])])
        if (only === undefined || container.name === only) setProbeFails(fleet, worker, container, probe, fails, hangs)
      runTask(fleet, { uid: worker.uid, task: 'report' })
    },
  }
}

/** A kubelet has the pod, and it has not ended. */
function isTakenUp({ ctx }: Fleet, pod: Pod): boolean {
  return pod.status.startTime !== undefined && !isTerminal(pod) && ctx.state.agents.has(pod.spec.nodeName ?? '')
}

function retryPulls(fleet: Fleet): void {
  for (const worker of [...fleet.ctx.state.workers.values()]) {
    const names = [...worker.inits, ...worker.containers].map((status) => status.name)
    for (const container of names)
      if (statusOf(worker, container)?.state.waiting?.reason === 'ImagePullBackOff') runTask(fleet, { uid: worker.uid, task: 'pullAgain', container })
  }
}
