/**
 * The DaemonSet controller of kube-controller-manager, 1.23 to 1.36: syncs, placement, rollouts, history, status, as DS-1 to DS-13 say.
 *
 * Modelled: informer lag, de-duplicating queues with back-off and two workers, the time a sync takes, expectations, bursts, slow start,
 * failed-pod back-off.
 * Not modelled: the queue's overall rate limit, informer resyncs, and the cache freshness check of
 * 1.36 (DS-2.6), which cannot be seen without several caches.
 * Chosen: where Go's map order decides, nodes go in creation order.
 */
import type { Pod } from '#k8s/types.ts'
import { createWorkQueue } from '#sim/queue.ts'
import type { Component, ComponentContext, ComponentDefinition, WatchEvent } from '../../component.ts'
import { controllerName } from './constants.ts'
import { createControllerState, type DaemonSetController, type DaemonSetControllerState } from './controller.ts'
import { createExpectations } from './expectations.ts'
import { handleEvent } from './handlers.ts'
import { applyEvent, cachedPod } from './informer-cache.ts'
import { syncNodeUpdate } from './node-filter.ts'
import { createPodControl } from './pod-control.ts'
import { syncDaemonSet } from './sync.ts'
import { createViews } from './views.ts'

/** DS-1.1 */
const workers = 2

/**
 * Time a sync takes, ms: for what it reads and writes, and for each node there is, since it looks at all of them. Measured on a control plane
 * with two cores while the pods of a DaemonSet became ready one by one: it wrote the status every 9 ms on 100 nodes, every 35 ms on 1,000,
 * every 125 ms on 3,000.
 */
const syncMs = 5
const syncMsPerNode = 0.03

/** The controller's parts over one context. */
export function createController(context: ComponentContext<DaemonSetControllerState>): DaemonSetController {
  const views = createViews(context.version, () => context.state.cache)
  // a real write takes about as long as the news of it: the status that ends a sync counts the pods the sync made (DS-20 G-2), and a rollout
  // knows those it relabelled as new (DS-9.6)
  const podWritten = (object: Pod) => {
    const before = cachedPod(context.state.cache, object)
    applyEvent(context.state.cache, { type: 'ADDED', kind: 'Pod', object })
    views.podChanged(object, before)
  }
  const controller: DaemonSetController = {
    context,
    api: context.api,
    expectations: createExpectations(
      () => context.state.expectations,
      () => context.now(),
    ),
    podControl: createPodControl(context, podWritten),
    podWritten,
    queue: createWorkQueue(context, () => context.state.queue, {
      name: 'daemonset',
      workers,
      takesMs: () => syncMs + Math.floor(context.state.cache.nodes.size * syncMsPerNode),
      process: (key) => syncDaemonSet(controller, key),
    }),
    nodeQueue: createWorkQueue(context, () => context.state.nodeQueue, {
      name: 'daemonset-node-updates',
      // one more hop costs no time beside the request by which taint eviction deletes the pods of the same node (DS-4.6)
      delayMs: 0,
      workers,
      process: (nodeName) => syncNodeUpdate(controller, nodeName),
    }),
    views,
  }
  return controller
}

/** Takes a delivered change into cache and views, then enqueues whom it concerns. */
export function deliver(controller: DaemonSetController, event: WatchEvent): void {
  const { context, views } = controller
  const { object, kind, type } = event
  const { name, namespace } = object.metadata
  const before = kind === 'Pod' ? cachedPod(context.state.cache, object) : undefined
  const oldNode = kind === 'Node' ? context.state.cache.nodes.get(name) : undefined
  const news = applyEvent(context.state.cache, event)
  if (kind === 'Pod' && news) views.podChanged(type === 'DELETED' ? undefined : (object as Pod), before)
  if (kind === 'ControllerRevision') views.revisionChanged(name, namespace)
  if (kind === 'Node') views.nodeChanged(oldNode, context.state.cache.nodes.get(name))
  handleEvent(controller, event)
}

function create(context: ComponentContext<DaemonSetControllerState>): Component {
  const controller = createController(context)
  return {
    watches: ['DaemonSet', 'ControllerRevision', 'Pod', 'Node'],
    onWatch: (event) => deliver(controller, event),
    onTimer: (payload) => {
      if (!controller.queue.onTimer(payload)) controller.nodeQueue.onTimer(payload)
    },
    onRestore: () => controller.views.clear(),
  }
}

export const daemonSetControllerDefinition: ComponentDefinition<DaemonSetControllerState> = {
  name: controllerName,
  order: 10,
  initialState: createControllerState,
  create,
}
