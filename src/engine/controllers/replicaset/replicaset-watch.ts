import { controllerOf } from '#k8s/owner.ts'
import { isPodReady } from '#k8s/pod.ts'
import { matchesLabels } from '#k8s/selector.ts'
import type { OwnerReference, Pod, ReplicaSet } from '#k8s/types.ts'
import type { WorkQueue } from '#sim/queue.ts'
import type { ComponentContext, WatchEvent } from '../../component.ts'
import { creationObserved, deletionObserved, type Expectations } from './expectations.ts'
import { podKey } from './manage-replicas.ts'
import { concernsController, ownershipChanged } from './pod-change.ts'

const keyOf = (rs: ReplicaSet): string => `${rs.metadata.namespace}/${rs.metadata.name}`

/**
 * Which ReplicaSets are synced after which events. Left out: a status that somebody else writes is not corrected at once.
 * @source pkg/controller/replicaset/replica_set.go addPod, updatePod, deletePod
 */
export function createReplicaSetWatch(
  context: ComponentContext<{ expectations: Expectations }>,
  queue: WorkQueue,
  availability: WorkQueue,
): (event: WatchEvent) => void {
  const { api } = context

  const resolve = (pod: Pod, reference: OwnerReference | undefined): ReplicaSet | undefined => {
    if (reference?.kind !== 'ReplicaSet') return undefined
    const rs = api.get('ReplicaSet', pod.metadata.namespace ?? '', reference.name)
    return rs?.metadata.uid === reference.uid ? rs : undefined
  }

  const enqueue = (rs: ReplicaSet) => queue.add(keyOf(rs))

  const enqueueMatching = (pod: Pod) => {
    if (!pod.metadata.labels) return
    for (const rs of api.list('ReplicaSet', pod.metadata.namespace)) if (matchesLabels(rs.spec.selector, pod.metadata.labels)) enqueue(rs)
  }

  const podAdded = (pod: Pod) => {
    if (pod.metadata.deletionTimestamp) return podDeleted(pod)
    const reference = controllerOf(pod)
    if (!reference) return enqueueMatching(pod)
    const rs = resolve(pod, reference)
    if (!rs) return
    creationObserved(context.state.expectations, keyOf(rs))
    enqueue(rs)
  }

  const podUpdated = (pod: Pod, old: Pod) => {
    if (!concernsController(pod, old)) return
    if (pod.metadata.deletionTimestamp) return podDeleted(pod)
    const reference = controllerOf(pod)
    const before = controllerOf(old)
    if (before && before.uid !== reference?.uid) {
      const rs = resolve(old, before)
      if (rs) enqueue(rs)
    }
    if (!reference) {
      if (ownershipChanged(pod, old)) enqueueMatching(pod)
      return
    }
    const rs = resolve(pod, reference)
    if (!rs) return
    enqueue(rs)
    // a second more, so that whole-second transition times do not make the check come too early
    if (rs.spec.minReadySeconds && isPodReady(pod) && !isPodReady(old)) availability.addAfter(keyOf(rs), (rs.spec.minReadySeconds + 1) * 1000)
  }

  const podDeleted = (pod: Pod) => {
    const rs = resolve(pod, controllerOf(pod))
    if (!rs) return
    deletionObserved(context.state.expectations, keyOf(rs), podKey(pod))
    enqueue(rs)
  }

  return (event) => {
    if (event.kind === 'ReplicaSet') {
      const rs = event.object as ReplicaSet
      const old = event.old as ReplicaSet | undefined
      const statusOnly =
        event.type === 'MODIFIED' && old?.spec === rs.spec && old.metadata.generation === rs.metadata.generation && old.status !== rs.status
      if (!statusOnly) enqueue(rs)
      if (event.type === 'DELETED') context.state.expectations.delete(keyOf(rs))
    } else if (event.kind === 'Pod') {
      const pod = event.object as Pod
      if (event.type === 'ADDED') podAdded(pod)
      else if (event.type === 'DELETED') podDeleted(pod)
      else podUpdated(pod, event.old as Pod)
    }
  }
}
