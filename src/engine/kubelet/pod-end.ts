import type { ContainerState, ContainerStatus, Pod, PodPhase } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { extend } from '#sim/extend.ts'
import { terminatedStatus } from './container-status.ts'
import type { Fleet } from './fleet.ts'
import { areInitialized, podPhase } from './pod-phase.ts'
import type { PodWorker } from './worker-state.ts'

/** The end of a container about which nothing can be known. */
export const unknownEnd = (when: string): ContainerState => ({
  terminated: {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: `The container could not be located when the pod was ${when}`,
    startedAt: null,
    finishedAt: null,
  },
})

/** A container that never ran here: how it ended cannot be known (KL-4.3). */
const lost = (status: ContainerStatus): ContainerStatus => extend(status, { state: unknownEnd('terminated') })

/** A container after all have stopped. One that waited for its restart is at its last end: it is not started again. */
function stopped(fleet: Fleet, status: ContainerStatus, exitCode: number, reason: string | undefined): ContainerStatus {
  if (status.state.running) return terminatedStatus(fleet, status, exitCode, reason)
  const { terminated } = status.lastState
  return status.state.waiting && terminated && status.containerID ? extend(status, { state: { terminated }, lastState: {} }) : status
}

const hasRun = ({ state, lastState }: ContainerStatus): boolean => !state.waiting || lastState.terminated !== undefined

/** @source pkg/kubelet/status/status_manager.go hasPodInitialized */
const hasInitialized = ({ spec }: Pod, { inits, containers }: PodWorker): boolean => containers.some(hasRun) || areInitialized(spec, inits)

const endedWell = ({ state }: ContainerStatus): boolean => state.terminated?.exitCode === 0

/**
 * All containers of a pod have stopped for good: from now on its kubelet knows how each ended. Returns the phase that follows for a deleted
 * pod, since 1.27 by whether all ended well. `exitCode`, `reason` = of those that ran till now.
 * @source pkg/kubelet/kubelet_pods.go getPhase, pkg/kubelet/status/status_manager.go TerminatePod; KL-8.3, KL-2.5
 */
export function endContainers(fleet: Fleet, worker: PodWorker, pod: Pod, exitCode = 0, reason?: string): PodPhase {
  const initialized = hasInitialized(pod, worker)
  const inits = worker.inits.map((status) => stopped(fleet, status, exitCode, reason))
  const known = worker.containers.map((status) => stopped(fleet, status, exitCode, reason))
  const containers = initialized ? known.map((status) => (status.state.terminated ? status : lost(status))) : known
  worker.inits = inits
  worker.containers = containers
  if (!since(fleet.ctx.version, 'terminalPhaseOnDelete')) return podPhase(pod.spec, inits, known)
  return containers.every(endedWell) ? 'Succeeded' : 'Failed'
}
