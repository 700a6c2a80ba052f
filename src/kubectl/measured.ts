import { metricsGroup, metricsResources } from '#k8s/api/metrics-resources.ts'
import type { Resource } from '#k8s/resources.ts'
import type { Kind } from '#k8s/types.ts'

/** The resources of the metrics API. The cluster keeps no such objects: `withMetrics` makes them where a command asks for them. */
export const measuredResources: readonly Resource[] = metricsResources.map(({ name, kind, namespaced }) => ({
  kind: kind as string as Kind,
  group: metricsGroup,
  version: 'v1beta1',
  plural: name,
  singular: kind.toLowerCase(),
  shortNames: [],
  namespaced,
  categories: [],
}))

/** Whether a word of a command line can only mean those. */
export const asksForMetrics = (word: string): boolean => /metrics/i.test(word)
