import type { KubeObject } from '#k8s/types.ts'
import type { NodeSpec } from '#scenario/format.ts'

/** `count` machines named node-0 … */
export function machines(count: number): NodeSpec[] {
  return Array.from({ length: count }, (_, i) => ({ name: `node-${i}` }))
}

/** A DaemonSet with one container and no selector of nodes. */
export function daemonSet(name: string, image = 'agent:v1', rollingUpdate?: object): KubeObject {
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'default' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'agent', image }] } },
      ...(rollingUpdate && { updateStrategy: { type: 'RollingUpdate', rollingUpdate } }),
    },
  } as KubeObject
}

export function deployment(name: string, replicas: number): KubeObject {
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:v1' }] } },
    },
  } as KubeObject
}
