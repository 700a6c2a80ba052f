import { describe, expect, it } from 'vitest'
import { ApiError } from '#k8s/api-error.ts'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import { Cluster } from './cluster.ts'
import { clusterOf, daemonSet, everything } from './test-cluster.ts'

const podsOf = (cluster: Cluster) => cluster.client.list('Pod').items as Pod[]
const ready = (cluster: Cluster, name: string) =>
  (cluster.client.get({ kind: 'DaemonSet', namespace: 'default', name }) as DaemonSet).status.numberReady

describe('a cluster', () => {
  it('gives every node its daemon pod, bound by the scheduler and started by the kubelet', () => {
    const cluster = clusterOf('a', 'b')
    cluster.client.create(daemonSet('agent'))
    cluster.settle()
    expect(
      podsOf(cluster)
        .map((p) => [p.spec.nodeName, p.status.phase])
        .sort(),
    ).toEqual([
      ['a', 'Running'],
      ['b', 'Running'],
    ])
    expect(ready(cluster, 'agent')).toBe(2)
    const { entries } = cluster.core.state.journal
    const bind = entries.find((e) => e.verb === 'bind')
    const create = entries.find((e) => e.id === bind?.cause)
    expect([bind?.by, create?.by, create?.verb]).toEqual(['default-scheduler', 'daemonset-controller', 'create'])
    expect(entries.find((e) => e.id === create?.cause)).toMatchObject({ by: 'user', verb: 'create', kind: 'DaemonSet' })
  })

  it('is the same history for the same seed, and another for another (SIM-4, NM-1.4)', () => {
    const play = (seed: number) => {
      const cluster = new Cluster({ seed })
      cluster.fault({ add: [{ name: 'a' }, { name: 'b' }] }, 'join')
      cluster.client.create(daemonSet('agent'))
      cluster.settle()
      cluster.fault({ fail: 'a' }, 'stop')
      cluster.runFor(400_000)
      return everything(cluster)
    }
    const first = play(1)
    expect(play(1) === first).toBe(true)
    expect(play(2) === first).toBe(false)
  })

  it('goes on from a snapshot as it went on before', () => {
    const cluster = clusterOf('a', 'b', 'c')
    cluster.client.create(daemonSet('agent'))
    cluster.runFor(200)
    const snapshot = cluster.snapshot()
    const goOn = () => {
      cluster.fault({ fail: 'b' }, 'stop')
      cluster.runFor(100_000)
      return everything(cluster)
    }
    const first = goOn()
    cluster.restore(snapshot)
    expect(goOn() === first).toBe(true)
    const fork = cluster.fork()
    fork.runFor(1000)
    expect(everything(cluster) === first).toBe(true)
  })
})

describe('the API as a user sees it', () => {
  it('defaults, counts generations and refuses outdated updates', () => {
    const cluster = clusterOf('a')
    const made = cluster.client.create(daemonSet('agent')) as DaemonSet
    expect(made.spec.updateStrategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } })
    expect(made.metadata.generation).toBe(1)
    const ref = { kind: 'DaemonSet', namespace: 'default', name: 'agent' } as const
    const labelled = cluster.client.patch(ref, 'merge', { metadata: { labels: { a: 'b' } } })
    expect(labelled.metadata.generation).toBe(1)
    const slower = cluster.client.patch(ref, 'merge', { spec: { minReadySeconds: 5 } })
    expect([slower.metadata.generation, slower.metadata.annotations]).toMatchObject([2, { 'deprecated.daemonset.template.generation': '1' }])
    const image = cluster.client.patch(ref, 'strategic', { spec: { template: { spec: { containers: [{ name: 'c', image: 'x:2' }] } } } })
    expect([image.metadata.generation, image.metadata.annotations]).toMatchObject([3, { 'deprecated.daemonset.template.generation': '2' }])
    expect(() => cluster.client.update(made)).toThrow(ApiError)
    expect(() => cluster.client.create(daemonSet('agent'))).toThrow('daemonsets.apps "agent" already exists')
  })

  it('writes nothing on a dry run', () => {
    const cluster = clusterOf('a')
    const before = everything(cluster)
    cluster.client.create(daemonSet('agent'), { dryRun: true })
    expect(everything(cluster) === before).toBe(true)
  })

  it('does not admit pods into namespaces that are missing or going (DS-15.7)', () => {
    const cluster = clusterOf('a')
    const lost = { ...daemonSet('agent'), metadata: { name: 'agent', namespace: 'nope' } }
    expect(() => cluster.client.create(lost)).toThrow('namespaces "nope" not found')
  })
})
