import { describe, expect, it } from 'vitest'
import type { KubeNode, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { createWorkloadTestCluster, type WorkloadTestCluster } from '../replicaset/workload-test-cluster.ts'
import { terminatedSurplus } from './doomed-pods.ts'
import { podGarbageCollector } from './pod-garbage-collector.ts'

const spec = { containers: [{ name: 'c', image: 'c:1' }] }

/** A pod on each of two nodes, running. */
function start(version?: KubernetesVersion): WorkloadTestCluster {
  const cluster = createWorkloadTestCluster([podGarbageCollector], { nodes: 2, version })
  for (const name of ['a', 'b']) cluster.create('Pod', { metadata: { name }, spec: { ...spec, nodeName: name === 'a' ? 'worker-0' : 'worker-1' } })
  cluster.runFor(1000)
  return cluster
}

const names = (cluster: WorkloadTestCluster) => cluster.api.list('Pod').map((p) => p.metadata.name)
const seconds = (n: number) => n * 1000

function setNode(cluster: WorkloadTestCluster, ready: 'True' | 'Unknown', taints: KubeNode['spec']['taints']): void {
  const node = cluster.api.node('worker-0') as KubeNode
  cluster.api.update('Node', { ...node, spec: { taints } })
  const stored = cluster.api.node('worker-0') as KubeNode
  cluster.api.updateStatus('Node', stored, { conditions: [{ type: 'Ready', status: ready }] })
}

describe('pod-garbage-collector', () => {
  it('NL-7.3, TRAP-15: pods of a deleted node go at the first pass 40 s after the one that noticed', () => {
    const cluster = start()
    cluster.runFor(seconds(4))
    cluster.machines.dead.add('worker-0')
    cluster.api.delete('Node', '', 'worker-0')
    cluster.runFor(seconds(54.9)) // 59.9
    expect(names(cluster)).toEqual(['a', 'b'])
    cluster.runFor(seconds(0.2)) // noticed at 20, quarantine until 60
    expect(names(cluster)).toEqual(['b'])
  })

  it('NL-7.3: a node that comes back in between keeps its pods', () => {
    const cluster = start()
    cluster.api.delete('Node', '', 'worker-0')
    cluster.runFor(seconds(30))
    cluster.create('Node', { metadata: { name: 'worker-0' }, spec: {}, status: {} })
    cluster.runFor(seconds(200))
    expect(names(cluster)).toEqual(['a', 'b'])
    expect(cluster.core.peek()).toBeUndefined()
  })

  it('NL-7.3: a node that goes again soon after: its next pods wait for the mark of the last pass only', () => {
    const cluster = start()
    cluster.machines.dead.add('worker-0')
    const go = () => cluster.api.delete('Node', '', 'worker-0')
    go() // noticed at 20, collected and noticed again at 60
    cluster.runFor(seconds(64))
    cluster.create('Node', { metadata: { name: 'worker-0' }, spec: {}, status: {} })
    cluster.create('Pod', { metadata: { name: 'late' }, spec: { ...spec, nodeName: 'worker-0' } })
    cluster.runFor(seconds(20)) // 85
    go()
    cluster.runFor(seconds(14)) // 99
    expect(names(cluster)).toEqual(['b', 'late'])
    cluster.runFor(seconds(2)) // 60 + 40
    expect(names(cluster)).toEqual(['b'])
  })

  it.each(['1.25', '1.26'] as const)('NL-7.5: since 1.26 the pod is marked before it goes (%s)', (version) => {
    const cluster = start(version)
    const pod = cluster.api.get('Pod', 'default', 'a') as Pod
    cluster.api.update('Pod', { ...pod, metadata: { ...pod.metadata, finalizers: ['example.com/hold'] } })
    cluster.machines.dead.add('worker-0')
    cluster.api.delete('Node', '', 'worker-0')
    cluster.runFor(seconds(70))
    const held = cluster.api.get('Pod', 'default', 'a') as Pod
    expect(held.metadata.deletionGracePeriodSeconds).toBe(0)
    const mark = { type: 'DisruptionTarget', status: 'True', reason: 'DeletionByPodGC', message: 'PodGC: node no longer exists' }
    if (version === '1.26') expect(held.status).toMatchObject({ phase: 'Failed', conditions: [{ type: 'Ready' }, mark] })
    else expect(held.status.phase).toBe('Running')
  })

  it('NL-7.4: terminating pods of a node out of service go at the next pass', () => {
    const cluster = start()
    cluster.machines.dead.add('worker-0')
    setNode(cluster, 'Unknown', [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }])
    cluster.runFor(seconds(60))
    expect(names(cluster)).toEqual(['a', 'b'])
    cluster.api.delete('Pod', 'default', 'a') // at 61 s
    cluster.runFor(seconds(18.9))
    expect(names(cluster)).toEqual(['a', 'b'])
    cluster.runFor(seconds(0.1))
    expect(names(cluster)).toEqual(['b'])
  })

  it('NL-7.4: not while the node is ready, not without the taint, not before 1.26', () => {
    const taint = [{ key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' as const }]
    for (const [version, ready, taints] of [
      ['1.36', 'True', taint],
      ['1.36', 'Unknown', []],
      ['1.25', 'Unknown', taint],
    ] as const) {
      const cluster = start(version)
      cluster.machines.dead.add('worker-0')
      setNode(cluster, ready, [...taints])
      cluster.api.delete('Pod', 'default', 'a')
      cluster.runFor(seconds(100))
      expect(names(cluster)).toEqual(['a', 'b'])
    }
  })

  it('NL-7.7: a terminating pod without node is force-deleted, which a finalizer still holds up', () => {
    const cluster = createWorkloadTestCluster([podGarbageCollector], { nodes: 0 })
    cluster.create('Pod', { metadata: { name: 'p', finalizers: ['example.com/hold'] }, spec })
    cluster.api.delete('Pod', 'default', 'p')
    cluster.runFor(seconds(21))
    expect(cluster.api.get('Pod', 'default', 'p')).toMatchObject({ status: { phase: 'Failed' }, metadata: { deletionGracePeriodSeconds: 0 } })
  })

  it('NL-7.2: one pass: first what is out of service, then orphans, then what has no node', () => {
    const cluster = createWorkloadTestCluster([podGarbageCollector], { nodes: 2 })
    const held = { finalizers: ['example.com/hold'] }
    cluster.create('Pod', { metadata: { name: 'orphan', ...held }, spec: { ...spec, nodeName: 'worker-1' } })
    cluster.create('Pod', { metadata: { name: 'out', ...held }, spec: { ...spec, nodeName: 'worker-0' } })
    cluster.runFor(seconds(1))
    for (const name of ['worker-0', 'worker-1']) cluster.machines.dead.add(name)
    cluster.api.delete('Node', '', 'worker-1')
    cluster.runFor(seconds(50)) // noticed at 20 s, to be given up at 60 s
    setNode(cluster, 'Unknown', [{ key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' }])
    // deleted before anybody gives it a node
    cluster.create('Pod', { metadata: { name: 'a-pod', ...held }, spec })
    for (const name of ['a-pod', 'out']) cluster.api.delete('Pod', 'default', name)
    cluster.runFor(seconds(10))
    const pods = cluster.api.list('Pod')
    expect(pods.map((pod) => [pod.status.phase, pod.metadata.deletionGracePeriodSeconds])).toEqual(Array(3).fill(['Failed', 0]))
    const written = (pod: Pod) => Number(pod.metadata.resourceVersion)
    expect(pods.sort((a, b) => written(a) - written(b)).map((pod) => pod.metadata.name)).toEqual(['out', 'orphan', 'a-pod'])
  })

  it('no pass without a reason', () => {
    const cluster = start()
    cluster.api.delete('Pod', 'default', 'b')
    cluster.runFor(seconds(1))
    expect(cluster.core.peek()).toBeUndefined()
  })
})

describe('terminatedSurplus: NL-7.6', () => {
  const pod = (name: string, second: number, phase: 'Failed' | 'Running', reason?: string) =>
    ({ metadata: { name, creationTimestamp: `2026-01-01T00:00:0${second}Z` }, spec, status: { phase, reason } }) as Pod
  const pods = [pod('new', 3, 'Failed'), pod('old', 1, 'Failed'), pod('run', 0, 'Running'), pod('evicted', 4, 'Failed', 'Evicted')]
  const surplus = (version: KubernetesVersion, threshold: number) => terminatedSurplus(pods, version, threshold).map((p) => p.metadata.name)

  it('oldest first, evicted ones before all since 1.28', () => {
    expect(surplus('1.23', 1)).toEqual(['old', 'new'])
    expect(surplus('1.36', 1)).toEqual(['evicted', 'old'])
    expect(surplus('1.36', 3)).toEqual([])
  })
})
