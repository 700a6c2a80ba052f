import type { Pod, ReplicaSet } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { createQueueState, createWorkQueue, type QueueState, type WorkQueue } from '#sim/queue.ts'
import type { ComponentContext, ComponentDefinition } from '../../component.ts'
import { claimObjects } from './claim.ts'
import { epochNow } from './epoch-now.ts'
import { type Expectations, satisfiedExpectations } from './expectations.ts'
import { manageReplicas } from './manage-replicas.ts'
import { nextAvailabilityCheck } from './next-availability-check.ts'
import { PodTally } from './pod-tally.ts'
import { calculateStatus } from './replicaset-status.ts'
import { createReplicaSetWatch } from './replicaset-watch.ts'

export interface ReplicaSetControllerState {
  queue: QueueState
  /** ReplicaSets to sync when a pod will have been ready for minReadySeconds. */
  availability: QueueState
  expectations: Expectations
  /** When each ReplicaSet was synced last, ms of cluster time. */
  syncedMs: Map<string, number>
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
    context.state.syncedMs.delete(key)
    tallies.delete(key)
    return
  }
  context.state.syncedMs.set(key, context.now())
  const needsSync = satisfiedExpectations(expectations, key, context.now())
  const tally = tallies.get(key) ?? new PodTally(rs)
  tallies.set(key, tally)
  tally.begin(rs)
  const pods = claimObjects(context, 'Pod', rs, (pod, place) => tally.standing(pod, place))
  tally.finish(pods)
  const error = needsSync && !rs.metadata.deletionTimestamp ? manageReplicas(context, expectations, key, rs, pods) : undefined
  const observation = { pods, tally, error, nowMs: epochNow(context), timestamp: context.timestamp(), version }
  const updated = api.updateStatus('ReplicaSet', rs, calculateStatus(rs, observation))
  if (error !== undefined) throw error
  planAvailabilityCheck(context, availability, key, updated, pods)
}

/** Keeps the number of pods of every ReplicaSet. */
export const replicaSetController: ComponentDefinition<ReplicaSetControllerState> = {
  name: 'replicaset-controller',
  order: 12,
  initialState: () => ({ queue: createQueueState(), availability: createQueueState(), expectations: new Map(), syncedMs: new Map() }),
  create(context) {
    const tallies = new Map<string, PodTally>()
    const queue = createWorkQueue(context, () => context.state.queue, {
      name: 'replicaset',
      delayMs: 0,
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
