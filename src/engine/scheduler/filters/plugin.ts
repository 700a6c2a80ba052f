import type { Taint } from '#k8s/types.ts'
import type { Cycle } from '../cycle.ts'
import type { HostPort } from '../host-ports.ts'
import type { NodeInfo } from '../node-info.ts'

export type FilterName =
  | 'NodeUnschedulable'
  | 'NodeName'
  | 'TaintToleration'
  | 'NodeAffinity'
  | 'NodePorts'
  | 'NodeResourcesFit'
  | 'PodTopologySpread'
  | 'InterPodAffinity'

/** A resource of which a node has too little: cpu in thousandths, all others in whole units (bytes, pods). */
export interface Shortage {
  readonly resource: string
  readonly requested: number
  readonly used: number
  readonly allocatable: number
}

/** What a failure is about, for explanations. */
export type FilterDetail =
  | { readonly kind: 'unschedulable' }
  | { readonly kind: 'node-name'; readonly wanted: string }
  | { readonly kind: 'taint'; readonly taint: Taint }
  | { readonly kind: 'node-affinity' }
  | { readonly kind: 'ports'; readonly ports: readonly HostPort[] }
  | { readonly kind: 'resources'; readonly shortages: readonly Shortage[] }
  | { readonly kind: 'spread'; readonly topologyKey: string; readonly skew?: number; readonly maxSkew: number }
  | { readonly kind: 'pod-affinity'; readonly rule: 'affinity' | 'anti-affinity' | 'existing-anti-affinity' }

/** Why a node cannot take the pod. `reasons` are counted in messages. */
export interface FilterFailure {
  readonly plugin: FilterName
  readonly reasons: readonly string[]
  /** Whether removing pods from the node could help (else upstream's UnschedulableAndUnresolvable). */
  readonly resolvable: boolean
  readonly detail: FilterDetail
}

export interface FilterPlugin {
  readonly name: FilterName
  /** undefined = the node passes. */
  filter(cycle: Cycle, info: NodeInfo): FilterFailure | undefined
}

/** A filter that looks at other nodes, too. */
export interface ClusterFilterPlugin extends FilterPlugin {
  /** Whether it lets the pod pass everywhere, so that no node needs to be asked. @source framework Skip of a PreFilter */
  skips(cycle: Cycle): boolean
}
