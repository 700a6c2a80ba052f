import { describe, expect, it } from 'vitest'
import type { Namespace } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { garbageCollector } from '../garbagecollector/garbage-collector.ts'
import { replicaSetController } from '../replicaset/replicaset-controller.ts'
import { createWorkloadTestCluster, type WorkloadTestCluster } from '../replicaset/workload-test-cluster.ts'
import { namespaceController } from './namespace-controller.ts'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:v1' }] } }

function start(version: KubernetesVersion = '1.36'): WorkloadTestCluster {
  const cluster = createWorkloadTestCluster([replicaSetController, garbageCollector, namespaceController], { version })
  cluster.create('Namespace', { metadata: { name: 'team' } })
  cluster.create('ReplicaSet', {
    metadata: { name: 'web', namespace: 'team' },
    spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template },
  })
  cluster.runFor(1000)
  return cluster
}

const namespaceOf = (cluster: WorkloadTestCluster) => cluster.api.get('Namespace', '', 'team') as Namespace
const pods = (cluster: WorkloadTestCluster) => cluster.api.list('Pod', 'team')
const condition = (cluster: WorkloadTestCluster, type: string) => namespaceOf(cluster).status.conditions?.find((c) => c.type === type)

describe('namespace-controller: GC-6.1', () => {
  it.each<[KubernetesVersion, string[]]>([
    ['1.32', []],
    ['1.33', ['web']],
  ])('empties the namespace, then lets it go; since 1.33 all but pods waits for them (%s)', (version, waiting) => {
    const cluster = start(version)
    cluster.api.delete('Namespace', '', 'team')
    cluster.runFor(4000)
    expect(namespaceOf(cluster).status.phase).toBe('Terminating')
    expect(pods(cluster)).toHaveLength(2)
    cluster.runFor(1010)
    expect(pods(cluster).every((p) => p.metadata.deletionTimestamp)).toBe(true)
    expect(cluster.api.list('ReplicaSet', 'team').map(({ metadata }) => metadata.name)).toEqual(waiting)
    expect(condition(cluster, 'NamespaceContentRemaining')).toMatchObject({
      status: 'True',
      reason: 'SomeResourcesRemain',
      message: 'Some resources are remaining: pods. has 2 resource instances',
    })
    cluster.runFor(20_000)
    expect(cluster.events('FailedCreate')).toEqual([])
    expect(namespaceOf(cluster)).toBeUndefined()
    expect(pods(cluster)).toEqual([])
    expect(cluster.api.list('Event', 'team')).toEqual([])
  })

  it('an empty one goes after 5 s', () => {
    const cluster = createWorkloadTestCluster([namespaceController])
    cluster.create('Namespace', { metadata: { name: 'team' } })
    cluster.api.delete('Namespace', '', 'team')
    cluster.runFor(4900)
    expect(namespaceOf(cluster)).toBeDefined()
    cluster.runFor(200)
    expect(namespaceOf(cluster)).toBeUndefined()
  })

  it('an update, or a patch, of what holds it changes nothing; finalize lets it go, whatever is in it', () => {
    const cluster = start()
    cluster.api.delete('Namespace', '', 'team')
    const released = () => ({ ...namespaceOf(cluster), spec: {} })
    cluster.api.update('Namespace', released())
    expect(namespaceOf(cluster).spec.finalizers).toEqual(['kubernetes'])
    cluster.api.finalize(released())
    expect(namespaceOf(cluster)).toBeUndefined()
    expect(pods(cluster)).toHaveLength(2)
  })

  it('waits for what a finalizer holds', () => {
    const cluster = start()
    cluster.create('Service', { metadata: { name: 's', namespace: 'team', finalizers: ['example.com/hold'] }, spec: { ports: [{ port: 80 }] } })
    cluster.api.delete('Namespace', '', 'team')
    cluster.runFor(60_000)
    expect(condition(cluster, 'NamespaceFinalizersRemaining')).toMatchObject({
      status: 'True',
      message: 'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
    })
    const service = cluster.api.get('Service', 'team', 's')
    if (service) cluster.api.update('Service', { ...service, metadata: { ...service.metadata, finalizers: [] } })
    cluster.runFor(60_000)
    expect(namespaceOf(cluster)).toBeUndefined()
  })

  it('a pod stuck on a dead node keeps it terminating, and is reported as a failure when its grace is over', () => {
    const cluster = start()
    cluster.machines.dead.add(pods(cluster)[0]?.spec.nodeName ?? '')
    cluster.api.delete('Namespace', '', 'team')
    cluster.runFor(100_000)
    expect(condition(cluster, 'NamespaceDeletionContentFailure')).toMatchObject({
      status: 'True',
      reason: 'ContentDeletionFailed',
      message: 'Failed to delete all resource types, 1 remaining: unexpected items still remain in namespace: team for gvr: /v1, Resource=pods',
    })
  })

  it('nothing new is made in it', () => {
    const cluster = start()
    cluster.api.delete('Namespace', '', 'team')
    cluster.api.delete('Pod', 'team', pods(cluster)[0]?.metadata.name ?? '')
    cluster.runFor(1000)
    expect(pods(cluster)).toHaveLength(1)
    expect(cluster.events('FailedCreate')).toEqual([])
  })
})
