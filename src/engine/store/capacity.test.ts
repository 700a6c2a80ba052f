import { expect, it } from 'vitest'
import type { KubeObject, Pod } from '#k8s/types.ts'
import { Cluster } from '../cluster.ts'
import type { ReplicaSetControllerState } from '../controllers/replicaset/replicaset-controller.ts'
import { mostPods } from './capacity.ts'

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'i' }] },
} as KubeObject

it('a cluster that is full takes no pod more, says what to do, and takes all else', () => {
  const cluster = new Cluster({ seed: 5, kubelets: 'stand-in' })
  const { tables } = cluster.core.state
  const isFull = () => tables.Pod.size === mostPods
  for (let i = 0; !isFull(); i++) tables.Pod.set(`default/p${i}`, pod as Pod)
  expect(() => cluster.client.create(pod)).toThrow(
    'etcdserver: mvcc: database space exceeded (this simulated cluster holds at most 150000 pods; delete some, or ask for fewer replicas)',
  )
  cluster.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } } as KubeObject)
  tables.Pod.delete('default/p0')
  cluster.client.create(pod)
  expect(isFull()).toBe(true)
})

it('WC-2.1: a ReplicaSet without measure creates 500 pods a sync, and waits longer and longer when the cluster is full', () => {
  const cluster = new Cluster({ seed: 5, kubelets: 'stand-in' })
  const spec = { replicas: 2_147_483_647, selector: { matchLabels: { a: 'b' } } }
  const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } }
  cluster.client.create({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'r', namespace: 'default' },
    spec: { ...spec, template },
  } as KubeObject)
  const { tables } = cluster.core.state
  const own = () => [...tables.Pod.values()].filter(({ metadata }) => metadata.labels?.a === 'b').length
  while (own() === 0) cluster.step()
  expect(own()).toBe(500)
  for (let i = 0; tables.Pod.size < mostPods; i++) tables.Pod.set(`default/x${i}`, pod as Pod)
  const { size } = tables.Pod
  cluster.runFor(60_000)
  expect(tables.Pod.size).toBe(size)
  const { queue } = cluster.componentState('replicaset-controller') as ReplicaSetControllerState
  // after 5, 10, 20 … ms
  expect(queue.failures.get('default/r')).toBeGreaterThan(8)
  expect(queue.failures.get('default/r')).toBeLessThan(20)
})
