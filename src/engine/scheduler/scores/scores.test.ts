import { describe, expect, it } from 'vitest'
import type { AnyObject, Pod, Service, Toleration } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { makeNode, makePod, TestCluster } from '../test-cluster.ts'
import { balancedAllocation } from './balanced-allocation.ts'
import { interPodAffinity } from './inter-pod-affinity.ts'
import { nodeAffinity } from './node-affinity.ts'
import { nodeResourcesFit } from './node-resources-fit.ts'
import type { NodeScorePlugin, ScorePlugin } from './plugin.ts'
import { normalizeSpreadScores, podTopologySpread, rawSpreadScores } from './pod-topology-spread.ts'
import { taintToleration } from './taint-toleration.ts'

function scoresOf(plugin: ScorePlugin | NodeScorePlugin, cluster: TestCluster, pod: Pod): readonly number[] | 'skipped' {
  const cycle = cluster.cycle(pod)
  const nodes = cycle.view.nodes()
  if (!('score' in plugin)) return nodes.map((info) => plugin.scoreNode(cycle, info))
  return plugin.skips(cycle) ? 'skipped' : plugin.score(cycle, nodes)
}

describe('resource scores (SCH-5.11)', () => {
  const small = { requests: { cpu: '250m', memory: '64Mi' } }
  const withPods = (count: number) => {
    const cluster = new TestCluster('1.23').add(makeNode('n1'))
    for (let i = 0; i < count; i++) cluster.add(makePod(`a${i}`, { ...small, spec: { nodeName: 'n1' } }))
    return cluster
  }
  it('best-effort pod on an empty node: 95 and 100', () => {
    expect(scoresOf(nodeResourcesFit, withPods(0), makePod('p'))).toEqual([95])
    expect(scoresOf(balancedAllocation, withPods(0), makePod('p'))).toEqual([100])
  })
  it.each([
    [0, 92, 94],
    [1, 85, 89],
    [2, 78, 83],
  ])('250m/64Mi beside %i such pods: %i and %i', (count, least, balanced) => {
    expect(scoresOf(nodeResourcesFit, withPods(count), makePod('p', small))).toEqual([least])
    expect(scoresOf(balancedAllocation, withPods(count), makePod('p', small))).toEqual([balanced])
  })
  const zero = { cpu: '0', memory: '0' }
  const two = makePod('p', { spec: { containers: ['c', 'd'].map((name) => ({ name, image: 'c:v1' })) } })
  it.each<[string, Pod | undefined, Pod, number]>([
    ['an explicit 0 counts 0', undefined, makePod('p', { requests: zero }), 100],
    ['what is not asked for counts for each container', undefined, two, 90],
    ['also of the pods that are there', makePod('a', { spec: { nodeName: 'n1' } }), makePod('p', { requests: zero }), 95],
    ['more than there is scores 0 for that resource', undefined, makePod('p', { requests: { cpu: '3', memory: '0' } }), 50],
    ['nothing left scores 0', undefined, makePod('p', { requests: { cpu: '2', memory: '4Gi' } }), 0],
  ])('SCH-5.4: %s', (_, there, pod, score) => {
    const cluster = new TestCluster('1.23').add(makeNode('n1'))
    if (there) cluster.add(there)
    expect(scoresOf(nodeResourcesFit, cluster, pod)).toEqual([score])
  })
  it('SCH-5.5: a fraction is at most 1, and what is not asked for is 0', () => {
    const balanced = (requests: Record<string, string>) =>
      scoresOf(balancedAllocation, new TestCluster('1.36').add(makeNode('n1')), makePod('p', { requests }))
    expect([balanced({ cpu: '3' }), balanced({ cpu: '1' }), balanced({ cpu: '1', memory: '2Gi' })]).toEqual([[50], [75], [100]])
  })
  it('newer versions do not balance best-effort pods (SCH-5.5)', () => {
    expect(scoresOf(balancedAllocation, new TestCluster('1.36').add(makeNode('n1')), makePod('p'))).toEqual([0])
  })
})

