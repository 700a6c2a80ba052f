/** The ready-made scenario checks of the specification (TL) on a whole cluster. */
import { describe, expect, test } from 'vitest'
import { conditionOf } from '#k8s/node.ts'
import { isPodReady } from '#k8s/pod.ts'
import { formatTaint } from '#k8s/taint.ts'
import type { DaemonSet, KubeEvent, KubeNode, KubeObject, Pod, PodSpec } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { Cluster, type ClusterOptions } from '../../cluster.ts'
import { firstPassMs } from './node-health.ts'

const unreachable = 'node.kubernetes.io/unreachable'

class TestCluster extends Cluster {
  constructor(options: ClusterOptions) {
    super(options)
    super.runUntil(firstPassMs)
  }

  override runUntil(atMs: number): void {
    super.runUntil(atMs + firstPassMs)
  }

  override runFor(ms: number): void {
    super.runUntil(this.nowMs + ms)
  }
}

/** Three nodes n1 … n3 (2 cpu, 4Gi), 1.23 constants. */
function clusterOf(nodes = 3, version: KubernetesVersion = '1.23'): Cluster {
  // times in these tests count from the first pass of the node monitor, so that its passes are at 0, 5, 10 … s
  const cluster = new TestCluster({ version })
  cluster.fault({ add: Array.from({ length: nodes }, (_, i) => ({ name: `n${i + 1}`, cpu: '2', memory: '4Gi' })) }, 'machines join')
  cluster.runUntil(10_000)
  return cluster
}

function template(app: string, spec: Partial<PodSpec> = {}) {
  return { metadata: { labels: { app } }, spec: { containers: [{ name: app, image: `${app}:v1` }], ...spec } }
}

function create(cluster: Cluster, kind: 'DaemonSet' | 'Deployment', name: string, spec: object = {}, podSpec: Partial<PodSpec> = {}): void {
  const object = {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: { app: name } }, template: template(name, podSpec), ...spec },
  }
  cluster.client.create(object as unknown as KubeObject)
}

const podsOf = (cluster: Cluster, app: string) =>
  (cluster.client.list('Pod', { labelSelector: `app=${app}` }).items as Pod[]).sort((a, b) =>
    (a.spec.nodeName ?? '').localeCompare(b.spec.nodeName ?? ''),
  )
const podOn = (cluster: Cluster, app: string, node: string) => podsOf(cluster, app).filter((p) => p.spec.nodeName === node)
const nodeText = (cluster: Cluster, name: string) => {
  const node = cluster.client.get({ kind: 'Node', name }) as KubeNode
  return [conditionOf(node, 'Ready')?.status, ...(node.spec.taints ?? []).map(formatTaint)].join(' ')
}
const agentStatus = (cluster: Cluster) => (cluster.client.get({ kind: 'DaemonSet', namespace: 'default', name: 'agent' }) as DaemonSet).status
const events = (cluster: Cluster, reason: string) =>
  (cluster.client.list('Event').items as KubeEvent[]).filter((e) => e.reason === reason).map((e) => e.message)

describe('TL-1, NL-9.1: one of three nodes dies', () => {
  test('the agent stays, the Deployment pod is replaced after five minutes', () => {
    const c = clusterOf()
    create(c, 'DaemonSet', 'agent')
    create(c, 'Deployment', 'web', { replicas: 3 })
    c.runUntil(100_000)
    const doomed = podOn(c, 'web', 'n2')
    expect(agentStatus(c)).toMatchObject({ desiredNumberScheduled: 3, numberReady: 3, numberMisscheduled: 0 })
    expect(doomed.length).toBeGreaterThan(0)
    c.fault({ fail: 'n2' }, 'n2 stops')
    c.runUntil(141_000)
    expect(nodeText(c, 'n2')).toBe(`Unknown ${unreachable}:NoSchedule`)
    expect(podOn(c, 'agent', 'n2').map(isPodReady)).toEqual([false])
    expect(agentStatus(c)).toMatchObject({ desiredNumberScheduled: 2, numberMisscheduled: 1, numberReady: 2 })
    c.runUntil(146_000)
    expect(nodeText(c, 'n2')).toContain(`${unreachable}:NoExecute`)
    c.runUntil(444_900)
    expect(podOn(c, 'web', 'n2').some((p) => p.metadata.deletionTimestamp)).toBe(false)
    c.runUntil(446_000)
    expect(podOn(c, 'web', 'n2').every((p) => p.metadata.deletionGracePeriodSeconds === 30)).toBe(true)
    expect(podsOf(c, 'web')).toHaveLength(3 + doomed.length)
    c.runUntil(3_600_000)
    expect(podOn(c, 'web', 'n2')).toHaveLength(doomed.length)
    expect(podOn(c, 'agent', 'n2')).toMatchObject([{ status: { phase: 'Running' } }])
  })

  test('TL-5: its Node object is deleted: the pods are collected 40 to 80 s later', () => {
    const c = clusterOf()
    create(c, 'DaemonSet', 'agent')
    create(c, 'Deployment', 'web', { replicas: 3 })
    c.runUntil(100_000)
    c.fault({ fail: 'n2' }, 'n2 stops')
    c.runUntil(200_000)
    c.client.delete({ kind: 'Node', name: 'n2' })
    c.runUntil(239_000)
    expect(podOn(c, 'agent', 'n2')).toHaveLength(1)
    c.runUntil(281_000)
    expect(podOn(c, 'agent', 'n2')).toEqual([])
    expect(podOn(c, 'web', 'n2')).toEqual([])
    expect(agentStatus(c).desiredNumberScheduled).toBe(2)
    expect(events(c, 'RemovingNode')).toEqual(['Node n2 event: Removing Node n2 from Controller'])
  })
})

