import { findUntoleratedTaint, isSchedulingTaint } from '#k8s/taint.ts'
import type { Taint } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import type { FilterPlugin } from './plugin.ts'

/** The reason in the words of the version. SCH-3.3 */
export function untoleratedTaintReason(version: KubernetesVersion, taint: Taint): string {
  if (since(version, 'taintTextWithoutKey')) return 'node(s) had untolerated taint(s)'
  const text = `{${taint.key}: ${taint.value ?? ''}}`
  return since(version, 'untoleratedTaintText') ? `node(s) had untolerated taint ${text}` : `node(s) had taint ${text}, that the pod didn't tolerate`
}

/** The first NoSchedule or NoExecute taint that the pod does not tolerate keeps it away. @source plugins/tainttoleration Filter; SCH-3.11 */
export const taintToleration: FilterPlugin = {
  name: 'TaintToleration',
  filter: ({ pod, view }, { node }) => {
    const taint = findUntoleratedTaint(node.spec.taints, pod.spec.tolerations, isSchedulingTaint)
    if (!taint) return undefined
    return { plugin: 'TaintToleration', reasons: [untoleratedTaintReason(view.version, taint)], resolvable: false, detail: { kind: 'taint', taint } }
  },
}
