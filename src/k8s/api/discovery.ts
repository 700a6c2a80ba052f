import { apiVersionOf, hasScale, hasStatus, type Resource, resources } from '../resources.ts'
import { type KubernetesVersion, since } from '../version.ts'
import { metricsGroup, metricsResources, metricsVersion } from './metrics-resources.ts'

/**
 * Discovery in its plain form (one document a group); clients that ask for the aggregated form fall back to it.
 * The group `policy` has no objects here, but clients look for it before they evict.
 */

interface ApiResource {
  name: string
  singularName: string
  namespaced: boolean
  group?: string
  version?: string
  kind: string
  verbs: readonly string[]
  shortNames?: readonly string[]
  categories?: readonly string[]
}

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
const partVerbs = ['get', 'patch', 'update']

const groups = [...new Set(resources.map((r) => r.group).filter(Boolean)), 'policy', metricsGroup].sort()

const versionOf = (group: string): string => (group === metricsGroup ? metricsVersion : `${group}/v1`)

/** All groups with their version, as `kubectl api-versions` lists them. */
export const apiVersionNames: readonly string[] = [...groups.map(versionOf), 'v1']

function entriesOf(resource: Resource, version: KubernetesVersion): ApiResource[] {
  const { plural, singular, namespaced, kind, shortNames, categories } = resource
  const part = (name: string, other: Partial<ApiResource> = {}): ApiResource => ({
    name: `${plural}/${name}`,
    singularName: '',
    namespaced,
    kind,
    verbs: partVerbs,
    ...other,
  })
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs,
      ...(shortNames.length > 0 && { shortNames }),
      ...(categories.length > 0 && { categories }),
    },
    ...(kind === 'Pod' ? [part('eviction', { group: 'policy', version: 'v1', kind: 'Eviction', verbs: ['create'] })] : []),
    ...(kind === 'Pod' ? [part('log', { verbs: ['get'] })] : []),
    ...(kind === 'Pod' && since(version, 'podResize') ? [part('resize')] : []),
    ...(kind === 'Namespace' ? [part('finalize', { verbs: ['update'] })] : []),
    ...(hasScale(kind) ? [part('scale', { group: 'autoscaling', version: 'v1', kind: 'Scale' })] : []),
    ...(hasStatus(kind) ? [part('status')] : []),
  ]
}

const budgetStatus: ApiResource = {
  name: 'poddisruptionbudgets/status',
  singularName: '',
  namespaced: true,
  kind: 'PodDisruptionBudget',
  verbs: partVerbs,
}

function resourceList(groupVersion: string, version: KubernetesVersion): object | undefined {
  const found = resources.filter((r) => apiVersionOf(r) === groupVersion).flatMap((r) => entriesOf(r, version))
  const entries = groupVersion === 'policy/v1' ? [budgetStatus] : groupVersion === metricsVersion ? metricsResources : found
  return entries.length > 0 ? { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: entries } : undefined
}

function groupOf(name: string): object {
  const groupVersion = versionOf(name)
  const version = { groupVersion, version: groupVersion.slice(name.length + 1) }
  return { name, versions: [version], preferredVersion: version }
}

/** The discovery document at a path, undefined when there is none. */
export function discoveryAt(path: string, version: KubernetesVersion): object | undefined {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) }
  if (path === '/api/v1') return resourceList('v1', version)
  const [, root, group = '', groupVersion, ...more] = path.split('/')
  if (root !== 'apis' || !groups.includes(group) || more.length > 0) return undefined
  return groupVersion === undefined ? { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) } : resourceList(`${group}/${groupVersion}`, version)
}
