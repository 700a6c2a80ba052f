/** Selectors, affinities and spread constraints: how objects choose others. */

export type StringMap = Record<string, string>

export type LabelSelectorRequirement = { key: string; operator: string; values?: string[] }

export type LabelSelector = { matchLabels?: StringMap; matchExpressions?: LabelSelectorRequirement[] }

export type NodeSelectorTerm = { matchExpressions?: LabelSelectorRequirement[]; matchFields?: LabelSelectorRequirement[] }

export type NodeSelector = { nodeSelectorTerms: NodeSelectorTerm[] }

export type PreferredSchedulingTerm = { weight: number; preference: NodeSelectorTerm }

export interface PodAffinityTerm {
  labelSelector?: LabelSelector
  namespaces?: string[]
  namespaceSelector?: LabelSelector
  matchLabelKeys?: string[]
  mismatchLabelKeys?: string[]
  topologyKey: string
}

export interface PodAffinity {
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[]
  preferredDuringSchedulingIgnoredDuringExecution?: { weight: number; podAffinityTerm: PodAffinityTerm }[]
}

export interface Affinity {
  nodeAffinity?: {
    requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector
    preferredDuringSchedulingIgnoredDuringExecution?: PreferredSchedulingTerm[]
  }
  podAffinity?: PodAffinity
  podAntiAffinity?: PodAffinity
}

export interface TopologySpreadConstraint {
  maxSkew: number
  topologyKey: string
  whenUnsatisfiable: string
  labelSelector?: LabelSelector
  matchLabelKeys?: string[]
  minDomains?: number
  nodeAffinityPolicy?: string
  nodeTaintsPolicy?: string
}
