import { controllerOf } from '#k8s/owner.ts'
import { isPodReady } from '#k8s/pod.ts'
import { isEmptySelector, matchesLabels } from '#k8s/selector.ts'
import type { ControllerRevision, DaemonSet, KubeNode, KubeObject, OwnerReference, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { semanticEqual } from '#sim/equal.ts'
import type { WatchEvent } from '../../component.ts'
import type { DaemonSetController } from './controller.ts'
import { keyOf, namedKey } from './informer-cache.ts'
import { isNodeChangeIgnored } from './node-filter.ts'
import { nodeShouldRunDaemonPod } from './placement.ts'

const daemonSets = (controller: DaemonSetController) => controller.context.state.cache.daemonSets

/** The DaemonSet a reference means: kind, name and uid have to fit. @source daemon_controller.go resolveControllerRef; DS-1.8 */
export function resolveControllerRef(controller: DaemonSetController, namespace: string | undefined, ref: OwnerReference): DaemonSet | undefined {
  if (ref.kind !== 'DaemonSet') return undefined
  const ds = daemonSets(controller).get(namedKey(namespace, ref.name))
  return ds?.metadata.uid === ref.uid ? ds : undefined
}

/** Enqueues every DaemonSet of the namespace whose selector fits an orphan's labels (DS-1.9). */
function enqueueMatching(controller: DaemonSetController, { metadata }: KubeObject): void {
  if (Object.keys(metadata.labels ?? {}).length === 0) return
  for (const ds of daemonSets(controller).values()) {
    const { selector } = ds.spec
    if (ds.metadata.namespace !== metadata.namespace || !selector || isEmptySelector(selector)) continue
    if (matchesLabels(selector, metadata.labels)) controller.queue.add(keyOf(ds))
  }
}

/** Enqueues the owner a reference means; returns it. */
function enqueueOwner(controller: DaemonSetController, object: KubeObject, ref: OwnerReference | undefined): DaemonSet | undefined {
  const ds = ref && resolveControllerRef(controller, object.metadata.namespace, ref)
  if (ds) controller.queue.add(keyOf(ds))
  return ds
}

const sameRef = (a: OwnerReference | undefined, b: OwnerReference | undefined) => a === b || semanticEqual(a, b)

/** Whether an update of an orphan can make it match where it did not: its labels or its reference changed. */
const mayMatchAnew = (old: KubeObject, object: KubeObject, refChanged: boolean) =>
  refChanged || !semanticEqual(old.metadata.labels, object.metadata.labels)

/** @source daemon_controller.go addDaemonset, updateDaemonset, deleteDaemonset; DS-1.2, DS-1.3 */
function onDaemonSet(controller: DaemonSetController, { type, object, old }: WatchEvent<'DaemonSet'>): void {
  const key = keyOf(object)
  if (type === 'DELETED' || (old && old.metadata.uid !== object.metadata.uid)) {
    controller.expectations.forget(key)
    controller.views.forget(key)
  }
  controller.queue.add(key)
}

/** @source daemon_controller.go addHistory, updateHistory, deleteHistory; DS-1.4 */
function onRevision(controller: DaemonSetController, { type, object, old }: WatchEvent<'ControllerRevision'>): void {
  const ref = controllerOf(object)
  if (type === 'DELETED' || (type === 'ADDED' && object.metadata.deletionTimestamp)) {
    enqueueOwner(controller, object, ref)
    return
  }
  if (type === 'ADDED') {
    if (!ref) enqueueMatching(controller, object)
    return
  }
  onUpdate(controller, old as ControllerRevision, object)
}

/** What updates of pods and revisions have in common. Returns the DaemonSet that owns the object now. */
function onUpdate(controller: DaemonSetController, old: Pod | ControllerRevision, object: Pod | ControllerRevision): DaemonSet | undefined {
  const [oldRef, ref] = [controllerOf(old), controllerOf(object)]
  const refChanged = !sameRef(oldRef, ref)
  if (refChanged) enqueueOwner(controller, old, oldRef)
  if (ref) return enqueueOwner(controller, object, ref)
  if (mayMatchAnew(old, object, refChanged)) enqueueMatching(controller, object)
  return undefined
}

/** @source daemon_controller.go deletePod; DS-1.7 */
function onPodGone(controller: DaemonSetController, pod: Pod): void {
  const ds = enqueueOwner(controller, pod, controllerOf(pod))
  if (ds) controller.expectations.lower(keyOf(ds), 0, 1)
}

/** @source daemon_controller.go addPod, updatePod; DS-1.5, DS-1.6 */
function onPod(controller: DaemonSetController, { type, object, old }: WatchEvent<'Pod'>): void {
  if (type === 'DELETED' || object.metadata.deletionTimestamp) {
    onPodGone(controller, object)
    return
  }
  if (type === 'ADDED') {
    const ref = controllerOf(object)
    const ds = enqueueOwner(controller, object, ref)
    if (ds) controller.expectations.lower(keyOf(ds), 1, 0)
    if (!ref) enqueueMatching(controller, object)
    return
  }
  const before = old as Pod
  const ds = onUpdate(controller, before, object)
  const minReadySeconds = ds?.spec.minReadySeconds ?? 0
  // a second more than the wait itself, for clocks that differ
  if (ds && minReadySeconds > 0 && !isPodReady(before) && isPodReady(object)) controller.queue.addAfter(keyOf(ds), (minReadySeconds + 1) * 1000)
}

/** Until 1.32 a node event asks every DaemonSet at once; since 1.33 the node's name is queued. @source daemon_controller.go addNode, updateNode; DS-1.10 to DS-1.12 */
function onNode(controller: DaemonSetController, { type, object, old }: WatchEvent<'Node'>): void {
  const { version } = controller.context
  // nothing follows from the end of a node; its pods' end will tell (DS-1.15)
  if (type === 'DELETED') return
  if (old && isNodeChangeIgnored(old, object, version)) return
  if (since(version, 'nodeQueue')) controller.nodeQueue.add(object.metadata.name)
  else for (const ds of daemonSets(controller).values()) if (verdictMatters(ds, old, object)) controller.queue.add(keyOf(ds))
}

function verdictMatters({ spec: { template } }: DaemonSet, old: KubeNode | undefined, node: KubeNode): boolean {
  const now = nodeShouldRunDaemonPod(node, template)
  if (!old) return now.shouldRun
  const before = nodeShouldRunDaemonPod(old, template)
  return before.shouldRun !== now.shouldRun || before.shouldContinueRunning !== now.shouldContinueRunning
}

/** Enqueues the DaemonSets that a delivered change concerns. To be called after the cache took the change. */
export function handleEvent(controller: DaemonSetController, event: WatchEvent): void {
  const { type, object, old } = event
  // a DaemonSet is synced even when nothing about it changed (DS-1.2)
  const same = type === 'MODIFIED' && old?.metadata.resourceVersion === object.metadata.resourceVersion
  if (same && event.kind !== 'DaemonSet') return
  if (event.kind === 'DaemonSet') onDaemonSet(controller, event as WatchEvent<'DaemonSet'>)
  else if (event.kind === 'ControllerRevision') onRevision(controller, event as WatchEvent<'ControllerRevision'>)
  else if (event.kind === 'Pod') onPod(controller, event as WatchEvent<'Pod'>)
  else if (event.kind === 'Node') onNode(controller, event as WatchEvent<'Node'>)
}
