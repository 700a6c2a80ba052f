import { fnv1a32 } from '#k8s/hash.ts'
import type { Container, ContainerState, ContainerStatus } from '#k8s/types.ts'
import type { Fleet } from './fleet.ts'
import type { PodWorker } from './pod-worker.ts'

/** A container that has not run yet. */
export function waitingStatus(container: Container, reason: string): ContainerStatus {
  return {
    name: container.name,
    state: { waiting: { reason } },
    lastState: {},
    ready: false,
    restartCount: 0,
    image: container.image ?? '',
    imageID: '',
    started: false,
  }
}

/** `containerd://` and 64 hex digits that depend on pod, container and restart. */
function containerId(worker: PodWorker, name: string, restarts: number): string {
  let hex = ''
  for (let part = 0; part < 8; part++) hex += fnv1a32(`${worker.uid}/${name}/${restarts}/${part}`).toString(16).padStart(8, '0')
  return `containerd://${hex}`
}

/** The container as it runs from now on; `restarted` counts one more. */
export function runningStatus({ ctx, profile }: Fleet, worker: PodWorker, before: ContainerStatus, restarted: boolean): ContainerStatus {
  const restartCount = before.restartCount + (restarted ? 1 : 0)
  const last: ContainerState = before.state.terminated ? { terminated: before.state.terminated } : before.lastState
  return {
    ...before,
    state: { running: { startedAt: ctx.timestamp() } },
    lastState: last,
    ready: false,
    started: false,
    restartCount,
    ...(profile.talks && { containerID: containerId(worker, before.name, restartCount) }),
  }
}

/** The container after it ended: `Completed` with 0, else `Error` or the given reason (KL-4.3). */
export function terminatedStatus({ ctx }: Fleet, before: ContainerStatus, exitCode: number, reason?: string): ContainerStatus {
  const now = ctx.timestamp()
  return {
    ...before,
    state: {
      terminated: {
        exitCode,
        reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
        startedAt: before.state.running?.startedAt ?? now,
        finishedAt: now,
        ...(before.containerID && { containerID: before.containerID }),
      },
    },
    ready: false,
    started: false,
  }
}

export function statusOf(worker: PodWorker, name: string): ContainerStatus | undefined {
  return worker.containers.find((s) => s.name === name) ?? worker.inits.find((s) => s.name === name)
}

/** Replaces the status of one container in what the kubelet knows. */
export function putStatus(worker: PodWorker, status: ContainerStatus): void {
  const replace = (list: readonly ContainerStatus[]) => (list.some((s) => s.name === status.name) ? list.map((s) => (s.name === status.name ? status : s)) : list)
  worker.containers = replace(worker.containers)
  worker.inits = replace(worker.inits)
}
