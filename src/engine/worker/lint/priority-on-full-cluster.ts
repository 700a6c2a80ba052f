import { controllerOf } from '#k8s/owner.ts'
import { isTerminal, type PodRequests, podRequests, targetNode } from '#k8s/pod.ts'
import { formatBinary, formatMilli, isQuantity, toMilli, toValue } from '#k8s/quantity.ts'
import type { KubeNode, Pod, PodSpec, PodTemplateSpec } from '#k8s/types.ts'
import { nodeShouldRunDaemonPod } from '../../controllers/daemonset/placement.ts'
import type { LintInput, LintRule } from './lint.ts'

interface Room {
  cpuMillis: number
  memoryBytes: number
  pods: number
}

function offered({ status }: KubeNode): Room {
  const { cpu = '0', memory = '0', pods = '0' } = status?.allocatable ?? {}
  return { cpuMillis: toMilli(cpu), memoryBytes: toValue(memory), pods: toValue(pods) }
}

const canAsk = ({ containers, initContainers }: PodSpec): boolean =>
  [...containers, ...(initContainers ?? [])].every(({ resources }) =>
    Object.values(resources?.requests ?? {}).every((one) => isQuantity(String(one))),
  )

/** Pods on each node, without those the document itself is about. */
function othersByNode({ kind, name, pods }: LintInput): Map<string, Pod[]> {
  const byNode = new Map<string, Pod[]>()
  for (const pod of pods()) {
    const owner = controllerOf(pod)
    const own = owner
      ? owner.name === name || (kind === 'Deployment' && owner.name.startsWith(`${name}-`))
      : kind === 'Pod' && pod.metadata.name === name
    const node = targetNode(pod)
    if (own || node === undefined || isTerminal(pod)) continue
    byNode.set(node, [...(byNode.get(node) ?? []), pod])
  }
  return byNode
}

/** What is missing on a node for the pod, in words; undefined when it fits, or would not fit on the empty node either. */
function missing(asked: PodRequests, node: KubeNode, pods: readonly Pod[]): string | undefined {
  const all = offered(node)
  const left = { ...all }
  for (const pod of pods) {
    const taken = podRequests(pod.spec)
    left.cpuMillis -= taken.cpuMillis
    left.memoryBytes -= taken.memoryBytes
    left.pods -= 1
  }
  if (asked.cpuMillis > all.cpuMillis || asked.memoryBytes > all.memoryBytes) return undefined
  if (asked.cpuMillis > left.cpuMillis) return `${formatMilli(asked.cpuMillis)} cpu asked, ${formatMilli(Math.max(0, left.cpuMillis))} left`
  if (asked.memoryBytes > left.memoryBytes)
    return `${formatBinary(asked.memoryBytes)} memory asked, ${formatBinary(Math.max(0, left.memoryBytes))} left`
  return left.pods < 1 ? `all ${all.pods} pods are there` : undefined
}

/**
 * A pod without a priority class for nodes that are full: nobody makes room for it. A DaemonSet is told of any such node, others when no
 * node has room.
 * @source SCH-8.7
 */
export const priorityOnFullCluster: LintRule = (input) => {
  const { kind, pod, nodes } = input
  if (!pod?.spec.containers?.length || pod.spec.priorityClassName || !canAsk(pod.spec as PodSpec)) return []
  const template = { metadata: pod.metadata, spec: pod.spec } as PodTemplateSpec
  const fitting = nodes.filter((node) => nodeShouldRunDaemonPod(node, template).shouldRun)
  const others = othersByNode(input)
  const asked = podRequests(template.spec)
  const full = fitting.flatMap((node) => {
    const what = missing(asked, node, others.get(node.metadata.name) ?? [])
    return what ? [{ name: node.metadata.name, what }] : []
  })
  const [first] = full
  if (!first || (kind !== 'DaemonSet' && full.length < fitting.length)) return []
  const more = full.length > 1 ? `, and ${full.length - 1} more` : ''
  const stays = kind === 'DaemonSet' ? 'Its pod there stays Pending' : 'It stays Pending'
  const spec = [...pod.path, 'spec']
  return [
    {
      path: spec,
      rule: 'SCH-8.7',
      message: `No room on ${first.name} (${first.what})${more}. ${stays}: without a priority class no other pod is made to go.`,
      fix: {
        title: 'Give it system-node-critical',
        changes: [{ put: [...spec, 'priorityClassName'], value: 'system-node-critical' }],
      },
    },
  ]
}
