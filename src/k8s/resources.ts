import type { Kind } from './types.ts'

/** How a kind is named in the API and by kubectl. Source: discovery of kube-apiserver. */
export interface Resource {
  kind: Kind
  /** API group, `''` for the core group. */
  group: string
  version: string
  plural: string
  singular: string
  shortNames: readonly string[]
  namespaced: boolean
  /** `kubectl get all` lists the kinds of category `all`. */
  categories: readonly string[]
}

const resource = (kind: Kind, group: string, plural: string, shortNames: string[], namespaced: boolean, all = false): Resource => ({
  kind,
  group,
  version: 'v1',
  plural,
  singular: kind.toLowerCase(),
  shortNames,
  namespaced,
  categories: all ? ['all'] : [],
})

/** All modelled resources, in discovery order (core group first, then by group name, each by plural name). */
export const resources: readonly Resource[] = [
  resource('Event', '', 'events', ['ev'], true),
  resource('Namespace', '', 'namespaces', ['ns'], false),
  resource('Node', '', 'nodes', ['no'], false),
  resource('Pod', '', 'pods', ['po'], true, true),
  resource('Service', '', 'services', ['svc'], true, true),
  resource('ControllerRevision', 'apps', 'controllerrevisions', [], true),
  resource('DaemonSet', 'apps', 'daemonsets', ['ds'], true, true),
  resource('Deployment', 'apps', 'deployments', ['deploy'], true, true),
  resource('ReplicaSet', 'apps', 'replicasets', ['rs'], true, true),
  resource('StatefulSet', 'apps', 'statefulsets', ['sts'], true, true),
  resource('Lease', 'coordination.k8s.io', 'leases', [], true),
  resource('PriorityClass', 'scheduling.k8s.io', 'priorityclasses', ['pc'], false),
]

const byKind = new Map(resources.map((r) => [r.kind as string, r]))

/** The resource of a modelled kind. */
export function resourceOf(kind: Kind): Resource {
  return byKind.get(kind) as Resource
}

/** The resource of a kind by its name as written in a manifest, or undefined when it is not modelled. */
export function findKind(kind: string): Resource | undefined {
  return byKind.get(kind)
}

const kindsWithStatus: readonly Kind[] = ['DaemonSet', 'Deployment', 'Namespace', 'Node', 'Pod', 'ReplicaSet', 'Service', 'StatefulSet']

/** Whether objects of a kind have a status, as a subresource of their own. */
export const hasStatus = (kind: Kind): boolean => kindsWithStatus.includes(kind)

/** Kinds whose size is a subresource of its own, of type autoscaling/v1 Scale. */
export const scalableKinds: readonly Kind[] = ['Deployment', 'ReplicaSet', 'StatefulSet']

export const hasScale = (kind: Kind): boolean => scalableKinds.includes(kind)

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(r: Resource): string {
  return r.group ? `${r.group}/${r.version}` : r.version
}

/** `daemonsets.apps`, or `pods` for the core group: how API errors name a resource. */
export function groupResource(r: Resource): string {
  return r.group ? `${r.plural}.${r.group}` : r.plural
}
