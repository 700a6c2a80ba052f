import { labelRegion, labelZone } from '#k8s/node.ts'
import type { KubeNode } from '#k8s/types.ts'
import { createLimiter, type Limiter } from './limiter.ts'

export type ZoneState = 'Initial' | 'Normal' | 'PartialDisruption' | 'FullDisruption'

/** One failure zone: how its nodes are, and who waits for a NoExecute taint in it. */
export interface Zone {
  state: ZoneState
  ready: number
  notReady: number
  limiter: Limiter
  /** Node names, first in first out. */
  queue: Set<string>
  /** When the queue's worker wakes next, ms; undefined when it sleeps. */
  wakeMs: number | undefined
}

const legacyZone = 'failure-domain.beta.kubernetes.io/zone'
const legacyRegion = 'failure-domain.beta.kubernetes.io/region'
const excluded = 'node.kubernetes.io/exclude-disruption'
const unhealthyThreshold = 0.55
const largeZone = 50

/** Milliseconds from one NoExecute taint to the next in a zone: T-6, T-7. */
export const normalMsPerToken = 10_000
const secondaryMsPerToken = 100_000

/** Region and zone labels as one text; '' when there are none. @source component-helpers/node/topology GetZoneKey; NL-5.1 */
export function zoneKey(node: KubeNode): string {
  const labels = node.metadata.labels ?? {}
  const zone = labels[legacyZone] ?? labels[labelZone] ?? ''
  const region = labels[legacyRegion] ?? labels[labelRegion] ?? ''
  return zone || region ? `${region}:\0:${zone}` : ''
}

/** A zone key for people: `eu-1/a`, `a`. */
export const zoneText = (key: string): string => key.split(':\0:').filter(Boolean).join('/')

/** Whether the node is left out when a zone's health is judged. */
export function isExcludedFromDisruption(node: KubeNode): boolean {
  return node.metadata.labels?.[excluded] !== undefined
}

export function createZone(): Zone {
  return { state: 'Initial', ready: 0, notReady: 0, limiter: createLimiter(normalMsPerToken), queue: new Set(), wakeMs: undefined }
}

/** @source node_lifecycle_controller.go ComputeZoneState; NL-5.2 */
export function computeZoneState({ ready, notReady }: { ready: number; notReady: number }): ZoneState {
  if (ready === 0 && notReady > 0) return 'FullDisruption'
  if (notReady > 2 && notReady / (notReady + ready) >= unhealthyThreshold) return 'PartialDisruption'
  return 'Normal'
}

/** Tainting pace of a zone in a state, ms per node; 0 = nobody is tainted (NL-5.3). */
export function msPerTokenIn(state: ZoneState, size: number): number {
  if (state !== 'PartialDisruption') return normalMsPerToken
  return size > largeZone ? secondaryMsPerToken : 0
}
