import type { NodeSelectorTerm, Pod } from '#k8s/types.ts'

const field = 'metadata.name'

/** The one node of a pod whose only rule about nodes is the pin of the DaemonSet controller; undefined for all others. DS-5.4 */
export function plainPin({ spec }: Pod): string | undefined {
  if (spec.nodeSelector) return undefined
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  const term = terms?.length === 1 ? terms[0] : undefined
  if (!term || term.matchExpressions?.length || term.matchFields?.length !== 1) return undefined
  const [requirement] = term.matchFields
  return requirement?.key === field && requirement.operator === 'In' && requirement.values?.length === 1 ? requirement.values[0] : undefined
}

const noNames: readonly string[] = []

function namesOf(term: NodeSelectorTerm): readonly string[] | undefined {
  let names: readonly string[] | undefined
  for (const { key, operator, values = noNames } of term.matchFields ?? []) {
    if (key !== field || operator !== 'In') continue
    names = names ? names.filter((name) => values.includes(name)) : values
  }
  return names
}

/**
 * The only nodes a pod can run on, when every required node-affinity term names nodes (as the DaemonSet controller's does);
 * undefined when any node may do. An empty list = the terms contradict themselves.
 * @source plugins/nodeaffinity/node_affinity.go PreFilter; SCH-4.8
 */
export function pinnedNodes(pod: Pod): readonly string[] | undefined {
  const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  if (!terms?.length) return undefined
  if (terms.length === 1) return namesOf(terms[0] as NodeSelectorTerm)
  const union = new Set<string>()
  for (const term of terms) {
    const names = namesOf(term)
    if (!names) return undefined
    for (const name of names) union.add(name)
  }
  return [...union]
}
