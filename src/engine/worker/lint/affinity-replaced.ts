import type { LintRule } from './lint.ts'

/**
 * Required node affinity of a DaemonSet chooses the nodes; in the pods it is not to be found, there stands the pod's one node.
 * @source DS-7.7, DS-4.3
 */
export const affinityReplaced: LintRule = ({ kind, pod }) => {
  const required = pod?.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (kind !== 'DaemonSet' || !pod || !required) return []
  return [
    {
      path: [...pod.path, 'spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'],
      severity: 'info',
      rule: 'DS-7.7',
      message:
        'This decides which nodes get a pod. In the pods the controller puts “metadata.name In [node]” in its place; and a pod whose node stops matching is deleted, whatever “IgnoredDuringExecution” says.',
    },
  ]
}
