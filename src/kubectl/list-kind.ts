import { apiVersionOf, findKind, resources } from '#k8s/resources.ts'
import { isInScheme, isUnmodelled } from './write/unmodelled.ts'

const suffix = 'List'

/** Whether a document of some kind is a list by its kind alone. */
export const isNamedList = (_apiVersion: unknown, kind: unknown): boolean => typeof kind === 'string' && kind.endsWith(suffix)

/**
 * Whether a document is a list by a kind that the cluster knows: `List` in each of its versions, and one for each kind. An apiVersion that
 * is missing is taken for the core group's. Any other `…List` is an object of an unknown kind.
 * @source client-go/restmapper NewDiscoveryRESTMapper
 */
export function isListKind(apiVersion: unknown, kind: unknown): boolean {
  if (!isNamedList(apiVersion, kind) || (apiVersion !== undefined && typeof apiVersion !== 'string')) return false
  const version = apiVersion ?? 'v1'
  const item = (kind as string).slice(0, -suffix.length)
  if (item === '') return resources.some((one) => apiVersionOf(one) === version)
  const resource = findKind(item)
  return (resource && apiVersionOf(resource) === version) || isUnmodelled(version, item) || isInScheme(version, item)
}
