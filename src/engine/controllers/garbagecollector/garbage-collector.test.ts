import { describe, expect, it } from 'vitest'
import type { Kind, KubeNode, KubeObject, OwnerReference } from '#k8s/types.ts'
import { deploymentController } from '../deployment/deployment-controller.ts'
import { replicaSetController } from '../replicaset/replicaset-controller.ts'
import { createWorkloadTestCluster, type WorkloadTestCluster } from '../replicaset/workload-test-cluster.ts'
import { garbageCollector } from './garbage-collector.ts'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:v1' }] } }

function start(replicas = 3): WorkloadTestCluster {
  const cluster = createWorkloadTestCluster([deploymentController, replicaSetController, garbageCollector])
  cluster.create('Deployment', { metadata: { name: 'web' }, spec: { replicas, selector: { matchLabels: { app: 'web' } }, template } })
  cluster.runFor(2000)
  return cluster
}

const plain = () => createWorkloadTestCluster([garbageCollector])
const names = (cluster: WorkloadTestCluster, kind: Kind) => cluster.api.list(kind, 'default').map((o) => o.metadata.name)

function refTo(owner: KubeObject, blockOwnerDeletion = false): OwnerReference {
  return { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, uid: owner.metadata.uid ?? '', blockOwnerDeletion }
}

const service = (cluster: WorkloadTestCluster, name: string, ownerReferences: OwnerReference[] = [], namespace = 'default') =>
  cluster.create('Service', { metadata: { name, namespace, ownerReferences }, spec: { ports: [{ port: 80 }] } })

