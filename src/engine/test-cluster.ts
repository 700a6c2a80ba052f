import type { KubeObject } from '#k8s/types.ts'
import { Cluster } from './cluster.ts'

/** A DaemonSet of one container, in `default`. */
export const daemonSet = (name: string, image = 'agent:v1'): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image }] } },
    },
  }) as KubeObject

/** A settled cluster of these nodes. */
export function clusterOf(...nodes: string[]): Cluster {
  const cluster = new Cluster({ seed: 3 })
  cluster.fault({ add: nodes.map((name) => ({ name })) }, 'join')
  cluster.settle()
  return cluster
}

/** The time and all objects, to be compared. */
export const everything = (cluster: Cluster): string =>
  JSON.stringify([cluster.nowMs, Object.values(cluster.core.state.tables).map((table) => [...(table as Map<string, unknown>).entries()])])
