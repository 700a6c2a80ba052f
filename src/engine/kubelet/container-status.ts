import { statusNamed } from '#k8s/container-statuses.ts'
import { fnv1a32 } from '#k8s/hash.ts'
import { podCondition } from '#k8s/pod.ts'
import { resizePending } from '#k8s/pod-resize.ts'
import type { Container, ContainerState, ContainerStatus, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { extend } from '#sim/extend.ts'
import { putHex, textOfCodes } from '#sim/hex.ts'
import { rememberLast } from '#sim/remember-last.ts'
import { containerUser } from './container-user.ts'
import type { Fleet } from './fleet.ts'
import type { PodWorker } from './worker-state.ts'

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

const digestCodes = new Array<number>(64).fill(0)

/** 64 hex digits that depend on the text: looks like a digest, is none. */
function fakeDigest(text: string): string {
  let hash = fnv1a32(text)
  for (let part = 0; part < 8; part++) {
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + part
    putHex(digestCodes, part * 8, 8, hash)
  }
  return textOfCodes(digestCodes)
}

const imageIds = new Map<string, string>()

/** `docker.io/library/agent@sha256:…` */
function imageId(image: string): string {
  let id = imageIds.get(image)
  if (id === undefined) {
    const repository = image.replace(/(@.*|:[^/]*)$/, '')
    const slash = repository.indexOf('/')
    const full = slash > 0 && /[.:]/.test(repository.slice(0, slash)) ? repository : `docker.io/${slash > 0 ? '' : 'library/'}${repository}`
    id = `${full}@sha256:${fakeDigest(image)}`
    imageIds.set(image, id)
  }
  return id
}

/** Containers that start at the same second have one state. */
const runningSince = rememberLast((startedAt: string): ContainerState => ({ running: { startedAt } }))

/** The container as it runs from now on; `restarted` counts one more. */
export function runningStatus(
  fleet: Fleet,
  worker: PodWorker,
  pod: Pod,
  container: Container,
  before: ContainerStatus,
  restarted: boolean,
): ContainerStatus {
  const restartCount = before.restartCount + (restarted ? 1 : 0)
  const last: ContainerState = before.state.terminated ? { terminated: before.state.terminated } : before.lastState
  const status: ContainerStatus = extend(before, {
    state: runningSince(fleet.ctx.timestamp()),
    lastState: last,
    image: container.image ?? '',
    ready: false,
    started: false,
    restartCount,
  })
  if (fleet.profile.talks) addRuntimeFacts(fleet, worker, pod, container, status)
  return status
}

/**
 * What the kubelet learns from the container runtime, of containers that exist.
 * @source pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses
 */
function addRuntimeFacts({ ctx: { version } }: Fleet, worker: PodWorker, pod: Pod, container: Container, status: ContainerStatus): void {
  status.containerID = `containerd://${fakeDigest(`${worker.uid}/${status.name}/${status.restartCount}`)}`
  status.imageID = imageId(status.image)
  if (since(version, 'containerStatusResources')) {
    // a container that starts again meanwhile has what it had
    const { resources = {} } = (podCondition(pod, resizePending) && status) || container
    if (resources.requests) status.allocatedResources = resources.requests
    status.resources = resources
  }
  if (since(version, 'containerStatusUser')) status.user = containerUser(pod, container)
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
  return statusNamed(worker.containers, name) ?? statusNamed(worker.inits, name)
}

/** Replaces the status of one container in what the kubelet knows. */
export function putStatus(worker: PodWorker, status: ContainerStatus): void {
  worker.containers = replaced(worker.containers, status)
  worker.inits = replaced(worker.inits, status)
}

function replaced(list: readonly ContainerStatus[], status: ContainerStatus): readonly ContainerStatus[] {
  const { name } = status
  for (const known of list) if (known.name === name) return list.length === 1 ? [status] : list.map((s) => (s.name === name ? status : s))
  return list
}
