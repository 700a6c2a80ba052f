import type { ApplyResult } from './apply-result.ts'

/** What would become of one pod, or of two that take turns on a node. Times are since the apply, ms of cluster time. */
export interface PredictedPod {
  what: 'created' | 'deleted' | 'replaced'
  /** `DaemonSet agent`; empty for a pod of its own. */
  owner: string
  /** The pod's name when it exists already; names of pods to come are drawn by chance. */
  name?: string
  node?: string
  /** Hash of the template the new pod is made from; undefined for `deleted` and for a pod of its own. */
  revision?: string
  atMs: number
  /** When the new pod became Ready; undefined when it did not, and for `deleted`. */
  readyAtMs?: number
  /** Why the new pod was not Ready in the end, in the cluster's words. */
  waiting?: string
}

/** A workload's numbers before, at worst, and in the end. */
export interface PredictedWorkload {
  kind: string
  namespace: string
  name: string
  desired: number
  /** undefined when it did not exist. */
  availableBefore?: number
  lowestAvailable: number
  available: number
  /** How many of the pods in the end are of the template as it is then. */
  updated: number
  /** Its pods are replaced only when somebody deletes them. */
  onDelete?: boolean
}

/**
 * What applying would change in a stored object, or make of a new one: the hunks of `kubectl diff`, without those that only count
 * generations.
 */
export interface PredictedChange {
  kind: string
  namespace: string
  name: string
  /** Lines with their sign: ` `, `+`, `-`, or `@@ … @@`. */
  lines: readonly string[]
}

/** What would happen if a manifest were applied now. */
export interface Prediction {
  /** How each document would fare. */
  results: readonly ApplyResult[]
  /** Objects that would be made or changed. */
  diffs: readonly PredictedChange[]
  /** In the order in which they begin. */
  pods: readonly PredictedPod[]
  workloads: readonly PredictedWorkload[]
  /** From the apply to the last change. */
  durationMs: number
  /** False when the copy was still changing when the look ahead ended. */
  settled: boolean
}
