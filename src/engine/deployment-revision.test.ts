import { expect, it } from 'vitest'
import type { Deployment, KubeObject } from '#k8s/types.ts'
import { Cluster } from './cluster.ts'

const template = (image: string) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } })

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template: template('web:v1') },
} as KubeObject

const ref = { kind: 'Deployment', namespace: 'default', name: 'web' } as const

function running(): Cluster {
  const cluster = new Cluster({ kubelets: 'stand-in' })
  cluster.fault({ add: [{ name: 'a' }] }, 'a machine joins')
  cluster.client.create(deployment, { fieldManager: 'kubectl-create' })
  cluster.settle(2500, 60_000)
  return cluster
}

it('WC-3.2 the revision of a new ReplicaSet is noted together with the condition, in one write', () => {
  const cluster = running()
  const writes: string[] = []
  cluster.core.listen((_type, object) => {
    if (object.kind !== 'Deployment') return
    const { metadata, status } = object as Deployment
    const progressing = status.conditions?.find((c) => c.type === 'Progressing')
    writes.push(`${metadata.annotations?.['deployment.kubernetes.io/revision']} ${progressing?.reason}`)
  })
  cluster.client.patch(ref, 'strategic', { spec: { template: template('web:v2') } })
  cluster.settle(2500, 60_000)
  expect(writes.slice(0, 2)).toEqual(['1 NewReplicaSetAvailable', '2 NewReplicaSetCreated'])
})

it('so the annotation belongs to the controller’s writes of the status', () => {
  const { client } = running()
  const entries = client.managedFields(client.get(ref))
  expect(entries.map(({ manager, subresource }) => [manager, subresource])).toEqual([
    ['kube-controller-manager', 'status'],
    ['kubectl-create', undefined],
  ])
  expect(entries[0]?.fieldsV1).toMatchObject({ 'f:metadata': { 'f:annotations': { 'f:deployment.kubernetes.io/revision': {} } } })
})

it('a status that is sent brings annotations, and no labels', () => {
  const { client } = running()
  const web = client.get(ref) as Deployment
  const sent = { ...web, metadata: { ...web.metadata, labels: { a: 'b' }, annotations: { ...web.metadata.annotations, c: 'd' } } }
  const stored = client.update(sent, { subresource: 'status' })
  expect([stored.metadata.labels, stored.metadata.annotations]).toEqual([web.metadata.labels, sent.metadata.annotations])
})
