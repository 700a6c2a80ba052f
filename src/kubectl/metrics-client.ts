import { metricsAt } from '#k8s/api/metrics.ts'
import { metricsVersion } from '#k8s/api/metrics-resources.ts'
import { notAllowed } from '#k8s/api/request-object.ts'
import type { AnyObject, Kind, KubeNode, Pod } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { measuredResources } from './measured.ts'

/** What the metrics API answers at a path; undefined where it has nothing to say. Throws ApiError. */
export function metricsFor(client: ApiClient, path: string, query: URLSearchParams): object | undefined {
  return metricsAt(path, query, (fieldSelector) => ({
    nodes: client.list('Node').items as KubeNode[],
    pods: client.list('Pod', { fieldSelector }).items as Pod[],
    nowMs: client.now(),
  }))
}

/** The same client, which also knows the objects of the metrics API. They can be read only. */
export function withMetrics(client: ApiClient): ApiClient {
  const resourceFor = (kind: Kind) => measuredResources.find((r) => r.kind === kind)
  const ask = (kind: Kind, namespace: string | undefined, name: string, query: Record<string, string | undefined>) => {
    const resource = resourceFor(kind)
    if (!resource) return undefined
    const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))
    return metricsFor(
      client,
      `/apis/${metricsVersion}${namespace ? `/namespaces/${namespace}` : ''}/${resource.plural}${name}`,
      new URLSearchParams(given),
    )
  }
  const refuse = (kind: Kind): void => {
    if (resourceFor(kind)) throw notAllowed()
  }
  return {
    ...client,
    get: (ref) => (ask(ref.kind, ref.namespace, `/${ref.name}`, {}) as AnyObject | undefined) ?? client.get(ref),
    list(kind, options = {}) {
      const { namespace, labelSelector, fieldSelector } = options
      const found = ask(kind, namespace, '', { labelSelector, fieldSelector }) as { items: AnyObject[] } | undefined
      return found ? { items: found.items, resourceVersion: '' } : client.list(kind, options)
    },
    patch(ref, type, patch, options) {
      refuse(ref.kind)
      return client.patch(ref, type, patch, options)
    },
    delete(ref, options) {
      refuse(ref.kind)
      return client.delete(ref, options)
    },
  }
}
