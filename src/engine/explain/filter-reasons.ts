import { formatTaint } from '#k8s/taint.ts'
import type { Pod } from '#k8s/types.ts'
import type { Reason } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import { explainPending, type NodeVerdict } from '../scheduler/explain-pending.ts'
import type { FilterDetail, Shortage } from '../scheduler/filters/plugin.ts'
import { createControlPlaneApi } from '../store/control-plane-api.ts'
import { code } from './answer.ts'

const mebi = 1024 * 1024

function amount(resource: string, value: number): string {
  if (resource === 'cpu') return `${value}m`
  return resource === 'memory' || resource === 'ephemeral-storage' ? `${Math.floor(value / mebi)}Mi` : String(value)
}

const shortageText = ({ resource, requested, used, allocatable }: Shortage): string =>
  `too little ${resource}: it asks for ${amount(resource, requested)}, and ${amount(resource, used)} of ${amount(resource, allocatable)} are requested already`

function detailText(detail: FilterDetail): string {
  switch (detail.kind) {
    case 'unschedulable':
      return 'the node is cordoned'
    case 'node-name':
      return `it asks for the node ${code(detail.wanted)}`
    case 'taint':
      return `it does not tolerate the taint ${code(formatTaint(detail.taint))}`
    case 'node-affinity':
      return 'the node matches neither node selector nor required node affinity'
    case 'ports':
      return `${detail.ports.map(({ port, protocol }) => `port ${port}/${protocol}`).join(', ')} of the node is taken`
    case 'resources':
      return detail.shortages.map(shortageText).join('; ')
    case 'spread':
      return `its topology spread over ${code(detail.topologyKey)} would be uneven by more than ${detail.maxSkew}`
    case 'pod-affinity':
      return detail.rule === 'affinity' ? 'no pod it wants to be near is there' : 'a pod is there that does not go together with it'
  }
}

const rules: Record<FilterDetail['kind'], string> = {
  unschedulable: 'SCH-3.1',
  'node-name': 'SCH-3.2',
  taint: 'SCH-3.3',
  'node-affinity': 'SCH-3.4',
  ports: 'SCH-3.5',
  resources: 'SCH-3.6',
  spread: 'SCH-3.7',
  'pod-affinity': 'SCH-3.8',
}

function nodeReason({ node, fits, filters }: NodeVerdict): Reason {
  // the scheduler stops at the first filter that says no
  const failure = filters.find((filter) => filter.failure)?.failure
  if (fits || !failure) return { verdict: 'yes', text: `${node} passes every filter now; the scheduler tries again when it is due`, rule: 'SCH-2.1' }
  return { verdict: 'no', text: `${code(failure.plugin)} says no to ${node}: ${detailText(failure.detail)}`, rule: rules[failure.detail.kind] }
}

const mostNodes = 20

/** What the scheduler's filters say now of a pod that is on no node: of the one node it is meant for, else of each node (20 at most). */
export function filterReasons(cluster: Cluster, pod: Pod, target: string | undefined): Reason[] {
  const api = createControlPlaneApi(cluster.core, 'user')
  const verdicts = explainPending(api, cluster.options.version, pod, target === undefined ? undefined : [target])
  return verdicts
    .filter(({ considered }) => considered)
    .slice(0, mostNodes)
    .map(nodeReason)
}

/** What the first filter that refuses a node says; undefined when none does. */
export function filterFailure(cluster: Cluster, pod: Pod, node: string): { kind: FilterDetail['kind']; text: string } | undefined {
  const [verdict] = explainPending(createControlPlaneApi(cluster.core, 'user'), cluster.options.version, pod, [node])
  const detail = verdict?.filters.find((filter) => filter.failure)?.failure?.detail
  return detail && { kind: detail.kind, text: detailText(detail) }
}
