/**
 * Probes of healthy applications: they succeed, so only the moment of the first success has to be scheduled.
 * Failing probes are faults (`probeFails`).
 */
import type { Container, Probe } from '#k8s/types.ts'
import { putStatus, statusOf } from './container-status.ts'
import type { Fleet } from './fleet.ts'
import { type PodWorker, setTask } from './pod-worker.ts'

/**
 * Milliseconds from the container's start to the probe's first lasting success: probes run at the start and every period
 * after, count once initialDelaySeconds have passed, and must succeed successThreshold times (KL-7.1, KL-7.4).
 */
export function firstSuccessMs(probe: Probe, readyMs: number): number {
  const periodMs = (probe.periodSeconds || 10) * 1000
  const neededMs = Math.max((probe.initialDelaySeconds ?? 0) * 1000, readyMs)
  return Math.ceil(neededMs / periodMs) * periodMs + ((probe.successThreshold || 1) - 1) * periodMs
}

/** A container runs since just now: when it counts as started, then as ready (KL-7.3, KL-7.5). */
export function beginProbes(fleet: Fleet, worker: PodWorker, container: Container): void {
  const { startupProbe } = container
  const delayMs = startupProbe ? firstSuccessMs(startupProbe, fleet.profile.readyMs) : 0
  if (delayMs > 0) setTask(fleet, worker, delayMs, 'startup', container.name)
  else containerStarted(fleet, worker, container, 0)
}

/** The startup probe has succeeded, `aliveMs` after the start. */
export function containerStarted(fleet: Fleet, worker: PodWorker, container: Container, aliveMs: number): void {
  const status = statusOf(worker, container.name)
  if (!status?.state.running) return
  putStatus(worker, { ...status, started: true })
  worker.changed = true
  const { readinessProbe } = container
  const delayMs = readinessProbe ? firstSuccessMs(readinessProbe, Math.max(fleet.profile.readyMs, aliveMs)) - aliveMs : 0
  if (delayMs > 0) setTask(fleet, worker, delayMs, 'ready', container.name)
  else containerReady(worker, container.name)
}

export function containerReady(worker: PodWorker, name: string): void {
  const status = statusOf(worker, name)
  if (!status?.state.running) return
  putStatus(worker, { ...status, ready: true })
  worker.changed = true
}
