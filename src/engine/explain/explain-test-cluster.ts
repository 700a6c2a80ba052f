import type { KubeObject, Pod } from '#k8s/types.ts'
import { Cluster, type ClusterOptions } from '../cluster.ts'

/** A DaemonSet `agent`, for tests. `spec` adds to its spec, `pod` to its pods' spec. */
export const agent = (spec: object = {}, pod: object = {}): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent' },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'c', image: 'agent:v1' }], ...pod } },
      ...spec,
    },
  }) as KubeObject

/** A settled cluster of these nodes, with this DaemonSet on them. */
export function clusterWith(nodes: readonly object[], set: KubeObject, options: ClusterOptions = {}): Cluster {
  const cluster = new Cluster({ seed: 5, kubelets: 'stand-in', ...options })
  cluster.fault({ add: nodes as { name: string }[] }, 'join')
  cluster.settle()
  cluster.client.create(set)
  cluster.settle()
  return cluster
}

export const podsOf = (cluster: Cluster): Pod[] => cluster.client.list('Pod', { namespace: 'default' }).items as Pod[]
