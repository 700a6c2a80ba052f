import { expect, it } from 'vitest'
import { Cluster } from '../../cluster.ts'

function start(): Cluster {
  const cluster = new Cluster({ seed: 1 })
  cluster.fault({ add: [{ name: 'n' }] }, 'a machine joins')
  cluster.runFor(5000)
  return cluster
}

const names = (cluster: Cluster, kind: 'Service' | 'Namespace' | 'Lease') => cluster.client.list(kind).items.map((o) => o.metadata.name)

it('the Service kubernetes is made again at the next look of the API server, every 10 s, with its address', () => {
  const cluster = start()
  const key = { kind: 'Service', namespace: 'default', name: 'kubernetes' } as const
  const first = cluster.client.get(key)
  cluster.client.delete(key)
  cluster.runFor(4900)
  expect(names(cluster, 'Service')).toEqual([])
  cluster.runFor(200)
  const second = cluster.client.get(key)
  expect(second?.metadata.uid).not.toBe(first?.metadata.uid)
  expect(second).toMatchObject({ metadata: { creationTimestamp: '2026-01-01T00:00:10Z' }, spec: { clusterIP: '10.32.0.1', ports: [{ port: 443 }] } })
})

it('a Service of the same name in another namespace, and one of another name, are not missed', () => {
  const cluster = start()
  const spec = { ports: [{ port: 80 }] }
  for (const [namespace, name] of [
    ['kube-system', 'kubernetes'],
    ['default', 'web'],
  ] as const) {
    cluster.client.create({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec } as never)
    cluster.client.delete({ kind: 'Service', namespace, name })
  }
  cluster.runFor(30_000)
  expect(names(cluster, 'Service')).toEqual(['kubernetes'])
})

it('the namespace of the leases is made again within a minute, then kubelets make theirs, and no node is given up', () => {
  const cluster = start()
  cluster.client.delete({ kind: 'Namespace', name: 'kube-node-lease' })
  cluster.runFor(20_000)
  expect([names(cluster, 'Namespace'), names(cluster, 'Lease')]).toEqual([['default', 'kube-public', 'kube-system'], []])
  cluster.runFor(50_000)
  expect([names(cluster, 'Namespace').sort(), names(cluster, 'Lease')]).toEqual([['default', 'kube-node-lease', 'kube-public', 'kube-system'], ['n']])
})