describe('default topology spread (SCH-5.8, SCH-5.11)', () => {
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default', uid: 'svc' },
    spec: { selector: { app: 'web' } },
    status: {},
  }
  const spreadOf = (counts: number[], zones: string[] = [], version: KubernetesVersion = '1.23') => {
    const cluster = new TestCluster(version)
    cluster.core.commit('test', 'create', 'default/web', undefined, service)
    counts.forEach((count, i) => {
      cluster.add(makeNode(`n${i}`, zones[i] ? { labels: { 'topology.kubernetes.io/zone': zones[i] } } : {}))
      for (let k = 0; k < count; k++) cluster.add(makePod(`a${i}-${k}`, { labels: { app: 'web' }, spec: { nodeName: `n${i}` } }))
    })
    const cycle = cluster.cycle(makePod('p', { labels: { app: 'web' } }))
    // nodes by name, whatever the order of zones
    const nodes = counts.map((_, i) => cycle.view.node(`n${i}`)).filter((info) => info !== undefined)
    const raw = rawSpreadScores(cycle, nodes)
    return [raw, normalizeSpreadScores(raw)]
  }
  it.each([
    [
      [0, 0, 0],
      [2, 2, 2],
      [100, 100, 100],
    ],
    [
      [1, 0, 0],
      [3, 2, 2],
      [66, 100, 100],
    ],
    [
      [1, 1, 0],
      [3, 3, 2],
      [66, 66, 100],
    ],
    [
      [2, 1, 1],
      [5, 3, 3],
      [60, 100, 100],
    ],
    [
      [3, 1, 1],
      [6, 3, 3],
      [50, 100, 100],
    ],
  ])('hostname only: %j pods → raw %j → %j', (counts, raw, scores) => {
    expect(spreadOf(counts)).toEqual([raw, scores])
  })
  it('one zone per node', () => {
    expect(spreadOf([1, 0, 0], ['a', 'b', 'c'])).toEqual([
      [9, 6, 6],
      [66, 100, 100],
    ])
  })
  it('two zones of two nodes', () => {
    expect(spreadOf([1, 0, 0, 0], ['a', 'a', 'b', 'b'])).toEqual([
      [9, 7, 6, 6],
      [66, 88, 100, 100],
    ])
  })
  it('1 × ln 5 + 2 = 3.6 is rounded since 1.24', () => {
    expect(spreadOf([1, 0, 0], [], '1.36')[0]).toEqual([4, 2, 2])
  })
  it('SCH-5.8: pods of a ReplicaSet are spread without a Service, those of a DaemonSet or Job are not', () => {
    const cluster = new TestCluster('1.23').add(makeNode('n0'), makeNode('n1'))
    const spec = { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } } }
    for (const kind of ['ReplicaSet', 'DaemonSet'] as const)
      cluster.core.commit('test', 'create', 'default/web', undefined, {
        apiVersion: 'apps/v1',
        kind,
        metadata: { name: 'web', namespace: 'default', uid: 'uid-web' },
        spec,
        status: {},
      } as unknown as AnyObject)
    const there = { labels: { app: 'web' }, spec: { nodeName: 'n0' } }
    // neither a terminating one, nor one of another namespace, nor one that nobody selects counts
    cluster.add(makePod('a', there), makePod('ending', { ...there, deletionTimestamp: '2026-01-01T00:00:00Z' }))
    cluster.add(makePod('far', { ...there, namespace: 'far' }), makePod('other', { spec: { nodeName: 'n0' } }))
    const rawOf = (kind: string) => {
      const cycle = cluster.cycle(makePod('p', { labels: { app: 'web' }, owner: { kind, name: 'web' } }))
      return podTopologySpread.skips(cycle) ? 'skipped' : rawSpreadScores(cycle, cycle.view.nodes())
    }
    // 1 × ln(2 + 2) + 2 = 3.4
    expect(rawOf('ReplicaSet')).toEqual([3, 2])
    expect([rawOf('DaemonSet'), rawOf('Job')]).toEqual(['skipped', 'skipped'])
  })
  it('pods nobody selects are not spread', () => {
    const cluster = new TestCluster().add(makeNode('n1'))
    const cycle = cluster.cycle(makePod('p', { labels: { app: 'web' } }))
    expect(podTopologySpread.skips(cycle)).toBe(true)
  })
})

