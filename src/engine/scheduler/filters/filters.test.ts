import { describe, expect, it } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { runFilters, runFiltersWithNominatedPods } from '../run-filters.ts'
import { makeNode, makePod, pinnedTo, TestCluster } from '../test-cluster.ts'
import type { FilterFailure } from './plugin.ts'

function verdict(cluster: TestCluster, pod: Pod, node = 'n1'): FilterFailure | undefined {
  const cycle = cluster.cycle(pod)
  const info = cycle.view.node(node)
  if (!info) throw new Error(`no node ${node}`)
  return runFilters(cycle, info)
}

const one = (options = {}, version?: KubernetesVersion) => new TestCluster(version).add(makeNode('n1', options))

describe('NodeUnschedulable (SCH-3.1, SCH-3.9)', () => {
  it('rejects, before the taint is looked at (SCH-2.2, TRAP-13)', () => {
    const cluster = one({ unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] })
    expect(verdict(cluster, makePod('p'))).toMatchObject({ reasons: ['node(s) were unschedulable'], resolvable: false })
  })
  it('lets daemon pods pass', () => {
    const tolerations = [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' }]
    expect(verdict(one({ unschedulable: true }), makePod('p', { spec: { tolerations } }))).toBeUndefined()
  })
})

describe('TaintToleration (SCH-3.3, SCH-3.11)', () => {
  const taints = [
    { key: 'soft', effect: 'PreferNoSchedule' as const },
    { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' as const },
    { key: 'other', effect: 'NoExecute' as const },
  ]
  const texts: [KubernetesVersion, string][] = [
    ['1.23', "node(s) had taint {dedicated: gpu}, that the pod didn't tolerate"],
    ['1.24', 'node(s) had untolerated taint {dedicated: gpu}'],
    ['1.34', 'node(s) had untolerated taint {dedicated: gpu}'],
    ['1.35', 'node(s) had untolerated taint(s)'],
  ]
  it.each(texts)('names the first one in the words of %s', (version, text) => {
    expect(verdict(one({ taints }, version), makePod('p'))?.reasons).toEqual([text])
  })
  it('writes an empty value as nothing', () => {
    const tolerations = [{ key: 'dedicated', operator: 'Exists' }]
    expect(verdict(one({ taints }, '1.28'), makePod('p', { spec: { tolerations } }))?.reasons).toEqual(['node(s) had untolerated taint {other: }'])
  })
})

describe('NodeAffinity (SCH-3.4, SCH-4.1)', () => {
  it('wants the node selector and one of the terms', () => {
    const cluster = one({ labels: { disk: 'ssd' } })
    expect(verdict(cluster, makePod('p', { spec: { nodeSelector: { disk: 'hdd' } } }))).toMatchObject({
      reasons: ["node(s) didn't match Pod's node affinity/selector"],
      resolvable: false,
    })
    expect(verdict(cluster, makePod('p', { spec: { nodeSelector: { disk: 'ssd' }, affinity: pinnedTo('n2') } }))?.reasons).toHaveLength(1)
    expect(verdict(cluster, makePod('p', { spec: { nodeSelector: { disk: 'ssd' }, affinity: pinnedTo('n2', 'n1') } }))).toBeUndefined()
  })
})

describe('NodePorts (SCH-3.13)', () => {
  const taken = (extra = {}) => one().add(makePod('a', { hostPort: 80, spec: { nodeName: 'n1' }, ...extra }))
  it('gives a port once, also while its pod terminates', () => {
    expect(verdict(taken({ deletionTimestamp: '2026-01-01T00:00:00Z' }), makePod('p', { hostPort: 80 }))).toMatchObject({
      reasons: ["node(s) didn't have free ports for the requested pod ports"],
      resolvable: true,
    })
    expect(verdict(taken(), makePod('p', { hostPort: 81 }))).toBeUndefined()
  })
  it('frees it when the pod is terminal (SCH-3.16)', () => {
    expect(verdict(taken({ status: { phase: 'Failed' } }), makePod('p', { hostPort: 80 }))).toBeUndefined()
  })
  it('keeps protocols and addresses apart', () => {
    const port = (hostIP: string, protocol = 'TCP') =>
      makePod('p', { spec: { containers: [{ name: 'c', ports: [{ containerPort: 80, hostPort: 80, hostIP, protocol }] }] } })
    const cluster = one().add({ ...port('10.0.0.1'), metadata: { name: 'a', namespace: 'default', uid: 'a' } })
    cluster.change('Pod', 'a', (pod) => ({ ...pod, spec: { ...(pod as Pod).spec, nodeName: 'n1' } }) as Pod)
    expect(verdict(cluster, port('10.0.0.2'))).toBeUndefined()
    expect(verdict(cluster, port('10.0.0.1', 'UDP'))).toBeUndefined()
    expect(verdict(cluster, port(''))?.plugin).toBe('NodePorts')
  })
})

describe('NodeResourcesFit (SCH-3.14)', () => {
  it('collects all reasons of one node', () => {
    const cluster = one({ cpu: '1', memory: '1Gi', pods: '1' }).add(makePod('a', { spec: { nodeName: 'n1' } }))
    const pod = makePod('p', { requests: { cpu: '2', memory: '2Gi', 'ephemeral-storage': '1Gi', 'example.com/gpu': '1' } })
    expect(verdict(cluster, pod)?.reasons).toEqual([
      'Too many pods',
      'Insufficient cpu',
      'Insufficient memory',
      'Insufficient ephemeral-storage',
      'Insufficient example.com/gpu',
    ])
  })
  it('counts terminating pods in full (SCH-3.16, TRAP-7)', () => {
    const a = makePod('a', { requests: { cpu: '1500m' }, spec: { nodeName: 'n1' }, deletionTimestamp: '2026-01-01T00:00:00Z' })
    const failure = verdict(one().add(a), makePod('p', { requests: { cpu: '1' } }))
    expect(failure).toMatchObject({ reasons: ['Insufficient cpu'], resolvable: true })
    expect(failure?.detail).toEqual({ kind: 'resources', shortages: [{ resource: 'cpu', requested: 1000, used: 1500, allocatable: 2000 }] })
  })
  it('is final, in newer versions, when the request exceeds the node', () => {
    const pod = makePod('p', { requests: { cpu: '3' } })
    expect(verdict(one({}, '1.28'), pod)?.resolvable).toBe(true)
    expect(verdict(one({}, '1.36'), pod)?.resolvable).toBe(false)
  })
})

describe('PodTopologySpread (SCH-3.7)', () => {
  const zone = (z: string) => ({ labels: { zone: z } })
  const spread = (maxSkew: number) => ({
    labels: { app: 'web' },
    spec: {
      topologySpreadConstraints: [
        { maxSkew, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } },
      ],
    },
  })
  const cluster = () =>
    new TestCluster()
      .add(makeNode('n1', zone('a')), makeNode('n2', zone('b')), makeNode('n3'))
      .add(makePod('a', { labels: { app: 'web' }, spec: { nodeName: 'n1' } }))
  it('keeps the difference to the emptiest domain within maxSkew', () => {
    expect(verdict(cluster(), makePod('p', spread(1)))?.reasons).toEqual(["node(s) didn't match pod topology spread constraints"])
    expect(verdict(cluster(), makePod('p', spread(2)))).toBeUndefined()
    expect(verdict(cluster(), makePod('p', spread(1)), 'n2')).toBeUndefined()
  })
  it('wants the label', () => {
    expect(verdict(cluster(), makePod('p', spread(1)), 'n3')).toMatchObject({
      reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
      resolvable: false,
    })
  })
})

