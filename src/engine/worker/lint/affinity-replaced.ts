import type { Finding, LintRule } from './lint.ts'

/**
 * Required node affinity of a DaemonSet chooses the nodes; in the pods it is not to be found, there stands the pod's one node.
 * @source DS-7.7, DS-4.3
 */
export const affinityReplaced: LintRule = ({ kind, pod }) => {
  const required = pod?.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (kind !== 'DaemonSet' || !pod || !required) return []
  const { nodeSelectorTerms: terms } = required
  const [only, ...more] = terms ?? []
  const pairs = (only?.matchExpressions ?? []).map(({ key, operator, values }) =>
    operator === 'In' && values?.length === 1 ? [key, values[0]] : undefined,
  )
  const others = Object.keys(pod.spec.affinity ?? {}).length > 1 || Object.keys(pod.spec.affinity?.nodeAffinity ?? {}).length > 1
  const plain =
    more.length === 0 && !only?.matchFields?.length && pairs.length > 0 && pairs.every((pair) => pair) && !others && !pod.spec.nodeSelector
  const lines = ['nodeSelector:', ...pairs.map((pair) => `  ${pair?.[0]}: ${JSON.stringify(pair?.[1])}`)]
  const fix: Finding['fix'] = {
    title: 'Say it as a node selector, which stays in the pods',
    changes: [{ replace: [...pod.path, 'spec', 'affinity'], lines }],
  }
  return [
    {
      ...(plain && { fix }),
      path: [...pod.path, 'spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'],
      severity: 'info',
      rule: 'DS-7.7',
      message:
        'This decides which nodes get a pod. In the pods the controller puts “metadata.name In [node]” in its place; and a pod whose node stops matching is deleted, whatever “IgnoredDuringExecution” says.',
    },
  ]
}
