import type { NodeSelectorTerm } from '#k8s/types.ts'
import type { Change, Finding, LintRule, WrittenPod } from './lint.ts'

/** Labels of a node selector that chooses the same nodes; undefined when no node selector does, or the one that is there says otherwise. */
function sameSelector(terms: readonly NodeSelectorTerm[], given: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const [only, ...more] = terms
  if (!only?.matchExpressions?.length || more.length > 0 || only.matchFields?.length) return undefined
  const labels: Record<string, string> = {}
  for (const { key, operator, values } of only.matchExpressions) {
    const [value, ...others] = values ?? []
    if (operator !== 'In' || value === undefined || others.length > 0 || (labels[key] ?? given[key] ?? value) !== value) return undefined
    labels[key] = value
  }
  return labels
}

function fixOf({ path, spec }: WrittenPod, terms: readonly NodeSelectorTerm[]): Finding['fix'] {
  const at = [...path, 'spec']
  const { affinity, nodeSelector } = spec
  const required = [...at, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution']
  const labels = sameSelector(terms, nodeSelector ?? {})
  if (!labels) return { title: 'Remove it: then it no longer keeps any node out', changes: [{ remove: required }] }
  const missing = Object.fromEntries(Object.entries(labels).filter(([key]) => nodeSelector?.[key] === undefined))
  const isAlone = Object.keys(affinity ?? {}).length === 1 && Object.keys(affinity?.nodeAffinity ?? {}).length === 1
  const added: Change[] = Object.keys(missing).length === 0 ? [] : [{ add: [...at, 'nodeSelector'], fields: missing }]
  return {
    title: 'Say it as a node selector, which stays in the pods',
    changes: isAlone && !nodeSelector ? [{ replace: [...at, 'affinity'], fields: { nodeSelector: labels } }] : [{ remove: required }, ...added],
  }
}

/**
 * Required node affinity of a DaemonSet chooses the nodes; in the pods it is not to be found, there stands the pod's one node.
 * @source DS-7.7, DS-4.3
 */
export const affinityReplaced: LintRule = ({ kind, pod }) => {
  const required = pod?.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (kind !== 'DaemonSet' || !pod || !required) return []
  return [
    {
      fix: fixOf(pod, required.nodeSelectorTerms ?? []),
      path: [...pod.path, 'spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'],
      severity: 'info',
      rule: 'DS-7.7',
      message:
        'This decides which nodes get a pod. In the pods the controller puts “metadata.name In [node]” in its place; and a pod whose node stops matching is deleted, whatever “IgnoredDuringExecution” says.',
    },
  ]
}