describe('InterPodAffinity (SCH-3.8)', () => {
  const term = { labelSelector: { matchLabels: { app: 'db' } }, topologyKey: 'kubernetes.io/hostname' }
  const near = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
  const far = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
  const cluster = () => new TestCluster().add(makeNode('n1'), makeNode('n2'))
  const db = makePod('db', { labels: { app: 'db' }, spec: { nodeName: 'n1' } })
  it('affinity', () => {
    expect(verdict(cluster().add(db), makePod('p', { spec: { affinity: near } }))).toBeUndefined()
    expect(verdict(cluster().add(db), makePod('p', { spec: { affinity: near } }), 'n2')).toMatchObject({
      reasons: ["node(s) didn't match pod affinity rules"],
      resolvable: false,
    })
    expect(verdict(cluster(), makePod('p', { labels: { app: 'db' }, spec: { affinity: near } }))).toBeUndefined()
  })
  it('anti-affinity, of both sides', () => {
    expect(verdict(cluster().add(db), makePod('p', { spec: { affinity: far } }))).toMatchObject({
      reasons: ["node(s) didn't match pod anti-affinity rules"],
      resolvable: true,
    })
    const loner = makePod('loner', { spec: { nodeName: 'n1', affinity: far } })
    expect(verdict(cluster().add(loner), makePod('p', { labels: { app: 'db' } }))?.reasons).toEqual([
      "node(s) didn't satisfy existing pods anti-affinity rules",
    ])
    expect(verdict(cluster().add(loner), makePod('p', { labels: { app: 'db' } }), 'n2')).toBeUndefined()
  })
})

it('nominated pods of equal or higher priority count as there (SCH-8.6)', () => {
  const cluster = one().add(makePod('nominee', { requests: { cpu: '2' }, spec: { priority: 10 }, status: { nominatedNodeName: 'n1' } }))
  const fits = (priority: number) => {
    const cycle = cluster.cycle(makePod('p', { requests: { cpu: '1' }, spec: { priority } }))
    const info = cycle.view.node('n1')
    return info && runFiltersWithNominatedPods(cycle, info) === undefined
  }
  expect([fits(0), fits(10), fits(11)]).toEqual([false, false, true])
})
