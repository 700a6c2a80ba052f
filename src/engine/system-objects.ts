import type { AnyObject, Namespace, ObjectMeta, PriorityClass, Service } from '#k8s/types.ts'
import { extend } from '#sim/extend.ts'
import type { Core } from './core.ts'
import { createUid } from './store/identity.ts'
import { keyOf } from './store/tables.ts'

/** Namespaces that the API server sees to. */
export const systemNamespaces: readonly string[] = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

export const systemNamespace = (name: string): Namespace => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
})

/** The Service by which pods find the API server. */
export const kubernetesService: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
  spec: {
    type: 'ClusterIP',
    clusterIP: '10.32.0.1',
    clusterIPs: ['10.32.0.1'],
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    sessionAffinity: 'None',
  },
  status: { loadBalancer: {} },
}

const priorityClasses: [name: string, value: number, description: string][] = [
  [
    'system-cluster-critical',
    2_000_000_000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ],
  ['system-node-critical', 2_000_001_000, 'Used for system critical pods that must not be moved from their current node.'],
]

/** What every cluster holds from the start: the four namespaces, the two system priority classes, the Service `kubernetes`. */
export function createSystemObjects(core: Core): void {
  const put = (object: AnyObject) =>
    core.commit('kube-apiserver', 'create', keyOf(object.metadata.namespace, object.metadata.name), undefined, object)
  const meta = (name: string, more: Partial<ObjectMeta>): ObjectMeta =>
    extend({ name, uid: createUid(core), creationTimestamp: core.timestamp() }, more)
  const putNew = (object: AnyObject) => put(extend(object, { metadata: meta(object.metadata.name, object.metadata) }))
  for (const name of systemNamespaces) putNew(systemNamespace(name))
  for (const [name, value, description] of priorityClasses) {
    const priorityClass: PriorityClass = {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: meta(name, { generation: 1 }),
      value,
      description,
      preemptionPolicy: 'PreemptLowerPriority',
    }
    put(priorityClass)
  }
  putNew(kubernetesService)
}
