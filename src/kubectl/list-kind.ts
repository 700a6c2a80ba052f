import { apiVersionOf, findKind, resources } from '#k8s/resources.ts'
import { isInScheme, isUnmodelled } from './write/unmodelled.ts'

const suffix = 'List'

type Document = Readonly<Record<string, unknown>>

/** Whether a document is a list by the name of its kind alone. */
export const isNamedList = ({ kind }: Document): boolean => typeof kind === 'string' && kind.endsWith(suffix)

/**
 * Whether a document is a list by a kind that the cluster knows: `List` in each of its versions, and one for each kind. An apiVersion that
 * is missing is taken for the core group's. Any other `…List` is an object of an unknown kind.
 * @source client-go/restmapper NewDiscoveryRESTMapper
 */
export function isListKind(document: Document): boolean {
  const { apiVersion: version = 'v1' } = document
  if (!isNamedList(document) || typeof version !== 'string') return false
  const item = (document.kind as string).slice(0, -suffix.length)
  if (item === '') return resources.some((one) => apiVersionOf(one) === version)
  const resource = findKind(item)
  return (resource && apiVersionOf(resource) === version) || isUnmodelled(version, item) || isInScheme(version, item)
}