test('TL-6: cordon leaves daemon pods alone and does not keep new ones away', () => {
  const c = clusterOf(1)
  create(c, 'DaemonSet', 'agent')
  c.runUntil(20_000)
  const node = c.client.get({ kind: 'Node', name: 'n1' }) as KubeNode
  c.client.update({ ...node, spec: { ...node.spec, unschedulable: true } } as KubeObject)
  create(c, 'DaemonSet', 'second')
  create(c, 'Deployment', 'web', { replicas: 1 })
  c.runUntil(40_000)
  expect(podOn(c, 'agent', 'n1').map(isPodReady)).toEqual([true])
  expect(podOn(c, 'second', 'n1').map(isPodReady)).toEqual([true])
  expect(events(c, 'FailedScheduling').join()).toContain('1 node(s) were unschedulable')
})

test('TL-8: a full node: an ordinary daemon pod waits, a critical one takes the place of another', () => {
  const c = clusterOf(1)
  const asking = (name: string) => ({ containers: [{ name, image: `${name}:v1`, resources: { requests: { cpu: '1500m' } } }] })
  create(c, 'Deployment', 'web', { replicas: 1 }, asking('web'))
  c.runUntil(20_000)
  create(c, 'DaemonSet', 'agent', {}, asking('agent'))
  c.runUntil(30_000)
  expect(podsOf(c, 'agent').map((p) => p.spec.nodeName)).toEqual([undefined])
  expect(events(c, 'FailedScheduling').join()).toContain('1 Insufficient cpu')
  create(c, 'DaemonSet', 'vital', {}, { ...asking('vital'), priorityClassName: 'system-node-critical' })
  c.runUntil(31_000)
  expect(events(c, 'Preempted')).toHaveLength(1)
  expect(podsOf(c, 'vital')).toMatchObject([{ status: { nominatedNodeName: 'n1' } }])
  c.runUntil(60_000)
  expect(podsOf(c, 'vital').map((p) => p.spec.nodeName)).toEqual(['n1'])
})

test('TL-10, TRAP-9: disk pressure: an evicted daemon pod is made again and turned away, after 1, 2, 4 … s', () => {
  const c = clusterOf(3, '1.36')
  create(c, 'DaemonSet', 'agent')
  c.runUntil(20_000)
  c.fault({ condition: { name: 'n3', set: { DiskPressure: true } } }, 'disk pressure')
  c.runUntil(29_000)
  expect(nodeText(c, 'n3')).toBe('True node.kubernetes.io/disk-pressure:NoSchedule')
  expect(podOn(c, 'agent', 'n3').map(isPodReady)).toEqual([true])
  // chosen in the first pass that evicts; its successors are not let in
  const failedAt: number[] = []
  for (let at = 29_500; at < 100_000; at += 100) {
    c.runUntil(at)
    const count = events(c, 'FailedDaemonPod').length
    while (failedAt.length < count) failedAt.push(at / 1000)
  }
  expect(failedAt[0]).toBeCloseTo(30.1, 0)
  const waits = failedAt.slice(1).map((at, i) => at - (failedAt[i] ?? 0))
  expect(waits).toHaveLength(6)
  // a successor lives for a moment before it is turned away, and is looked at when the wait is over
  for (const [i, wait] of waits.entries()) {
    expect(wait).toBeGreaterThanOrEqual(2 ** i - 0.1)
    expect(wait).toBeLessThan(2 ** i + 1.5)
  }
  const texts = events(c, 'Evicted')
  expect(texts.filter((text) => text.startsWith('The node was low on resource: ephemeral-storage. '))).toHaveLength(1)
  expect(new Set(texts).size).toBe(2)
  expect(texts).toContain('The node had condition: [DiskPressure]. ')
  c.fault({ condition: { name: 'n3', set: { DiskPressure: false } } }, 'disk is free')
  c.runUntil(300_000)
  expect(podOn(c, 'agent', 'n3').map(isPodReady)).toEqual([true])
})

