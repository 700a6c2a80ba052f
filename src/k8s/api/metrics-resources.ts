/** The group that a metrics server adds, and what is in it: read only, as it is measured. */
export const metricsGroup = 'metrics.k8s.io'
export const metricsVersion = `${metricsGroup}/v1beta1`

export type MetricsKind = 'NodeMetrics' | 'PodMetrics'

interface MetricsResource {
  name: 'nodes' | 'pods'
  singularName: ''
  namespaced: boolean
  kind: MetricsKind
  verbs: readonly string[]
}

export const metricsResources: readonly MetricsResource[] = [
  { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list'] },
  { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
]
