import { formatTaint, isSoftTaint, toleratesTaint } from '#k8s/taint.ts'
import type { DaemonSet, KubeNode, Taint } from '#k8s/types.ts'
import { code } from './answer.ts'

/** Taints that Kubernetes itself puts on nodes, and what each says. */
const conditionTaints: Record<string, string> = {
  'node.kubernetes.io/not-ready': 'its kubelet reports that it is not ready',
  'node.kubernetes.io/unreachable': 'nothing has been heard from its kubelet',
  'node.kubernetes.io/network-unavailable': 'its network is not set up',
  'node.kubernetes.io/out-of-service': 'somebody marked it as shut down',
}

const listed = (taints: readonly Taint[]): string => taints.map((t) => code(formatTaint(t))).join(', ')

/** Why taints keep the pods of a DaemonSet away. */
export function untoleratedText(taints: readonly Taint[]): string {
  const known = taints.map((t) => conditionTaints[t.key]).find(Boolean)
  const why = known ? ` (${known})` : ''
  const [noun, verb] = taints.length > 1 ? ['taints', 'are'] : ['taint', 'is']
  return `${noun} ${listed(taints)}${why} ${verb} not tolerated; the tolerations that every daemon pod gets cover only node conditions, and not-ready and unreachable only for NoExecute`
}

/** What lets the pods of a DaemonSet onto a node in spite of its taints. */
export function toleratedText({ spec: { template } }: DaemonSet, { spec: { taints = [] } }: KubeNode): string {
  const soft = taints.filter(isSoftTaint)
  const hard = taints.filter((taint) => !isSoftTaint(taint))
  const byTemplate = hard.filter((taint) => toleratesTaint(template.spec.tolerations, taint))
  const given = hard.filter((taint) => !byTemplate.includes(taint))
  const parts = [
    ...(byTemplate.length > 0 ? [`the template tolerates ${listed(byTemplate)}`] : []),
    ...(given.length > 0 ? [`every daemon pod is given a toleration of ${listed(given)}`] : []),
    ...(soft.length > 0 ? [`a DaemonSet does not look at ${listed(soft)}`] : []),
  ]
  return `taints: ${parts.join('; ') || 'none'}`
}
