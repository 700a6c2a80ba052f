import type { NodeSelectorTerm, Pod } from '#k8s/types.ts'

const field = 'metadata.name'

function namesOf(term: NodeSelectorTerm): string[] | undefined {
  let names: string[] | undefined
  for (const { key, operator, values } of term.matchFields ?? []) {
    if (key !== field || operator !== 'In') continue
    names = names ? names.filter((name) => values?.includes(name)) : [...(values ?? [])]
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