describe('TaintToleration score (SCH-5.6)', () => {
  const soft = (key: string) => ({ key, effect: 'PreferNoSchedule' as const })
  it('fewer untolerated soft taints are better', () => {
    const cluster = new TestCluster().add(makeNode('n1'), makeNode('n2', { taints: [soft('a')] }), makeNode('n3', { taints: [soft('a'), soft('b')] }))
    expect(scoresOf(taintToleration, cluster, makePod('p'))).toEqual([100, 50, 0])
  })
  it('SCH-5.6: tolerations of PreferNoSchedule or of every effect count, others do not', () => {
    const cluster = new TestCluster().add(makeNode('n1', { taints: [soft('a')] }), makeNode('n2', { taints: [soft('b')] }))
    const tolerating = (...tolerations: Toleration[]) => scoresOf(taintToleration, cluster, makePod('p', { spec: { tolerations } }))
    expect(tolerating({ key: 'a', operator: 'Exists' })).toEqual([100, 0])
    expect(tolerating({ key: 'b', operator: 'Exists', effect: 'PreferNoSchedule' })).toEqual([0, 100])
    expect(tolerating({ key: 'a', operator: 'Exists', effect: 'NoSchedule' }, { key: 'b', operator: 'Exists' })).toEqual([0, 100])
  })
  it('is the same everywhere without such taints', () => {
    expect(scoresOf(taintToleration, new TestCluster().add(makeNode('n1'), makeNode('n2')), makePod('p'))).toBe('skipped')
  })
})

it('NodeAffinity score: weights summed, the best node 100 (SCH-4.7)', () => {
  const cluster = new TestCluster().add(makeNode('n1', { labels: { a: '1', b: '1' } }), makeNode('n2', { labels: { a: '1' } }), makeNode('n3'))
  const exists = (key: string) => ({ matchExpressions: [{ key, operator: 'Exists' }] })
  const preferredDuringSchedulingIgnoredDuringExecution = [
    { weight: 10, preference: exists('a') },
    { weight: 20, preference: exists('b') },
    { weight: 5, preference: {} },
  ]
  const pod = makePod('p', { spec: { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution } } } })
  expect(scoresOf(nodeAffinity, cluster, pod)).toEqual([100, 33, 0])
})

it('InterPodAffinity score: preferred terms in both directions (SCH-5.9)', () => {
  const podAffinityTerm = { labelSelector: { matchLabels: { app: 'db' } }, topologyKey: 'kubernetes.io/hostname' }
  const prefer = (rule: 'podAffinity' | 'podAntiAffinity') => ({
    [rule]: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 10, podAffinityTerm }] },
  })
  const cluster = new TestCluster().add(makeNode('n1'), makeNode('n2')).add(makePod('db', { labels: { app: 'db' }, spec: { nodeName: 'n1' } }))
  expect(scoresOf(interPodAffinity, cluster, makePod('p', { spec: { affinity: prefer('podAffinity') } }))).toEqual([100, 0])
  expect(scoresOf(interPodAffinity, cluster, makePod('p', { spec: { affinity: prefer('podAntiAffinity') } }))).toEqual([0, 100])
  expect(scoresOf(interPodAffinity, cluster, makePod('p'))).toBe('skipped')
  cluster.add(makePod('shy', { spec: { nodeName: 'n2', affinity: prefer('podAntiAffinity') } }))
  expect(scoresOf(interPodAffinity, cluster, makePod('p', { labels: { app: 'db' } }))).toEqual([100, 0])
})
