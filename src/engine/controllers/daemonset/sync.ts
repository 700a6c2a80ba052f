import { notFound } from '#k8s/api-error.ts'
import { isEmptySelector } from '#k8s/selector.ts'
import type { DaemonSet } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { extend } from '#sim/extend.ts'
import { createBackoff, failedPodsBackoffKey } from './backoff.ts'
import { claimOf } from './claim.ts'
import { statusUpdateRetries } from './constants.ts'
import { type DaemonSetController, epochNow } from './controller.ts'
import type { DaemonSetView } from './daemon-set-view.ts'
import { cleanupHistory, constructHistory, type History, hashOf, type OwnPods } from './history.ts'
import { manage } from './manage.ts'
import type { NodeTable } from './node-table.ts'
import { syncNodes } from './pod-control.ts'
import { rollingUpdate } from './rolling-update.ts'
import { computeStatus } from './status.ts'

/** One DaemonSet in one sync. */
interface Sync {
  readonly controller: DaemonSetController
  readonly key: string
  readonly ds: DaemonSet
  readonly view: DaemonSetView
  readonly hash: string
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** What goes wrong in Kubernetes, with what it was about; errors in our own code are left as they are. */
function about(text: string, error: unknown): unknown {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) return error
  return new Error(`${text}: ${messageOf(error)}`)
}

/** Nodes and pods as they stand, claims settled first (DS-3.12). */
function getNodesToDaemonPods({ controller, ds, view, hash }: Sync): NodeTable {
  try {
    view.claimPods(controller.api, ds)
  } catch (error) {
    throw about(`couldn't get node to daemon pod mapping for daemon set "${ds.metadata.name}"`, error)
  }
  return view.table(ds, hash, epochNow(controller.context))
}

/** Creates missing pods, deletes surplus ones (DS-6). @source daemon_controller.go manage */
function manageDaemons(sync: Sync): void {
  const { controller, key, ds, hash } = sync
  const { context, queue, podControl, expectations } = controller
  const table = getNodesToDaemonPods(sync)
  const backoff = createBackoff(context.state.backoff, context.now())
  const plan = manage(table.sums.manage, backoff, (node) => failedPodsBackoffKey(ds, node))
  for (const { type, reason, message } of plan.events) context.record(ds, type, reason, message)
  for (const delayMs of plan.requeueAfterMs) queue.addAfter(key, delayMs)
  syncNodes(podControl, expectations, key, ds, plan, hash)
}

/** One step of the rollout (DS-10). @source update.go rollingUpdate */
function rollOut(sync: Sync): void {
  const { controller, key, ds, hash } = sync
  const table = getNodesToDaemonPods(sync)
  const plan = rollingUpdate(table.sums.rollout, ds.spec.updateStrategy, table.sums.status.counters.desired)
  syncNodes(controller.podControl, controller.expectations, key, ds, plan, hash)
}

/** Writes the status when it differs; a failed write is tried once more on the live object (DS-8.5). */
export function storeDaemonSetStatus(
  api: Pick<DaemonSetController['api'], 'get' | 'updateStatus'>,
  ds: DaemonSet,
  status: DaemonSet['status'] | undefined,
): void {
  if (!status) return
  let target = ds
  for (let attempt = 0; ; attempt++) {
    try {
      const { collisionCount, conditions } = target.status
      const kept = extend(status, {})
      if (collisionCount !== undefined) kept.collisionCount = collisionCount
      if (conditions) kept.conditions = conditions
      api.updateStatus('DaemonSet', target, kept)
      return
    } catch (error) {
      if (attempt >= statusUpdateRetries) throw error
      const live = api.get('DaemonSet', ds.metadata.namespace ?? '', ds.metadata.name)
      if (!live) throw notFound('daemonsets.apps', ds.metadata.name)
      target = live
    }
  }
}

/** @source daemon_controller.go updateDaemonSetStatus; DS-8 */
function updateDaemonSetStatus(sync: Sync, raisesObservedGeneration: boolean): void {
  const { controller, key, ds } = sync
  const { counters } = getNodesToDaemonPods(sync).sums.status
  try {
    storeDaemonSetStatus(controller.api, ds, computeStatus(ds, counters, raisesObservedGeneration))
  } catch (error) {
    throw about(`error storing status for daemon set ${key}`, error)
  }
  const minReadySeconds = ds.spec.minReadySeconds ?? 0
  if (minReadySeconds > 0 && counters.ready !== counters.available) controller.queue.addAfter(key, minReadySeconds * 1000)
}

function historyOf(api: DaemonSetController['api'], ds: DaemonSet, view: DaemonSetView, pods: OwnPods): History {
  try {
    return constructHistory(api, ds, view.revisions(), pods)
  } catch (error) {
    throw about('failed to construct revisions of DaemonSet', error)
  }
}

/** Undefined when all went well. */
function attempt(work: () => void): { error: unknown } | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return { error }
  }
}

/**
 * Brings one DaemonSet (`namespace/name`) a step nearer to what it asks for. Throws Error when something failed; it is then tried again later.
 * @source pkg/controller/daemon/daemon_controller.go syncDaemonSet; DS-3
 */
export function syncDaemonSet(controller: DaemonSetController, key: string): void {
  const { context, api, expectations } = controller
  const { cache } = context.state
  const ds = cache.daemonSets.get(key)
  if (!ds) {
    expectations.forget(key)
    return
  }
  if (ds.spec.selector && isEmptySelector(ds.spec.selector)) {
    context.record(ds, 'Warning', 'SelectingAll', 'This daemon set is selecting all pods. A non-empty selector is required.')
    return
  }
  if (ds.metadata.deletionTimestamp) return

  const view = controller.views.of(ds)
  const pods: OwnPods = {
    claimed() {
      view.claimPods(api, ds)
      // those adopted just now are orphans in the cache still
      return [...cache.pods.values()].filter((pod) => ['own', 'adopt'].includes(claimOf(pod, ds)))
    },
    written: controller.podWritten,
  }
  const { current, old } = historyOf(api, ds, view, pods)
  const sync: Sync = { controller, key, ds, view, hash: hashOf(current) }

  if (!expectations.satisfied(key)) {
    updateDaemonSetStatus(sync, false)
    return
  }
  const failure = attempt(() => {
    manageDaemons(sync)
    if (expectations.satisfied(key) && ds.spec.updateStrategy.type === 'RollingUpdate') rollOut(sync)
    try {
      cleanupHistory(api, ds, old, getNodesToDaemonPods(sync).hashes)
    } catch (error) {
      throw about('failed to clean up revisions of DaemonSet', error)
    }
  })
  if (failure && !since(context.version, 'statusWrittenOnError')) throw failure.error
  const statusFailure = attempt(() => updateDaemonSetStatus(sync, true))
  const first = failure ?? statusFailure
  if (first) throw first.error
}
