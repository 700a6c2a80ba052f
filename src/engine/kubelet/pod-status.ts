import { isTerminal, observedGeneration } from '#k8s/pod.ts'
import type { ContainerStatus, Pod, PodPhase, PodStatus } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { extend } from '#sim/extend.ts'
import { type Fleet, livePod } from './fleet.ts'
import { machineAddress } from './node-object.ts'
import { podConditions } from './pod-conditions.ts'
import { podPhase } from './pod-phase.ts'
import type { PodWorker } from './worker-state.ts'

const isRunning = ({ state }: ContainerStatus): boolean => state.running !== undefined

/** The status a kubelet reports for a pod, from what it knows of its containers. `phase` overrides what they say. */
export function podStatus(
  { ctx }: Fleet,
  pod: Pod,
  worker: PodWorker,
  phase: PodPhase = podPhase(pod.spec, worker.inits, worker.containers),
): PodStatus {
  const { version } = ctx
  const index = ctx.state.agents.get(worker.node)?.index ?? 0
  const hostIP = machineAddress(index)
  const podIP = pod.spec.hostNetwork && worker.podIP ? hostIP : worker.podIP
  const observed = observedGeneration(pod, version).observedGeneration
  const conditions = podConditions({
    observedGeneration: observed,
    spec: pod.spec,
    phase,
    inits: worker.inits,
    containers: worker.containers,
    // a pod at its end has lost its sandbox (KL-3.4)
    sandbox: worker.podIP !== undefined && ((phase !== 'Failed' && phase !== 'Succeeded') || worker.containers.some(isRunning)),
    before: pod.status.conditions ?? [],
    now: ctx.timestamp(),
    version,
  })
  const status: PodStatus = extend(pod.status, { phase, conditions, hostIP })
  // they spoke of the phase that was (KL-2.3)
  if (phase !== pod.status.phase && (status.reason ?? status.message) !== undefined) {
    delete status.reason
    delete status.message
  }
  if (observed !== undefined) status.observedGeneration = observed
  if (since(version, 'hostIps')) status.hostIPs = addresses(hostIP, status.hostIPs)
  if (podIP) {
    status.podIP = podIP
    status.podIPs = addresses(podIP, status.podIPs)
  }
  status.startTime = worker.startTime
  if (worker.inits.length > 0) status.initContainerStatuses = worker.inits
  status.containerStatuses = worker.containers
  return status
}

/** The address as a list: the one that was there when it says the same. */
function addresses(ip: string, before: PodStatus['podIPs']): PodStatus['podIPs'] {
  return before?.length === 1 && before[0]?.ip === ip ? before : [{ ip }]
}

/** Reports the pod's status. A terminal phase is never taken back (KL-2.3). `why` = reason and message of one that is new. */
export function reportStatus(fleet: Fleet, worker: PodWorker, phase?: PodPhase, why?: Pick<PodStatus, 'reason' | 'message'>): void {
  const pod = livePod(fleet, worker)
  if (!pod) return
  const status = podStatus(fleet, pod, worker, isTerminal(pod) ? pod.status.phase : phase)
  fleet.ctx.api.updateStatus('Pod', pod, isTerminal(pod) ? status : { ...status, ...why })
}
