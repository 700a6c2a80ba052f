import { isSidecar } from '#k8s/sidecar.ts'
import type { Container, ContainerStatus, PodPhase, PodSpec } from '#k8s/types.ts'
import { isRestarted } from './restart-policy.ts'

/** Whether an init container lets the next one begin: finished with 0, or a sidecar that has started. */
export function isInitialized(container: Container, status: ContainerStatus | undefined): boolean {
  if (isSidecar(container)) return status?.started === true
  return status?.state.terminated?.exitCode === 0
}

/** Whether all init containers do. */
export function areInitialized(spec: PodSpec, inits: readonly ContainerStatus[]): boolean {
  const statusOf = ({ name }: Container) => inits.find((status) => status.name === name)
  return (spec.initContainers ?? []).every((container) => isInitialized(container, statusOf(container)))
}

/**
 * Whether a regular container runs or has ended: then the pod is past its initialization, and a sidecar that restarts does not take it back.
 * @source pkg/kubelet/container/helpers.go HasAnyRegularContainerStarted
 */
export function isPastInit(containers: readonly ContainerStatus[]): boolean {
  return containers.some(({ state }) => state.running ?? state.terminated)
}

/** Whether an init container that had to succeed has not, and is not started again. */
export function hasFailedInit(spec: PodSpec, inits: readonly ContainerStatus[]): boolean {
  return (spec.initContainers ?? []).some((container) => {
    const status = inits.find((s) => s.name === container.name)
    const ended = status?.state.terminated ?? status?.lastState.terminated
    return ended && !isSidecar(container) && ended.exitCode !== 0 && !isRestarted(spec, container, ended.exitCode)
  })
}

/**
 * The phase that follows from the containers' states. A pod is not at its end while something of it runs.
 * @source pkg/kubelet/kubelet_pods.go getPhase; KL-2.1
 */
export function podPhase(spec: PodSpec, inits: readonly ContainerStatus[], containers: readonly ContainerStatus[]): PodPhase {
  if (hasFailedInit(spec, inits)) return inits.some((s) => s.state.running) ? 'Pending' : 'Failed'
  if (!isPastInit(containers) && !areInitialized(spec, inits)) return 'Pending'
  if (containers.length < spec.containers.length) return 'Pending'
  if (containers.some((s) => s.state.waiting && !s.lastState.terminated)) return 'Pending'
  if (containers.some((s) => s.state.running) || inits.some((s) => s.state.running)) return 'Running'
  let isFailure = false
  for (const container of spec.containers) {
    const status = containers.find((s) => s.name === container.name)
    const exitCode = (status?.state.terminated ?? status?.lastState.terminated)?.exitCode ?? 0
    if (isRestarted(spec, container, exitCode)) return 'Running'
    isFailure ||= exitCode !== 0
  }
  return isFailure ? 'Failed' : 'Succeeded'
}