test('TL-11: out-of-service on a dead node: everything there goes within 20 s, nothing new comes', () => {
  const c = clusterOf(3, '1.36')
  create(c, 'DaemonSet', 'agent')
  create(c, 'Deployment', 'web', { replicas: 3 })
  c.runUntil(100_000)
  c.fault({ fail: 'n2' }, 'n2 stops')
  c.runUntil(200_000)
  const node = c.client.get({ kind: 'Node', name: 'n2' }) as KubeNode
  const taints = [...(node.spec.taints ?? []), { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' as const }]
  c.client.update({ ...node, spec: { ...node.spec, taints } } as KubeObject)
  c.runUntil(200_100)
  expect(podOn(c, 'agent', 'n2').every((p) => p.metadata.deletionTimestamp)).toBe(true)
  c.runUntil(221_000)
  expect(podOn(c, 'agent', 'n2')).toEqual([])
  expect(podOn(c, 'web', 'n2')).toEqual([])
  expect(podsOf(c, 'web')).toHaveLength(3)
  c.runUntil(400_000)
  expect(podOn(c, 'agent', 'n2')).toEqual([])
})

test('TL-12: a node label that no longer matches: the controller deletes the pod, the kubelet does nothing by itself', () => {
  const c = clusterOf()
  const label = (value: string) => {
    const node = c.client.get({ kind: 'Node', name: 'n1' }) as KubeNode
    c.client.update({ ...node, metadata: { ...node.metadata, labels: { ...node.metadata.labels, disk: value } } } as KubeObject)
  }
  label('ssd')
  create(c, 'DaemonSet', 'agent', {}, { nodeSelector: { disk: 'ssd' } })
  c.runUntil(20_000)
  expect(podsOf(c, 'agent').map((p) => p.spec.nodeName)).toEqual(['n1'])
  label('hdd')
  c.runUntil(30_000)
  expect(podsOf(c, 'agent')).toEqual([])
  expect(events(c, 'SuccessfulDelete')).toHaveLength(1)
})

test('TL-14, API-2, TRAP-7: a pending unbound pod goes at once, a running one within its grace period, at once when forced', () => {
  const c = clusterOf(2)
  create(c, 'DaemonSet', 'agent', {}, { containers: [{ name: 'agent', image: 'agent:v1', resources: { requests: { cpu: '64' } } }] })
  create(c, 'DaemonSet', 'runs')
  c.runUntil(20_000)
  const remove = (pod: Pod | undefined, gracePeriodSeconds?: number) =>
    c.client.delete({ kind: 'Pod', namespace: 'default', name: pod?.metadata.name ?? '' }, { gracePeriodSeconds })
  const isThere = (pod: Pod | undefined) => (c.client.list('Pod').items as Pod[]).some((p) => p.metadata.uid === pod?.metadata.uid)
  const [pending] = podsOf(c, 'agent')
  expect(pending?.spec.nodeName).toBeUndefined()
  remove(pending)
  expect(isThere(pending)).toBe(false)
  const [ordinary, forced] = podsOf(c, 'runs')
  remove(ordinary)
  remove(forced, 0)
  expect([isThere(ordinary), isThere(forced)]).toEqual([true, false])
  expect(podsOf(c, 'runs').find((p) => p.metadata.uid === ordinary?.metadata.uid)?.metadata.deletionGracePeriodSeconds).toBe(30)
  c.runFor(30_000)
  expect(isThere(ordinary)).toBe(false)
})

test('NL-7.1, WC-5.9, TRAP-14: a pod on a dead node stays Terminating for ever; foreground deletion hangs on it, background does not', () => {
  const c = clusterOf()
  create(c, 'DaemonSet', 'agent')
  create(c, 'DaemonSet', 'other')
  c.runUntil(20_000)
  c.fault({ fail: 'n2' }, 'n2 stops')
  c.runUntil(100_000)
  c.client.delete({ kind: 'DaemonSet', namespace: 'default', name: 'agent' }, { propagationPolicy: 'Foreground' })
  c.client.delete({ kind: 'DaemonSet', namespace: 'default', name: 'other' }, { propagationPolicy: 'Background' })
  c.runUntil(7_200_000)
  expect((c.client.list('DaemonSet').items as DaemonSet[]).map((ds) => ds.metadata.name)).toEqual(['agent'])
  expect(['agent', 'other'].map((app) => podsOf(c, app).map((p) => p.spec.nodeName))).toEqual([['n2'], ['n2']])
  c.fault({ recover: 'n2' }, 'n2 returns')
  c.runFor(10_000)
  expect(c.client.list('DaemonSet').items).toEqual([])
  expect(['agent', 'other'].flatMap((app) => podsOf(c, app))).toEqual([])
})
