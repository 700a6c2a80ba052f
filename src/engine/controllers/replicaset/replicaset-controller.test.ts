import { describe, expect, it } from 'vitest'
import { isActive } from '#k8s/pod.ts'
import type { Pod, ReplicaSet } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { replicaSetController } from './replicaset-controller.ts'
import { createWorkloadTestCluster, type WorkloadTestCluster } from './workload-test-cluster.ts'

const template = (image = 'web:v1') => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } })

function start(replicas: number, options: { version?: KubernetesVersion; minReadySeconds?: number } = {}): WorkloadTestCluster {
  const cluster = createWorkloadTestCluster([replicaSetController], options)
  const { minReadySeconds } = options
  cluster.create('ReplicaSet', {
    metadata: { name: 'web' },
    spec: { replicas, minReadySeconds, selector: { matchLabels: { app: 'web' } }, template: template() },
  })
  return cluster
}

const pods = (cluster: WorkloadTestCluster): Pod[] => cluster.api.list('Pod', 'default')
const active = (cluster: WorkloadTestCluster): Pod[] => pods(cluster).filter(isActive)
const rsOf = (cluster: WorkloadTestCluster): ReplicaSet => cluster.api.get('ReplicaSet', 'default', 'web') as ReplicaSet

describe('replicaset-controller', () => {
  it('WC-2.1, WC-2.3: creates the pods and reports them', () => {
    const cluster = start(3)
    cluster.runFor(1000)
    expect(pods(cluster).map((p) => p.metadata.name)).toEqual([expect.stringMatching(/^web-\w{5}$/), expect.any(String), expect.any(String)])
    expect(rsOf(cluster).status).toEqual({
      replicas: 3,
      fullyLabeledReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      terminatingReplicas: 0,
      observedGeneration: 1,
    })
    expect(cluster.events('SuccessfulCreate')).toHaveLength(3)
    expect(cluster.events('SuccessfulCreate')[0]).toBe(`SuccessfulCreate: Created pod: ${pods(cluster)[0]?.metadata.name}`)
  })

  it('WC-1.1: pods of its own that it has not heard of yet are not made twice', () => {
    const cluster = start(3)
    // every write wakes it, before the news of the pods are there
    for (let i = 0; i < 20; i++) {
      cluster.patchSpec('ReplicaSet', 'web', { minReadySeconds: i })
      cluster.runFor(1)
    }
    cluster.runFor(60_000)
    expect([pods(cluster).length, cluster.events('SuccessfulCreate').length, rsOf(cluster).status.replicas]).toEqual([3, 3, 3])
  })

  it('WC-2.3: before 1.35 nobody counts terminating pods', () => {
    const cluster = start(1, { version: '1.23' })
    cluster.runFor(1000)
    expect(rsOf(cluster).status).toEqual({ replicas: 1, fullyLabeledReplicas: 1, readyReplicas: 1, availableReplicas: 1, observedGeneration: 1 })
  })

  it('WC-2.1, TRAP-7: a terminating pod does not count, the replacement comes while it still terminates', () => {
    const cluster = start(2)
    cluster.runFor(1000)
    cluster.machines.dead.add('worker-0')
    const doomed = pods(cluster).find((p) => p.spec.nodeName === 'worker-0') as Pod
    cluster.api.delete('Pod', 'default', doomed.metadata.name)
    cluster.runFor(1000)
    expect(pods(cluster)).toHaveLength(3)
    expect(rsOf(cluster).status).toMatchObject({ replicas: 2, readyReplicas: 2, terminatingReplicas: 1 })
  })

  it('WC-2.5: a failed pod is replaced and stays', () => {
    const cluster = start(2)
    cluster.runFor(1000)
    const victim = pods(cluster)[0] as Pod
    cluster.api.updateStatus('Pod', victim, { ...victim.status, phase: 'Failed', reason: 'Evicted' })
    cluster.runFor(1000)
    expect(pods(cluster)).toHaveLength(3)
    expect(active(cluster)).toHaveLength(2)
  })

  it('WC-2.2: scaling down prefers the pod that is not ready, and says which one goes', () => {
    const cluster = start(3)
    cluster.runFor(1000)
    const sick = pods(cluster)[1] as Pod
    const conditions = sick.status.conditions?.map((c) => (c.type === 'Ready' ? { ...c, status: 'False' as const } : c))
    cluster.api.updateStatus('Pod', sick, { ...sick.status, conditions })
    cluster.runFor(100)
    cluster.patchSpec('ReplicaSet', 'web', { replicas: 2 })
    cluster.runFor(1000)
    expect(cluster.events('SuccessfulDelete')).toEqual([`SuccessfulDelete: Deleted pod: ${sick.metadata.name}`])
    expect(rsOf(cluster).status).toMatchObject({ replicas: 2, observedGeneration: 2 })
  })

  it('GC-5.3: releases a pod that lost its label and adopts a matching orphan', () => {
    const cluster = start(2)
    cluster.runFor(1000)
    const lost = pods(cluster)[0] as Pod
    cluster.api.update('Pod', { ...lost, metadata: { ...lost.metadata, labels: { app: 'debug' } } })
    cluster.runFor(1000)
    expect(cluster.api.get('Pod', 'default', lost.metadata.name)?.metadata.ownerReferences).toBeUndefined()
    expect(pods(cluster)).toHaveLength(3)
    const found = cluster.api.get('Pod', 'default', lost.metadata.name) as Pod
    cluster.api.update('Pod', { ...found, metadata: { ...found.metadata, labels: { app: 'web' } } })
    cluster.runFor(1000)
    expect(active(cluster)).toHaveLength(2)
    expect(active(cluster).every((p) => p.metadata.ownerReferences?.[0]?.name === 'web')).toBe(true)
  })

  it('GC-3.3: a ReplicaSet that is being deleted creates nothing', () => {
    const cluster = start(1)
    cluster.runFor(1000)
    cluster.api.delete('ReplicaSet', 'default', 'web', { propagation: 'Foreground' })
    cluster.api.delete('Pod', 'default', pods(cluster)[0]?.metadata.name ?? '')
    cluster.runFor(1000)
    expect(pods(cluster)).toEqual([])
    expect(rsOf(cluster).status.replicas).toBe(0)
  })

  it('WC-1.2, WC-2.3: a refused create is an event and condition ReplicaFailure, and is tried again', () => {
    const cluster = createWorkloadTestCluster([replicaSetController])
    const doomed = { ...template(), spec: { ...template().spec, priorityClassName: 'gold' } }
    cluster.create('ReplicaSet', { metadata: { name: 'web' }, spec: { replicas: 4, selector: { matchLabels: { app: 'web' } }, template: doomed } })
    cluster.runFor(4)
    const text = /^pods .* is forbidden: no PriorityClass with name gold was found$/
    // slow start: one failure ends the sync
    expect(cluster.events('FailedCreate')).toEqual([expect.stringMatching(/^FailedCreate: Error creating: pods .* gold was found$/)])
    expect(rsOf(cluster).status.conditions).toEqual([
      {
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        message: expect.stringMatching(text),
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
    ])
    cluster.create('PriorityClass', { metadata: { name: 'gold' }, value: 7 })
    cluster.runFor(60_000)
    expect(active(cluster)).toHaveLength(4)
    expect(rsOf(cluster).status.conditions).toBeUndefined()
  })

  it.each([
    ['1.36', 5100],
    ['1.23', 6000],
  ] as const)('WC-1.4: with minReadySeconds 5 pods become available later (%s)', (version, by) => {
    const cluster = start(2, { minReadySeconds: 5, version })
    cluster.runFor(4900)
    expect(rsOf(cluster).status.readyReplicas).toBe(2)
    expect(rsOf(cluster).status.availableReplicas).toBeUndefined()
    cluster.runFor(by - 4900)
    expect(rsOf(cluster).status.availableReplicas).toBe(2)
  })

  it('T-23: at most 500 pods a sync', () => {
    const cluster = start(501)
    while (cluster.api.count('Pod') === 0) cluster.runFor(1)
    expect(cluster.api.count('Pod')).toBe(500)
    cluster.runFor(1000)
    expect(cluster.api.count('Pod')).toBe(501)
  })
})
