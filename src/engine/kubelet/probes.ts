/**
 * Probes of healthy applications: they succeed, so only the moment of the first success has to be scheduled.
 * Those that fail are faults (probe-failure.ts).
 */
import type { Container, Probe } from '#k8s/types.ts'
import { extend } from '#sim/extend.ts'
import { putStatus, statusOf } from './container-status.ts'
import type { Fleet } from './fleet.ts'
import { setTask } from './pod-worker.ts'
import { beginFailing } from './probe-failure.ts'
import { firstProbeMs, untilCountsMs } from './probe-time.ts'
import type { PodWorker } from './worker-state.ts'

/** Milliseconds from the container's start to the probe's first lasting success (KL-7.1, KL-7.4). */
function firstSuccessMs(probe: Probe, readyMs: number): number {
  return firstProbeMs(probe, readyMs) + untilCountsMs(probe)
}

/** A container runs since just now: when it counts as started, then as ready (KL-7.3, KL-7.5). */
export function beginProbes(fleet: Fleet, worker: PodWorker, container: Container): void {
  const { startupProbe } = container
  if (beginFailing(fleet, worker, container, 'startup', 0)) return
  const delayMs = startupProbe ? firstSuccessMs(startupProbe, fleet.profile.readyMs) : 0
  if (delayMs > 0) setTask(fleet, worker, delayMs, 'startup', container.name)
  else containerStarted(fleet, worker, container, 0)
}

/** The startup probe has succeeded, `aliveMs` after the start. */
export function containerStarted(fleet: Fleet, worker: PodWorker, container: Container, aliveMs: number): void {
  const status = statusOf(worker, container.name)
  if (!status?.state.running) return
  beginFailing(fleet, worker, container, 'liveness', aliveMs)
  const fails = beginFailing(fleet, worker, container, 'readiness', aliveMs)
  const { readinessProbe } = container
  const delayMs = readinessProbe ? firstSuccessMs(readinessProbe, Math.max(fleet.profile.readyMs, aliveMs)) - aliveMs : 0
  if (!fails && delayMs > 0) setTask(fleet, worker, delayMs, 'ready', container.name)
  putStatus(worker, extend(status, { started: true, ready: status.ready || (!fails && delayMs <= 0) }))
  worker.changed = true
}

export function containerReady(worker: PodWorker, name: string): void {
  const status = statusOf(worker, name)
  if (!status?.state.running) return
  putStatus(worker, extend(status, { ready: true }))
  worker.changed = true
}
