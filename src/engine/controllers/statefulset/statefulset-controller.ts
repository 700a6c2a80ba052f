import { controllerOf } from '#k8s/owner.ts'
import { matchesLabels } from '#k8s/selector.ts'
import type { KubeObject, Pod, StatefulSet } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { createQueueState, createWorkQueue, type QueueState, type WorkQueue } from '#sim/queue.ts'
import type { ComponentContext, ComponentDefinition, WatchEvent } from '../../component.ts'
import { bySelector, claimObjects } from '../replicaset/claim.ts'
import { epochNow } from '../replicaset/epoch-now.ts'
import { nextAvailabilityCheck } from '../replicaset/next-availability-check.ts'
import { concernsController, ownershipChanged } from '../replicaset/pod-change.ts'
import { syncRevisions, truncateHistory } from './revision-history.ts'
import { isMemberOf, replicasOf } from './stateful-pod.ts'
import type { KnownClaims } from './stateful-pod-control.ts'
import { statusFrom } from './statefulset-status.ts'
import { updateStatefulSet } from './update-statefulset.ts'

export interface StatefulSetControllerState {
  queue: QueueState
  claims: KnownClaims
}

type Context = ComponentContext<StatefulSetControllerState>

const keyOf = (object: KubeObject): string => `${object.metadata.namespace}/${object.metadata.name}`

/** @source pkg/controller/statefulset/stateful_set.go sync; WC-4 */
function syncStatefulSet(context: Context, queue: WorkQueue, key: string): void {
  const { api, version } = context
  const [namespace = '', name = ''] = key.split('/')
  const set = api.get('StatefulSet', namespace, name)
  if (!set) return
  const selected = bySelector(set)
  const pods = claimObjects(context, 'Pod', set, (pod) => (isMemberOf(set, pod) ? selected(pod) : 'unwanted'))
  const revisions = syncRevisions(context, set)
  const { counts, error, isCut } = updateStatefulSet(context, set, revisions, context.state.claims, pods)
  const reports = error === undefined || since(version, 'statefulSetStatusOnError')
  // the API takes no negative counts; the pod that was deleted brings the next sync
  if (reports && counts.currentReplicas >= 0) api.updateStatus('StatefulSet', set, statusFrom(set, revisions, counts))
  truncateHistory(context, set, revisions, pods)
  if (error !== undefined) throw error
  if (isCut) queue.add(key)
  const { minReadySeconds } = set.spec
  if (!minReadySeconds || counts.availableReplicas === replicasOf(set)) return
  const delay = nextAvailabilityCheck(pods, minReadySeconds, epochNow(context))
  // before 1.34 the boundary itself does not count yet
  if (delay !== undefined) queue.addAfter(key, since(version, 'availableAtBoundary') ? delay : minReadySeconds * 1000)
}

/** Which sets are synced after which events. @source stateful_set.go addPod, updatePod, deletePod */
function createWatch({ api }: Context, queue: WorkQueue): (event: WatchEvent) => void {
  const enqueueOwner = (pod: Pod) => {
    const reference = controllerOf(pod)
    const set = reference?.kind === 'StatefulSet' ? api.get('StatefulSet', pod.metadata.namespace ?? '', reference.name) : undefined
    if (set && set.metadata.uid === reference?.uid) queue.add(keyOf(set))
  }

  const podChanged = (pod: Pod, old: Pod | undefined, deleted: boolean) => {
    if (old && !deleted && !concernsController(pod, old)) return
    if (old && controllerOf(old)?.uid !== controllerOf(pod)?.uid) enqueueOwner(old)
    if (controllerOf(pod)) return enqueueOwner(pod)
    if (deleted || pod.metadata.deletionTimestamp || (old && !ownershipChanged(pod, old))) return
    for (const set of api.list('StatefulSet', pod.metadata.namespace))
      if (matchesLabels(set.spec.selector, pod.metadata.labels)) queue.add(keyOf(set))
  }

  return (event) => {
    if (event.kind === 'StatefulSet') queue.add(keyOf(event.object as StatefulSet))
    else if (event.kind === 'Pod') podChanged(event.object as Pod, event.old as Pod | undefined, event.type === 'DELETED')
  }
}

/** Keeps the numbered pods of every StatefulSet. */
export const statefulSetController: ComponentDefinition<StatefulSetControllerState> = {
  name: 'statefulset-controller',
  order: 13,
  initialState: () => ({ queue: createQueueState(), claims: new Set() }),
  create(context) {
    const queue = createWorkQueue(context, () => context.state.queue, {
      name: 'statefulset',
      process: (key) => syncStatefulSet(context, queue, key),
    })
    return {
      watches: ['StatefulSet', 'Pod'],
      onWatch: createWatch(context, queue),
      onTimer: (payload) => void queue.onTimer(payload),
    }
  },
}
