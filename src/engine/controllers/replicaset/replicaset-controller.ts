import { isPodAvailable } from '#k8s/pod.ts'
import type { Pod, ReplicaSet } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { createQueueState, createWorkQueue, type QueueState, type WorkQueue } from '#sim/queue.ts'
import type { ComponentContext, ComponentDefinition } from '../../component.ts'
import { claimPods, forgetPods } from './claim-pods.ts'
import { epochNow } from './epoch-now.ts'
import { type Expectations, satisfiedExpectations } from './expectations.ts'
import { manageReplicas } from './manage-replicas.ts'
import { nextAvailabilityCheck } from './next-availability-check.ts'
import type { PodTally } from './pod-tally.ts'
import { calculateStatus } from './replicaset-status.ts'
import { createReplicaSetWatch } from './replicaset-watch.ts'

export interface ReplicaSetControllerState {
  queue: QueueState
  /** ReplicaSets to sync when a pod will have been ready for minReadySeconds. */
  availability: QueueState
  expectations: Expectations
}

type Context = ComponentContext<ReplicaSetControllerState>

/** When to look again because a ready pod becomes available by then (DS-8.6 tells the two generations apart). */
function planAvailabilityCheck(context: Context, availability: WorkQueue, key: string, rs: ReplicaSet, pods: Pod[]): void {
  const { minReadySeconds, replicas } = rs.spec
  const { readyReplicas = 0, availableReplicas = 0 } = rs.status
  if (!minReadySeconds) return
  if (since(context.version, 'availableAtBoundary')) {
    const delay = readyReplicas === availableReplicas ? undefined : nextAvailabilityCheck(pods, minReadySeconds, epochNow(context))
    if (delay !== undefined) availability.addAfter(key, delay)
  } else if (readyReplicas === replicas && availableReplicas !== replicas) availability.addAfter(key, minReadySeconds * 1000)
}

/** @source pkg/controller/replicaset/replica_set.go syncReplicaSet; WC-2 */
function syncReplicaSet(context: Context, availability: WorkQueue, tallies: Map<string, PodTally>, key: string): void {
  const { api, version } = context
  const { expectations } = context.state
  const [namespace = '', name = ''] = key.split('/')
  const rs = api.get('ReplicaSet', namespace, name)
  if (!rs) {
    expectations.delete(key)
    forgetPods(context, tallies, key)
    return
  }
  const needsSync = satisfiedExpectations(expectations, key, context.now())
  const tally = claimPods(context, tallies, key, rs)
  const activePods = () => api.controlledBy('Pod', rs.metadata.uid ?? '').filter((pod) => tally.standing(pod) === 'wanted')
  const { minReadySeconds } = rs.spec
  const pods = minReadySeconds ? activePods() : []
  const nowMs = epochNow(context)
  const available = minReadySeconds ? pods.filter((pod) => isPodAvailable(pod, minReadySeconds, nowMs, version)).length : tally.ready
  const error = needsSync && !rs.metadata.deletionTimestamp ? manageReplicas(context, expectations, key, rs, tally.active, activePods) : undefined
  const observation = { tally, available, error, timestamp: context.timestamp(), version }
  const updated = api.updateStatus('ReplicaSet', rs, calculateStatus(rs, observation))
  if (error !== undefined) throw error
  planAvailabilityCheck(context, availability, key, updated, pods)
}

/** How long a sync takes with its writes, ms. */
const syncMs = 10

/** @source kube-controller-manager --concurrent-replicaset-syncs */
const workers = 5

/** Keeps the number of pods of every ReplicaSet. */
export const replicaSetController: ComponentDefinition<ReplicaSetControllerState> = {
  name: 'replicaset-controller',
  order: 12,
  initialState: () => ({ queue: createQueueState(), availability: createQueueState(), expectations: new Map() }),
  create(context) {
    const tallies = new Map<string, PodTally>()
    const queue = createWorkQueue(context, () => context.state.queue, {
      name: 'replicaset',
      delayMs: 0,
      takesMs: () => syncMs,
      workers,
      process: (key) => syncReplicaSet(context, availability, tallies, key),
    })
    const availability: WorkQueue = createWorkQueue(context, () => context.state.availability, {
      name: 'availability',
      delayMs: 0,
      process: (key) => queue.add(key),
    })
    return {
      watches: ['ReplicaSet', 'Pod'],
      onWatch: createReplicaSetWatch(context, queue, availability),
      onTimer: (payload) => void (queue.onTimer(payload) || availability.onTimer(payload)),
    }
  },
}
