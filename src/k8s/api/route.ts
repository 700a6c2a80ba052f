import { type Resource, resources } from '../resources.ts'

/** What the path of a request to the resource API names. */
export interface Route {
  resource: Resource
  namespace: string | undefined
  /** Undefined for a collection. */
  name: string | undefined
  /** `status`, `scale`, `eviction`, …; undefined for the object itself. */
  subresource: string | undefined
}

/** Whether a path names what holds a namespace, which can only be replaced. */
export const isFinalize = ({ resource, subresource }: Route): boolean => resource.kind === 'Namespace' && subresource === 'finalize'

/** Whether a path names the objects of all namespaces, which can only be read. */
export const isOfAllNamespaces = ({ resource, namespace }: Route): boolean => resource.namespaced && namespace === undefined

const pathPattern = /^\/(?:api\/v1|apis\/([^/]+)\/([^/]+))\/(.+)$/

/**
 * Reads `/apis/apps/v1/namespaces/default/daemonsets/agent/status` and the like; undefined when no modelled resource is there.
 * @source apiserver/pkg/endpoints/request RequestInfoFactory
 */
export function parseRoute(path: string): Route | undefined {
  const match = pathPattern.exec(path)
  if (!match) return undefined
  const [, group = '', version = 'v1', rest = ''] = match
  const find = (plural: string | undefined) => resources.find((r) => r.group === group && r.version === version && r.plural === plural)
  const parts = rest.split('/').map(decodeURIComponent)
  if (parts.includes('')) return undefined
  const [first, namespace, plural, name, subresource, ...more] = parts
  if (first === 'namespaces' && plural !== undefined) {
    const resource = find(plural)
    // `namespaces/x/status` is a subresource of the namespace, not a collection in it
    if (!resource?.namespaced) return parts.length === 3 ? clusterRoute(find(first), parts) : undefined
    return more.length > 0 ? undefined : { resource, namespace, name, subresource }
  }
  return clusterRoute(find(first), parts)
}

/** A path without a namespace: of a cluster-scoped object, or of a collection over all namespaces. */
function clusterRoute(resource: Resource | undefined, [, name, subresource, ...more]: string[]): Route | undefined {
  if (!resource || more.length > 0 || (resource.namespaced && name !== undefined)) return undefined
  return { resource, namespace: undefined, name, subresource }
}
