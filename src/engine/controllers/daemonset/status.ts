import { isPodReady } from '#k8s/pod.ts'
import type { DaemonSet, DaemonSetStatus } from '#k8s/types.ts'
import { availableFromMs, isPodUpdated, type NodeView, type PodRules } from './node-view.ts'

/** What a node adds to the counters of a DaemonSet's status. */
export interface StatusCounters {
  readonly desired: number
  readonly current: number
  readonly misscheduled: number
  readonly ready: number
  readonly available: number
  readonly updated: number
}

export const zero: StatusCounters = { desired: 0, current: 0, misscheduled: 0, ready: 0, available: 0, updated: 0 }
const wanting: StatusCounters = { ...zero, desired: 1 }
const misplaced: StatusCounters = { ...zero, misscheduled: 1 }
/** What a node with its pod adds, by ready + 2 · available + 4 · updated. */
const running: readonly StatusCounters[] = Array.from({ length: 8 }, (_, of) => ({
  ...wanting,
  current: 1,
  ready: of & 1,
  available: (of >> 1) & 1,
  updated: of >> 2,
}))

/**
 * A node's part of the status; of several pods the oldest counts. Nodes that are gone add nothing.
 * @source pkg/controller/daemon/daemon_controller.go updateDaemonSetStatus; DS-8.1
 */
export function statusOfNode(view: NodeView, rules: PodRules, nowMs: number): StatusCounters {
  if (!view.exists) return zero
  const oldest = view.pods[0]
  if (!view.shouldRun) return oldest ? misplaced : zero
  if (!oldest) return wanting
  const ready = isPodReady(oldest) ? 1 : 0
  const available = ready && availableFromMs(oldest, rules) <= nowMs ? 2 : 0
  return running[ready + available + (isPodUpdated(oldest, rules) ? 4 : 0)] as StatusCounters
}

export interface StatusTally {
  readonly counters: StatusCounters
  add(part: StatusCounters): void
  remove(part: StatusCounters): void
}

export function createStatusTally(): StatusTally {
  const counters = { ...zero }
  const sum = (part: StatusCounters, sign: 1 | -1) => {
    counters.desired += sign * part.desired
    counters.current += sign * part.current
    counters.misscheduled += sign * part.misscheduled
    counters.ready += sign * part.ready
    counters.available += sign * part.available
    counters.updated += sign * part.updated
  }
  return { counters, add: (part) => sum(part, 1), remove: (part) => sum(part, -1) }
}

/**
 * The counters to write, or undefined when the stored ones already say so. Zeros are left out where Go leaves them out.
 * @param raisesObservedGeneration false while expectations are unfulfilled (DS-2.4)
 * @source pkg/controller/daemon/daemon_controller.go storeDaemonSetStatus; DS-8.4
 */
export function computeStatus(ds: DaemonSet, counters: StatusCounters, raisesObservedGeneration: boolean): DaemonSetStatus | undefined {
  const { desired, current, misscheduled, ready, available, updated } = counters
  const generation = ds.metadata.generation ?? 0
  const old = ds.status
  const same =
    old.desiredNumberScheduled === desired &&
    old.currentNumberScheduled === current &&
    old.numberMisscheduled === misscheduled &&
    old.numberReady === ready &&
    (old.updatedNumberScheduled ?? 0) === updated &&
    (old.numberAvailable ?? 0) === available &&
    (old.numberUnavailable ?? 0) === desired - available
  if (same && (old.observedGeneration ?? 0) >= generation) return undefined
  const observedGeneration = raisesObservedGeneration ? generation : old.observedGeneration
  const status: DaemonSetStatus = {
    currentNumberScheduled: current,
    numberMisscheduled: misscheduled,
    desiredNumberScheduled: desired,
    numberReady: ready,
  }
  if (observedGeneration) status.observedGeneration = observedGeneration
  if (updated) status.updatedNumberScheduled = updated
  if (available) status.numberAvailable = available
  if (desired !== available) status.numberUnavailable = desired - available
  return status
}
