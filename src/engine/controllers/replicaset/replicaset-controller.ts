import { isActive, isTerminal, isTerminating } from '#k8s/pod.ts'
import type { Pod, ReplicaSet } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { createQueueState, createWorkQueue, type QueueState, type WorkQueue } from '#sim/queue.ts'
import type { ComponentContext, ComponentDefinition } from '../../component.ts'
import { claimObjects } from './claim.ts'
import { epochNow } from './epoch-now.ts'
import { type Expectations, satisfiedExpectations } from './expectations.ts'
import { manageReplicas } from './manage-replicas.ts'
import { nextAvailabilityCheck } from './next-availability-check.ts'
import { calculateStatus } from './replicaset-status.ts'
import { createReplicaSetWatch } from './replicaset-watch.ts'

export interface ReplicaSetControllerState {
  queue: QueueState
  expectations: Expectations
}

/**
 * Time between an event and the sync it leads to, ms: long enough that the events of many pods lead to few syncs, each of
 * which looks at all pods of the ReplicaSet.
 */
const syncDelayMs = 10

/** When to look again because a ready pod becomes available by then (DS-8.6 tells the two generations apart). */
function planAvailabilityCheck(context: ComponentContext<ReplicaSetControllerState>, queue: WorkQueue, key: string, rs: ReplicaSet, pods: Pod[]): void {
  const { minReadySeconds, replicas } = rs.spec
  const { readyReplicas = 0, availableReplicas = 0 } = rs.status
  if (!minReadySeconds) return
  if (since(context.version, 'availableAtBoundary')) {
    const delay = readyReplicas === availableReplicas ? undefined : nextAvailabilityCheck(pods, minReadySeconds, epochNow(context))
    if (delay !== undefined) queue.addAfter(key, delay)
  } else if (readyReplicas === replicas && availableReplicas !== replicas) queue.addAfter(key, minReadySeconds * 1000)
}

/** @source pkg/controller/replicaset/replica_set.go syncReplicaSet; WC-2 */
function syncReplicaSet(context: ComponentContext<ReplicaSetControllerState>, queue: WorkQueue, key: string): void {
  const { api, version } = context
  const { expectations } = context.state
  const [namespace = '', name = ''] = key.split('/')
  const rs = api.get('ReplicaSet', namespace, name)
  if (!rs) {
    expectations.delete(key)
    return
  }
  const needsSync = satisfiedExpectations(expectations, key, context.now())
  const pods = claimObjects(context, 'Pod', rs, { consider: isActive })
  const terminating = since(version, 'terminatingReplicas')
    ? api.controlledBy('Pod', rs.metadata.uid ?? '').filter((pod) => isTerminating(pod) && !isTerminal(pod)).length
    : 0
  const error = needsSync && !rs.metadata.deletionTimestamp ? manageReplicas(context, expectations, key, rs, pods) : undefined
  const observation = { pods, terminating, error, nowMs: epochNow(context), timestamp: context.timestamp(), version }
  const updated = api.updateStatus('ReplicaSet', { ...rs, status: calculateStatus(rs, observation) })
  if (error !== undefined) throw error
  planAvailabilityCheck(context, queue, key, updated, pods)
}

/** Keeps the number of pods of every ReplicaSet. */
export const replicaSetController: ComponentDefinition<ReplicaSetControllerState> = {
  name: 'replicaset-controller',
  order: 12,
  initialState: () => ({ queue: createQueueState(), expectations: new Map() }),
  create(context) {
    const queue = createWorkQueue(context, () => context.state.queue, {
      name: 'replicaset',
      delayMs: syncDelayMs,
      process: (key) => syncReplicaSet(context, queue, key),
    })
    return {
      watches: ['ReplicaSet', 'Pod'],
      onWatch: createReplicaSetWatch(context, queue),
      onTimer: (payload) => void queue.onTimer(payload),
    }
  },
}
