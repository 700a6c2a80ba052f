import type { Pod, StringMap } from '#k8s/types.ts'

/** A spread constraint of one pod, ready for counting. */
export interface SpreadConstraint {
  readonly topologyKey: string
  readonly maxSkew: number
  readonly minDomains: number
  /** Same text = same pods: counts are kept under it. */
  readonly countKey: string
  readonly honorAffinity: boolean
  readonly honorTaints: boolean
  readonly matches: (labels: StringMap | undefined) => boolean
  /** Whether a pod is of the same namespace, stays and is selected. */
  readonly counts: (pod: Pod) => boolean
}