describe('garbage-collector-controller', () => {
  it('GC-2.1, GC-5.4: background goes level by level, practically at once; pods get their grace', () => {
    const cluster = start()
    cluster.api.delete('Deployment', 'default', 'web', { propagation: 'Background' })
    cluster.runFor(20)
    expect(names(cluster, 'ReplicaSet')).toEqual([])
    expect(cluster.api.list('Pod').map((p) => p.metadata.deletionGracePeriodSeconds)).toEqual([30, 30, 30])
    cluster.runFor(1000)
    expect(names(cluster, 'Pod')).toEqual([])
  })

  it('GC-3.1: foreground keeps the owner until its dependents are gone', () => {
    const cluster = start()
    cluster.machines.dead.add('worker-0')
    cluster.api.delete('Deployment', 'default', 'web', { propagation: 'Foreground' })
    cluster.runFor(5000)
    // GC-3.2: one pod is stuck on a dead node
    expect(names(cluster, 'Pod')).toHaveLength(1)
    expect(cluster.api.list('ReplicaSet')[0]?.metadata).toMatchObject({ finalizers: ['foregroundDeletion'], deletionTimestamp: expect.any(String) })
    expect(names(cluster, 'Deployment')).toEqual(['web'])
    cluster.api.delete('Pod', 'default', names(cluster, 'Pod')[0] ?? '', { gracePeriodSeconds: 0 })
    cluster.runFor(100)
    expect([names(cluster, 'Pod'), names(cluster, 'ReplicaSet'), names(cluster, 'Deployment')]).toEqual([[], [], []])
  })

  it('GC-4.1: orphaning leaves the dependents without owner, and a new owner adopts them', () => {
    const cluster = start()
    const [rs] = cluster.api.list('ReplicaSet')
    cluster.api.delete('Deployment', 'default', 'web', { propagation: 'Orphan' })
    cluster.runFor(100)
    expect(names(cluster, 'Deployment')).toEqual([])
    expect(cluster.api.list('ReplicaSet').map((o) => o.metadata.ownerReferences)).toEqual([undefined])
    cluster.create('Deployment', { metadata: { name: 'web2' }, spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template } })
    cluster.runFor(2000)
    expect(cluster.api.list('ReplicaSet').map((o) => [o.metadata.uid, o.metadata.ownerReferences?.[0]?.name])).toEqual([[rs?.metadata.uid, 'web2']])
    expect(names(cluster, 'Pod')).toHaveLength(3)
  })

  it('GC-1.2: one living owner is enough; the reference to the dead one goes', () => {
    const cluster = plain()
    const [a, b] = [service(cluster, 'a'), service(cluster, 'b')]
    service(cluster, 'child', [refTo(a), refTo(b)])
    cluster.api.delete('Service', 'default', 'a')
    cluster.runFor(100)
    expect(cluster.api.get('Service', 'default', 'child')?.metadata.ownerReferences).toEqual([refTo(b)])
    cluster.api.delete('Service', 'default', 'b')
    cluster.runFor(100)
    expect(names(cluster, 'Service')).toEqual(['kubernetes'])
  })

  it('GC-2.2: an owner made again under the same name is another one', () => {
    const cluster = plain()
    const first = service(cluster, 'a')
    cluster.api.delete('Service', 'default', 'a')
    service(cluster, 'a')
    service(cluster, 'child', [refTo(first)])
    cluster.runFor(100)
    expect(names(cluster, 'Service')).toEqual(['kubernetes', 'a'])
  })

  it('GC-2.2: a pod whose owner never was is bound before it is collected', () => {
    const cluster = plain()
    const owner = { apiVersion: 'v1', kind: 'Service', name: 'never', uid: 'x' }
    cluster.create('Pod', { metadata: { name: 'child', ownerReferences: [owner] }, spec: template.spec })
    cluster.runFor(8)
    expect(cluster.api.get('Pod', 'default', 'child')).toMatchObject({ spec: { nodeName: expect.any(String) } })
    expect(cluster.api.get('Pod', 'default', 'child')?.metadata.deletionTimestamp).toBeUndefined()
    cluster.runFor(12)
    expect(cluster.api.get('Pod', 'default', 'child')?.metadata.deletionTimestamp).toBeDefined()
  })

  it('GC-1.1: an owner in another namespace does not count, and an event says so', () => {
    const cluster = plain()
    const foreign = service(cluster, 'a', [], 'kube-system')
    service(cluster, 'child', [refTo(foreign)])
    cluster.runFor(100)
    expect(names(cluster, 'Service')).toEqual(['kubernetes'])
    const uid = foreign.metadata.uid
    expect(cluster.events()).toEqual([
      `OwnerRefInvalidNamespace: ownerRef [v1/Service, namespace: default, name: a, uid: ${uid}] does not exist in namespace "default"`,
    ])
  })

  it('GC-1.1: an object without a namespace is not owned by one that has one: it stays, and an event says so', () => {
    const cluster = plain()
    const owner = service(cluster, 'a')
    const node = cluster.api.list('Node')[0] as KubeObject
    cluster.api.update('Node', { ...node, metadata: { ...node.metadata, ownerReferences: [refTo(owner)] } } as KubeNode)
    cluster.runFor(100)
    expect(cluster.events()).toEqual([
      `OwnerRefInvalidNamespace: ownerRef [v1/Service, namespace: , name: a, uid: ${owner.metadata.uid}] does not exist in namespace ""`,
    ])
    cluster.api.delete('Service', 'default', 'a')
    cluster.runFor(100)
    expect(cluster.api.list('Node').map((n) => n.metadata.name)).toContain(node.metadata.name)
  })

  it('owners of kinds that are not modelled, and cluster-scoped owners that exist, keep their dependents', () => {
    const cluster = plain()
    service(cluster, 'a', [{ apiVersion: 'batch/v1', kind: 'Job', name: 'j', uid: 'x' }])
    service(cluster, 'b', [refTo(cluster.api.list('Node')[0] as KubeObject)])
    cluster.runFor(100)
    expect(names(cluster, 'Service')).toEqual(['kubernetes', 'a', 'b'])
    cluster.api.delete('Node', '', 'worker-0')
    cluster.runFor(100)
    expect(names(cluster, 'Service')).toEqual(['kubernetes', 'a'])
  })

  it('GC-3.1: a dependent that does not block does not hold its owner up', () => {
    const cluster = start(1)
    const owner = service(cluster, 'a')
    const pod = cluster.api.list('Pod')[0] as KubeObject
    cluster.create('Pod', { metadata: { name: 'free', ownerReferences: [refTo(owner)] }, spec: template.spec })
    cluster.create('Pod', { metadata: { name: 'held', ownerReferences: [refTo(owner, true)] }, spec: template.spec })
    cluster.runFor(1000)
    cluster.machines.dead.add(cluster.api.get('Pod', 'default', 'free')?.spec.nodeName ?? '')
    cluster.machines.dead.delete(cluster.api.get('Pod', 'default', 'held')?.spec.nodeName ?? '')
    cluster.api.delete('Service', 'default', 'a', { propagation: 'Foreground' })
    cluster.runFor(1000)
    expect(names(cluster, 'Service')).toEqual(['kubernetes'])
    expect(names(cluster, 'Pod')).toEqual([pod.metadata.name, 'free'])
  })

  it('two that own each other both go', () => {
    const cluster = plain()
    const a = service(cluster, 'a')
    const b = service(cluster, 'b', [refTo(a, true)])
    const stored = cluster.api.get('Service', 'default', 'a') as typeof a
    cluster.api.update('Service', { ...stored, metadata: { ...stored.metadata, ownerReferences: [refTo(b, true)] } })
    cluster.runFor(100)
    cluster.api.delete('Service', 'default', 'a', { propagation: 'Foreground' })
    cluster.runFor(1000)
    expect(names(cluster, 'Service')).toEqual(['kubernetes'])
  })
})
