import { parseTimestamp } from '#k8s/time.ts'
import type { Pod } from '#k8s/types.ts'
import { createQueueState, type QueueState, type WorkQueue } from '#sim/queue.ts'
import type { ComponentContext, ControlPlaneApi } from '../../component.ts'
import { type BackoffState, createBackoffState } from './backoff.ts'
import type { Expectations, ExpectationsState } from './expectations.ts'
import { createInformerCache, type InformerCache } from './informer-cache.ts'
import type { PodControl } from './pod-control.ts'
import type { Views } from './views.ts'

/** All the controller remembers. */
export interface DaemonSetControllerState {
  readonly queue: QueueState
  /** Names of nodes that changed; used since 1.33. */
  readonly nodeQueue: QueueState
  readonly expectations: ExpectationsState
  readonly backoff: BackoffState
  readonly cache: InformerCache
}

export function createControllerState(): DaemonSetControllerState {
  return {
    queue: createQueueState(),
    nodeQueue: createQueueState(),
    expectations: new Map(),
    backoff: createBackoffState(),
    cache: createInformerCache(),
  }
}

/** What the parts of the controller share. */
export interface DaemonSetController {
  readonly context: ComponentContext<DaemonSetControllerState>
  readonly api: ControlPlaneApi
  readonly expectations: Expectations
  readonly podControl: PodControl
  /** Takes a pod that this controller wrote into cache and views, before the news of it arrives. */
  podWritten(pod: Pod): void
  readonly queue: WorkQueue
  readonly nodeQueue: WorkQueue
  readonly views: Views
}

/**
 * Present time, ms since 1970. Clusters start on a whole second, so the API's time and the fraction of the cluster's make it up.
 */
export function epochNow(context: Pick<ComponentContext<unknown>, 'now' | 'timestamp'>): number {
  return parseTimestamp(context.timestamp()) + (context.now() % 1000)
}
