import type { StringMap } from '#k8s/types.ts'

/** A spread constraint of one pod, ready for counting. */
export interface SpreadConstraint {
  readonly topologyKey: string
  readonly maxSkew: number
  readonly minDomains: number
  /** Same text = same pods: counts are kept under it. */
  readonly countKey: string
  readonly namespace: string | undefined
  readonly honorAffinity: boolean
  readonly honorTaints: boolean
  matches(labels: StringMap | undefined): boolean
}
