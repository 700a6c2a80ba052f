import { editDistance } from '#k8s/edit-distance.ts'
import { matchesNodeSelectorTerms } from '#k8s/selector.ts'
import type { KubeNode, NodeSelectorTerm } from '#k8s/types.ts'
import type { Finding, LintInput, LintRule, WrittenPod } from './lint.ts'

const labelsOf = (node: KubeNode) => node.metadata.labels ?? {}

/** The values that nodes have for a label, each once. */
const valuesOf = (nodes: readonly KubeNode[], key: string): string[] => [
  ...new Set(nodes.flatMap((node) => (Object.hasOwn(labelsOf(node), key) ? [labelsOf(node)[key] as string] : []))),
]

function selectorFindings(pod: WrittenPod, nodes: readonly KubeNode[]): Finding[] {
  const wanted = Object.entries(pod.spec.nodeSelector ?? {})
  if (nodes.some((node) => wanted.every(([key, value]) => labelsOf(node)[key] === value))) return []
  const path = [...pod.path, 'spec', 'nodeSelector']
  const missing = wanted.filter(([key, value]) => !nodes.some((node) => labelsOf(node)[key] === value))
  // a value that is not written yet
  if (missing.some(([key, value]) => value === '' && nodes.some((node) => key in labelsOf(node)))) return []
  if (missing.length === 0) {
    const message = 'No single node has all of these labels: there will be no pod.'
    return [{ path, rule: 'DS-4.3', message, fix: { title: 'Remove the node selector', changes: [{ remove: path }] } }]
  }
  const [some] = nodes
  return missing.map(([key, value]) => {
    const values = valuesOf(nodes, key)
    const near = values.length === 1 ? values[0] : values.find((one) => editDistance(one, value) <= 2)
    const known = values.length > 0 ? `nodes have ${key}: ${values.slice(0, 5).join(', ')}` : `no node has a label ${key}`
    return {
      path: [...path, key],
      rule: 'DS-4.3',
      message: `No node is labelled ${key}=${value} (${known}): there will be no pod. A label can be given: kubectl label node ${some?.metadata.name} ${key}=${value}`,
      fix:
        near !== undefined
          ? { title: `Write ${key}: ${near}`, changes: [{ put: [...path, key], value: near }] }
          : {
              title: wanted.length > 1 ? `Remove ${key}` : 'Remove the node selector',
              changes: [{ remove: wanted.length > 1 ? [...path, key] : path }],
            },
    }
  })
}

function affinityFindings(pod: WrittenPod, nodes: readonly KubeNode[]): Finding[] {
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const terms: readonly NodeSelectorTerm[] | null | undefined = required?.nodeSelectorTerms
  if (!terms?.length || nodes.some((node) => matchesNodeSelectorTerms(terms, node.metadata))) return []
  const path = [...pod.path, 'spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution']
  return [
    {
      path: [...path, 'nodeSelectorTerms'],
      rule: 'DS-4.4',
      message: 'No node of this cluster fits any of these terms: there will be no pod.',
      fix: { title: 'Remove the required affinity', changes: [{ remove: path }] },
    },
  ]
}

function nodeNameFindings(pod: WrittenPod, nodes: readonly KubeNode[]): Finding[] {
  const { nodeName } = pod.spec
  if (!nodeName || nodes.some((node) => node.metadata.name === nodeName)) return []
  const path = [...pod.path, 'spec', 'nodeName']
  const near = nodes.map((node) => node.metadata.name).find((name) => editDistance(name, nodeName) <= 2)
  const fix: Finding['fix'] = near
    ? { title: `Write ${near}`, changes: [{ put: path, value: near }] }
    : { title: 'Remove nodeName', changes: [{ remove: path }] }
  return [{ path, rule: 'DS-4.2', message: `There is no node ${nodeName}: there will be no pod.`, fix }]
}

/**
 * A node name, node selector or required node affinity that leaves no node of this cluster.
 * @source DS-4.2, DS-4.3, DS-4.4
 */
export const noMatchingNode: LintRule = ({ pod, nodes, kind }: LintInput) => {
  if (!pod || nodes.length === 0) return []
  const findings = [...nodeNameFindings(pod, nodes), ...selectorFindings(pod, nodes), ...affinityFindings(pod, nodes)]
  if (kind === 'DaemonSet') return findings
  return findings.map((one) => ({ ...one, message: one.message.replace('there will be no pod', 'its pods stay Pending') }))
}
