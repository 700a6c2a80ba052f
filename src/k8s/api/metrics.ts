import { ApiError } from '../api-error.ts'
import { conditionOf } from '../node.ts'
import { parseLabelSelector } from '../selector.ts'
import { containerUses, nodeUse, type Use } from '../simulated-use.ts'
import { toTimestamp } from '../time.ts'
import type { AnyObject, KubeNode, Pod } from '../types.ts'
import { type MetricsKind, metricsGroup, metricsVersion } from './metrics-resources.ts'

/** What is measured, and when. */
interface Measured {
  nodes: readonly KubeNode[]
  pods: readonly Pod[]
  nowMs: number
}

const usage = ({ cpuMillis, memoryBytes }: Use) => ({ cpu: `${cpuMillis}m`, memory: `${memoryBytes / 1024}Ki` })

function metricsOf(kind: MetricsKind, { metadata }: AnyObject, nowMs: number, values: object): AnyObject {
  const timestamp = toTimestamp(nowMs)
  const { name, namespace, labels } = metadata
  const about = { name, ...(namespace && { namespace }), creationTimestamp: timestamp, ...(labels && { labels }) }
  return { kind, apiVersion: metricsVersion, metadata: about, timestamp, window: '20s', ...values } as unknown as AnyObject
}

function nodeMetrics({ nodes, pods, nowMs }: Measured): AnyObject[] {
  // nobody measures a node whose kubelet is silent
  const measured = nodes.filter((node) => conditionOf(node, 'Ready')?.status !== 'Unknown')
  return measured.map((node) => {
    const own = pods.filter((pod) => pod.spec.nodeName === node.metadata.name)
    return metricsOf('NodeMetrics', node, nowMs, { usage: usage(nodeUse(own)) })
  })
}

function podMetrics({ pods, nowMs }: Measured): AnyObject[] {
  const running = pods.map((pod) => ({ pod, uses: containerUses(pod) })).filter(({ uses }) => uses.length > 0)
  return running.map(({ pod, uses }) =>
    metricsOf('PodMetrics', pod, nowMs, { containers: uses.map((use) => ({ name: use.name, usage: usage(use) })) }),
  )
}

/**
 * What the metrics API answers at a path: one object, or a list by the selectors of the query. Undefined for other paths; throws
 * ApiError NotFound for what is not measured.
 */
export function metricsAt(path: string, query: URLSearchParams, measured: (fieldSelector?: string) => Measured): object | undefined {
  const [, namespace, plural, name] = /^\/apis\/metrics\.k8s\.io\/v1beta1(?:\/namespaces\/([^/]+))?\/(nodes|pods)(?:\/([^/]+))?$/.exec(path) ?? []
  if (plural === undefined || (plural === 'nodes' && namespace) || (plural === 'pods' && name && !namespace)) return undefined
  const kind = plural === 'nodes' ? 'NodeMetrics' : 'PodMetrics'
  const all = plural === 'nodes' ? nodeMetrics(measured()) : podMetrics(measured(query.get('fieldSelector') ?? undefined))
  const here = all.filter(({ metadata }) => !namespace || metadata.namespace === namespace)
  if (name !== undefined) {
    const found = here.find(({ metadata }) => metadata.name === name)
    if (!found)
      throw new ApiError('NotFound', `${kind.toLowerCase()}.${metricsGroup} "${name}" not found`, { name, group: metricsGroup, kind: plural })
    return found
  }
  const selector = parseLabelSelector(query.get('labelSelector') ?? '')
  return {
    kind: `${kind}List`,
    apiVersion: metricsVersion,
    metadata: {},
    items: here.filter(({ metadata }) => selector.matches(metadata.labels ?? {})),
  }
}
