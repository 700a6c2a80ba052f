import { expect, it } from 'vitest'
import type { AnyObject } from '#k8s/types.ts'
import { Cluster } from '../../cluster.ts'

const template = (image: string) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } })

function workload(kind: string, image: string, more: object = {}): AnyObject {
  const spec = { replicas: 4, selector: { matchLabels: { app: 'web', kind } }, template: template(image), minReadySeconds: 3, ...more }
  spec.template.metadata.labels = { app: 'web', kind } as never
  return { apiVersion: 'apps/v1', kind, metadata: { name: 'web', namespace: 'default' }, spec } as unknown as AnyObject
}

it('a cluster forked in the middle of rollouts has the same future', () => {
  const cluster = new Cluster({ kubelets: 'stand-in' })
  cluster.fault({ add: [{ name: 'worker-0' }, { name: 'worker-1' }] }, 'machines join')
  cluster.settle()
  cluster.client.create(workload('Deployment', 'web:v1'))
  cluster.client.create(workload('StatefulSet', 'web:v1', { serviceName: 'web' }))
  cluster.runFor(60_000)
  for (const kind of ['Deployment', 'StatefulSet'] as const)
    cluster.client.patch({ kind, namespace: 'default', name: 'web' }, 'merge', { spec: { template: template('web:v2') } })
  cluster.runFor(4321)
  const fork = cluster.fork()
  for (const c of [cluster, fork]) {
    c.runFor(20_000)
    c.client.delete({ kind: 'Deployment', namespace: 'default', name: 'web' }, { propagationPolicy: 'Foreground' })
    c.runFor(60_000)
  }
  expect(cluster.client.list('Deployment').items).toEqual([])
  expect(cluster.client.list('Pod').items).toHaveLength(4)
  expect(fork.core.state.tables).toEqual(cluster.core.state.tables)
})
