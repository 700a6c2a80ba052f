/**
 * Deletes what is owned by nobody any more.
 *
 * Modelled: background, foreground and orphaning deletion over all kinds of this cluster. Not modelled: owners of other kinds, which
 * are taken to exist; the cache of absent owners: each is asked for as one that was never seen.
 */
import { ApiError } from '#k8s/api-error.ts'
import { resources } from '#k8s/resources.ts'
import type { Kind, KubeObject, OwnerReference } from '#k8s/types.ts'
import { createQueueState, createWorkQueue, type QueueState } from '#sim/queue.ts'
import type { ComponentContext, ComponentDefinition, WatchEvent } from '../../component.ts'
import { attemptToDelete, orphanDependents } from './attempt-to-delete.ts'
import { findOwner, hasFinalizer, isDeletingDependents, orphanFinalizer, reportForeignOwner } from './owner-lookup.ts'

export interface GarbageCollectorState {
  attemptToDelete: QueueState
  attemptToOrphan: QueueState
}

type Context = ComponentContext<GarbageCollectorState>

/** Kind, namespace, name and uid: a new object under an old name is another one. */
const keyOf = ({ kind, metadata }: KubeObject): string => [kind, metadata.namespace ?? '', metadata.name, metadata.uid].join('|')

function findByKey({ api }: Context, key: string): KubeObject | undefined {
  const [kind = '', namespace = '', name = '', uid] = key.split('|')
  const object = api.get(kind as Kind, namespace, name)
  return object?.metadata.uid === uid ? object : undefined
}

const isOrphaning = (object: KubeObject): boolean => object.metadata.deletionTimestamp !== undefined && hasFinalizer(object, orphanFinalizer)

const sameLife = (a: KubeObject, b: KubeObject): boolean =>
  a.metadata.ownerReferences === b.metadata.ownerReferences &&
  a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
  a.metadata.finalizers === b.metadata.finalizers

/**
 * Of an owner that it has never seen, the collector first asks the server, then for the dependent, then for the owner again: a new pod is
 * bound by then.
 * @source garbagecollector.go attemptToDeleteItem, attemptToDeleteWorker (of a virtual node); GC-2.2
 */
const liveCheckMs = 10

interface Enqueue {
  toDelete(object: KubeObject, delayMs?: number): void
  toOrphan(object: KubeObject): void
}

/** What each change puts up for a look. @source pkg/controller/garbagecollector/graph_builder.go processGraphChanges */
function createWatch(context: Context, enqueue: Enqueue): (event: WatchEvent) => void {
  const wakeWaitingOwner = (dependent: KubeObject, reference: OwnerReference) => {
    const owner = findOwner(context, dependent, reference)
    if (typeof owner === 'object' && isDeletingDependents(owner)) enqueue.toDelete(owner)
  }

  const dependentsOf = (object: KubeObject) => context.api.dependents(object.metadata.uid ?? '')

  const deleted = (object: KubeObject) => {
    for (const dependent of dependentsOf(object)) enqueue.toDelete(dependent)
    for (const reference of object.metadata.ownerReferences ?? []) wakeWaitingOwner(object, reference)
  }

  const ownersChanged = (object: KubeObject, old: KubeObject | undefined) => {
    const references = object.metadata.ownerReferences ?? []
    // of an object without a namespace nothing else will be looked at
    if (!object.metadata.namespace) for (const reference of references) reportForeignOwner(context, object, reference)
    const owners = references.map((reference) => findOwner(context, object, reference))
    if (owners.some((owner) => typeof owner === 'object' && isDeletingDependents(owner))) enqueue.toDelete(object)
    else if (owners.includes('absent')) enqueue.toDelete(object, liveCheckMs)
    for (const before of old?.metadata.ownerReferences ?? [])
      if (!references.some((r) => r.uid === before.uid && r.blockOwnerDeletion)) wakeWaitingOwner(object, before)
  }

  return ({ type, object, old }) => {
    if (type === 'DELETED') return deleted(object)
    if (old && sameLife(object, old)) return
    if (object.metadata.ownerReferences !== old?.metadata.ownerReferences) ownersChanged(object, old)
    if (isDeletingDependents(object) && !(old && isDeletingDependents(old))) {
      for (const dependent of dependentsOf(object)) enqueue.toDelete(dependent)
      enqueue.toDelete(object)
    }
    if (isOrphaning(object) && !(old && isOrphaning(old))) enqueue.toOrphan(object)
  }
}

/** What is gone already, or has changed hands meanwhile, is no error. */
function ignoringNotFound(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof ApiError && error.reason === 'NotFound')) throw error
  }
}

/** GC-1 … GC-5 */
export const garbageCollector: ComponentDefinition<GarbageCollectorState> = {
  name: 'garbage-collector-controller',
  order: 20,
  initialState: () => ({ attemptToDelete: createQueueState(), attemptToOrphan: createQueueState() }),
  create(context) {
    const createQueue = (name: keyof GarbageCollectorState, work: (object: KubeObject) => void) =>
      createWorkQueue(context, () => context.state[name], {
        name,
        delayMs: 0,
        process: (key) => {
          const object = findByKey(context, key)
          if (object) ignoringNotFound(() => work(object))
        },
      })
    const toDelete = createQueue('attemptToDelete', (object) => attemptToDelete(context, object, (other) => toDelete.add(keyOf(other))))
    const toOrphan = createQueue('attemptToOrphan', (object) => orphanDependents(context, object))
    return {
      watches: resources.map((resource) => resource.kind).filter((kind) => kind !== 'Event'),
      onWatch: createWatch(context, {
        toDelete: (object, delayMs = 0) => toDelete.addAfter(keyOf(object), delayMs),
        toOrphan: (object) => toOrphan.add(keyOf(object)),
      }),
      onTimer: (payload) => void (toDelete.onTimer(payload) || toOrphan.onTimer(payload)),
    }
  },
}
