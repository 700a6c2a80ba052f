import type { ContainerStatus, Pod, PodPhase } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { extend } from '#sim/extend.ts'
import { terminatedStatus } from './container-status.ts'
import type { Fleet } from './fleet.ts'
import { isInitialized, podPhase } from './pod-phase.ts'
import type { PodWorker } from './worker-state.ts'

export interface PodEnd {
  readonly inits: readonly ContainerStatus[]
  readonly containers: readonly ContainerStatus[]
  readonly phase: PodPhase
}

const neverSeen = 'The container could not be located when the pod was terminated'

/** A container that never ran: how it ended cannot be known (KL-4.3). */
function lost(status: ContainerStatus): ContainerStatus {
  const terminated = { exitCode: 137, reason: 'ContainerStatusUnknown', message: neverSeen, startedAt: null, finishedAt: null }
  return extend(status, { state: { terminated } })
}

/** A container after all have stopped. One that waited for its restart is at its last end: it is not started again. */
function stopped(fleet: Fleet, status: ContainerStatus): ContainerStatus {
  if (status.state.running) return terminatedStatus(fleet, status, 0)
  const { terminated } = status.lastState
  return status.state.waiting && terminated ? extend(status, { state: { terminated }, lastState: {} }) : status
}

const hasRun = ({ state, lastState }: ContainerStatus): boolean => !state.waiting || lastState.terminated !== undefined

/** @source pkg/kubelet/status/status_manager.go hasPodInitialized */
function hasInitialized({ spec: { initContainers = [] } }: Pod, { inits, containers }: PodWorker): boolean {
  if (containers.some(hasRun)) return true
  return initContainers.every((container) =>
    isInitialized(
      container,
      inits.find(({ name }) => name === container.name),
    ),
  )
}

const endedWell = ({ state }: ContainerStatus): boolean => state.terminated?.exitCode === 0

/**
 * What a deleted pod's kubelet says of it when all its containers have stopped: how each ended, and since 1.27 whether all ended well.
 * @source pkg/kubelet/kubelet_pods.go getPhase, pkg/kubelet/status/status_manager.go TerminatePod; KL-8.3, KL-2.5
 */
export function podEnd(fleet: Fleet, worker: PodWorker, pod: Pod): PodEnd {
  const inits = worker.inits.map((status) => stopped(fleet, status))
  const known = worker.containers.map((status) => stopped(fleet, status))
  const containers = hasInitialized(pod, worker) ? known.map((status) => (status.state.terminated ? status : lost(status))) : known
  if (!since(fleet.ctx.version, 'terminalPhaseOnDelete')) return { inits, containers, phase: podPhase(pod.spec, inits, known) }
  return { inits, containers, phase: containers.every(endedWell) ? 'Succeeded' : 'Failed' }
}
