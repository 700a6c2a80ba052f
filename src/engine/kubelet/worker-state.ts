import type { TimerId } from '#engine/component.ts'
import type { ContainerStatus } from '#k8s/types.ts'
import type { Rejection } from './rejection.ts'

export interface BackOff {
  waitMs: number
  /** When the container was last restarted, or the image last failed to be pulled, ms. */
  decidedMs: number
}

/** A pod that its kubelet is busy with. Pods that run and need nothing have none: their state is in their status. */
export interface PodWorker {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly node: string
  readonly startTime: string
  /** When all containers of a deleted pod will have stopped, ms; undefined while nobody stops it. */
  stopAtMs: number | undefined
  /** The grace period it is stopped with. */
  stopGraceSeconds?: number
  /** Something happened that the pod's status does not tell yet. */
  changed: boolean
  podIP: string | undefined
  inits: readonly ContainerStatus[]
  containers: readonly ContainerStatus[]
  /** Crash back-off by container name (KL-5.1). */
  backOffs: Record<string, BackOff>
  /** Image pull back-off by image: containers share it (KL-6.1). A pull that ends well does not take it away (KL-6.3). */
  pullBackOffs: Record<string, BackOff>
  /** Probes that fail, e.g. `readiness agent`, with how often in a row they have so far (KL-7.4). */
  failing: Readonly<Record<string, FailingProbe>>
  /** Why the kubelet turns the pod away, until its status says so. */
  rejection?: Rejection
  /** Running timers: few, one of a kind for a container. */
  timers: readonly PendingTask[]
  /** What came due while the kubelet was stopped. */
  held: readonly PodTask[]
}

/** A probe that was made to fail. */
export interface FailingProbe {
  /** In a row so far. */
  readonly times: number
  /** It gets no answer: each attempt takes its timeoutSeconds. */
  readonly hangs: boolean
}

/** The task that ends a pod for its activeDeadlineSeconds: it waits beside all that the kubelet is busy with. */
export const deadlineTask = 'deadline'

/** A task of a worker whose timer runs. Immutable. */
export interface PendingTask {
  readonly task: string
  readonly container: string | undefined
  readonly timer: TimerId
}

/** Something a kubelet does to a pod later. */
export interface PodTask {
  readonly uid: string
  readonly task: string
  readonly container?: string
}
