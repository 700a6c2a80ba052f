import { expect, it } from 'vitest'
import type { DaemonSet } from '#k8s/types.ts'
import { Cluster } from '../cluster.ts'
import { findingNextMoment, nextChange } from './next-change.ts'

const labels = { app: 'agent' }
const container = { name: 'agent', image: 'agent:v1', readinessProbe: { exec: { command: ['true'] }, periodSeconds: 1 } }
const agent = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent', namespace: 'default' },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } },
} as unknown as DaemonSet

/** Twelve nodes whose agents' readiness probes fail once a second, for good: events, and no change. */
function failing(): Cluster {
  const cluster = new Cluster()
  cluster.fault({ add: Array.from({ length: 12 }, (_, i) => ({ name: `node-${i}` })) }, 'machines join')
  cluster.client.create(agent)
  cluster.settle(5000, 600_000)
  for (const pod of cluster.core.state.tables.Pod.values())
    if (pod.metadata.labels?.app === 'agent') cluster.fault({ probeFails: { pod: pod.metadata.name, probe: 'readiness' } }, 'the probe fails')
  cluster.settle(20_000, 600_000)
  return cluster
}

const skip = (cluster: Cluster): number | null => {
  const finding = findingNextMoment(cluster)
  for (;;) {
    const { done, value } = finding.next()
    if (done) return value
  }
}

it('probes that fail again and again are no change to wait for', () => {
  const cluster = failing()
  expect(cluster.core.state.tables.DaemonSet.get('default/agent')?.status.numberReady).toBe(0)
  expect(nextChange(cluster)).toBeNull()
  expect(skip(cluster)).toBeNull()
})

it('a skip goes past them to what does change', () => {
  const cluster = failing()
  cluster.fault({ fail: 'node-3' }, 'its kubelet stops')
  // leases are missed for 50 s (T-2), then the node is Unknown
  const at = skip(cluster) as number
  cluster.runUntil(at)
  expect(cluster.core.state.tables.Node.get('node-3')?.status.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('Unknown')
})
