import type { StringMap, TaintEffect } from '#k8s/types.ts'

/** A machine as a scenario describes it. Defaults: 4 cpu, 8Gi, 110 pods. */
export interface NodeSpec {
  name: string
  labels?: StringMap
  taints?: { key: string; value?: string; effect: TaintEffect }[]
  cpu?: string
  memory?: string
  pods?: string
}

export type PressureSet = Partial<Record<'DiskPressure' | 'MemoryPressure' | 'PIDPressure' | 'NotReady', boolean>>

/** What happens outside Kubernetes in one step. */
export type NodeAction =
  | { add: NodeSpec | NodeSpec[] }
  | { fail: string }
  | { recover: string }
  | { remove: string }
  | { condition: { name: string; set: PressureSet } }
  | { podFails: { name: string; app: string; reason?: string; message?: string } }

/** One step; its parts are done in the order brokenImages, node, run, wait, settle. */
export interface Step {
  run?: string
  stdin?: string
  node?: NodeAction
  brokenImages?: string[]
  /** Seconds of cluster time. */
  wait?: number
  settle?: boolean
  snapshot?: boolean
}

/** A scenario file, checked. Source of the format: e2e/conformance/README.md. */
export interface Scenario {
  id: string
  title: string
  nodes: NodeSpec[]
  steps: Step[]
  /** Kubernetes version of the cluster, when the scenario is about one. */
  version?: string
}
