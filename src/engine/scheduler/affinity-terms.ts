import { matchesLabels } from '#k8s/selector.ts'
import type { Pod, PodAffinityTerm } from '#k8s/types.ts'
import type { ClusterView } from './cluster-view.ts'

const none: readonly PodAffinityTerm[] = []

export function requiredAffinityTerms(pod: Pod): readonly PodAffinityTerm[] {
  return pod.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? none
}

export function requiredAntiAffinityTerms(pod: Pod): readonly PodAffinityTerm[] {
  return pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? none
}

/**
 * Whether a term of `owner` speaks of `target`: labels match, and its namespace is named, selected, or, when the term names none,
 * the owner's own. @source pkg/scheduler/framework/types.go AffinityTerm.Matches
 */
export function termMatches(term: PodAffinityTerm, owner: Pod, target: Pod, view: Pick<ClusterView, 'namespaceLabels'>): boolean {
  const namespace = target.metadata.namespace ?? ''
  const { namespaces, namespaceSelector } = term
  const named = namespaces?.length || namespaceSelector ? (namespaces ?? []).includes(namespace) : namespace === owner.metadata.namespace
  if (!named && !(namespaceSelector && matchesLabels(namespaceSelector, view.namespaceLabels(namespace)))) return false
  return matchesLabels(term.labelSelector, target.metadata.labels)
}
