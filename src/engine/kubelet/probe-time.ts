/** When the probes of a container run: at its start and every period after, once initialDelaySeconds have passed (KL-7.1). */

import { parseTimestamp } from '#k8s/time.ts'
import type { Container, ContainerStatus, Probe } from '#k8s/types.ts'
import type { Fleet } from './fleet.ts'

export const probeKinds = ['readiness', 'liveness', 'startup'] as const
export type ProbeKind = (typeof probeKinds)[number]

export function probeOf(container: Container, kind: ProbeKind): Probe | undefined {
  return container[`${kind}Probe`]
}

export function periodMsOf(probe: Probe): number {
  return (probe.periodSeconds || 10) * 1000
}

/** From the container's start to the first time the probe runs when at least `aliveMs` have passed. */
export function firstProbeMs(probe: Probe, aliveMs: number): number {
  const periodMs = periodMsOf(probe)
  return Math.ceil(Math.max((probe.initialDelaySeconds ?? 0) * 1000, aliveMs) / periodMs) * periodMs
}

/** How long an attempt takes that gets no answer. */
export function timeoutMsOf(probe: Probe): number {
  return (probe.timeoutSeconds || 1) * 1000
}

/** From a probe's first success to the one that counts (KL-7.4). */
export function untilCountsMs(probe: Probe): number {
  return ((probe.successThreshold || 1) - 1) * periodMsOf(probe)
}

/** How long a container has been running, ms, as its status tells: in whole seconds. */
export function ageMsOf({ ctx }: Fleet, { state }: ContainerStatus): number {
  const now = ctx.timestamp()
  return parseTimestamp(now) - parseTimestamp(state.running?.startedAt ?? now)
}
