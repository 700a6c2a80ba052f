import { describe, expect, test } from 'vitest'
import type { Condition, DaemonSet, KubeNode, KubeObject, Pod, PodSpec, Toleration } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { Cluster } from '../../cluster.ts'

const notReady = 'node.kubernetes.io/not-ready'
const unreachable = 'node.kubernetes.io/unreachable'

function clusterOf(nodes: number, version?: KubernetesVersion): Cluster {
  const cluster = new Cluster({ seed: 1, ...(version && { version }) })
  cluster.fault({ add: Array.from({ length: nodes }, (_, i) => ({ name: `n${i + 1}` })) }, 'machines join')
  cluster.settle()
  return cluster
}

function daemonSet(name: string, spec: Partial<PodSpec> = {}): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'default' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'c:v1' }], ...spec } },
    },
  } as unknown as KubeObject
}

const pod = (name: string, spec: Partial<PodSpec> = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'c:v1' }], ...spec },
  }) as unknown as KubeObject

const podOf = (c: Cluster, name: string) => c.client.get({ kind: 'Pod', namespace: 'default', name }) as Pod
const nodeOf = (c: Cluster, name: string) => c.client.get({ kind: 'Node', name }) as KubeNode
const podsOf = (c: Cluster, app: string) => c.client.list('Pod', { labelSelector: `app=${app}` }).items as Pod[]
const statusOf = (c: Cluster, name: string) => (c.client.get({ kind: 'DaemonSet', namespace: 'default', name }) as DaemonSet).status
const text = (t: Toleration) => [t.key ?? '', t.operator, t.effect ?? '', t.tolerationSeconds ?? ''].join('|')

describe('tolerations of 300 seconds (NL-8, T-9)', () => {
  const both = [`${notReady}|Exists|NoExecute|300`, `${unreachable}|Exists|NoExecute|300`]
  const exists = (key: string | undefined, effect: string | undefined, tolerationSeconds?: number) =>
    ({ ...(key && { key }), operator: 'Exists', ...(effect && { effect }), ...(tolerationSeconds && { tolerationSeconds }) }) as Toleration
  test.each([
    ['none of its own', [], both],
    ['not-ready for good', [exists(notReady, 'NoExecute')], [`${notReady}|Exists|NoExecute|`, both[1]]],
    ['unreachable, whatever the effect', [exists(unreachable, undefined)], [`${unreachable}|Exists||`, both[0]]],
    ['not-ready with another effect does not count', [exists(notReady, 'NoSchedule')], [`${notReady}|Exists|NoSchedule|`, ...both]],
    ['everything', [exists(undefined, undefined)], ['|Exists||']],
    ['everything NoExecute for a minute', [exists(undefined, 'NoExecute', 60)], ['|Exists|NoExecute|60']],
    ['another key', [exists('a', 'NoExecute')], ['a|Exists|NoExecute|', ...both]],
  ])('NL-8.1, NL-8.2: %s', (_, tolerations, expected) => {
    const c = clusterOf(1)
    c.client.create(pod('p', { tolerations }))
    expect(podOf(c, 'p').spec.tolerations?.map(text)).toEqual(expected)
  })

  test('NL-8.1: daemon pods carry both already, without an end', () => {
    const c = clusterOf(1)
    c.client.create(daemonSet('agent'))
    c.settle()
    const own = podsOf(c, 'agent')[0]?.spec.tolerations?.map(text) ?? []
    expect(own.filter((t) => t.includes(notReady) || t.includes(unreachable))).toEqual([
      `${notReady}|Exists|NoExecute|`,
      `${unreachable}|Exists|NoExecute|`,
    ])
  })
})

test('NL-1.2, NL-1.3: what a kubelet says of its node, in this order', () => {
  const c = clusterOf(1)
  const line = ({ type, status, reason, message }: Condition) => `${type} ${status} ${reason}: ${message}`
  expect(nodeOf(c, 'n1').status.conditions?.map(line)).toEqual([
    'MemoryPressure False KubeletHasSufficientMemory: kubelet has sufficient memory available',
    'DiskPressure False KubeletHasNoDiskPressure: kubelet has no disk pressure',
    'PIDPressure False KubeletHasSufficientPID: kubelet has sufficient PID available',
    'Ready True KubeletReady: kubelet is posting ready status',
  ])
  c.fault({ condition: { name: 'n1', set: { MemoryPressure: true, DiskPressure: true, PIDPressure: true } } }, 'trouble')
  c.runFor(1000)
  expect(nodeOf(c, 'n1').status.conditions?.slice(0, 3).map(line)).toEqual([
    'MemoryPressure True KubeletHasInsufficientMemory: kubelet has insufficient memory available',
    'DiskPressure True KubeletHasDiskPressure: kubelet has disk pressure',
    'PIDPressure True KubeletHasInsufficientPID: kubelet has insufficient PID available',
  ])
})

test('NL-1.1: the lease is renewed every 10 s, heartbeats of conditions are up to 5 min old', () => {
  const c = clusterOf(1)
  const seconds = (stamp: string | undefined) => (c.core.epochNow() - Date.parse(stamp ?? '')) / 1000
  let oldest = 0
  for (let i = 0; i < 120; i++) {
    c.runFor(7000)
    const lease = c.client.get({ kind: 'Lease', namespace: 'kube-node-lease', name: 'n1' }) as KubeObject & { spec: { renewTime: string } }
    expect(seconds(lease.spec.renewTime)).toBeLessThanOrEqual(11)
    oldest = Math.max(oldest, seconds(nodeOf(c, 'n1').status.conditions?.[0]?.lastHeartbeatTime))
  }
  expect(oldest).toBeGreaterThan(200)
  expect(oldest).toBeLessThanOrEqual(311)
})

test('the beta labels follow the stable ones (reconcileNodeLabels), and only they', () => {
  const c = clusterOf(1)
  const node = nodeOf(c, 'n1')
  const { 'beta.kubernetes.io/arch': _, ...labels } = node.metadata.labels ?? {}
  c.client.update({ ...node, metadata: { ...node.metadata, labels: { ...labels, 'beta.kubernetes.io/os': 'plan9' } } })
  c.settle()
  expect(nodeOf(c, 'n1').metadata.labels).toEqual(node.metadata.labels)
  c.client.update({ ...nodeOf(c, 'n1'), metadata: { ...node.metadata, resourceVersion: undefined, labels: { 'kubernetes.io/os': 'windows' } } })
  c.settle()
  expect(nodeOf(c, 'n1').metadata.labels).toEqual({ 'kubernetes.io/os': 'windows', 'beta.kubernetes.io/os': 'windows' })
})

describe('a node that falls silent', () => {
  test.each([
    ['1.23', 40],
    ['1.31', 40],
    ['1.32', 50],
    ['1.36', 50],
  ] as const)('NL-9.2, T-4: in %s it is Unknown after %d s', (version, grace) => {
    const c = clusterOf(3, version)
    c.fault({ fail: 'n2' }, 'n2 stops')
    const ready = () => nodeOf(c, 'n2').status.conditions?.find((x) => x.type === 'Ready')?.status
    // the last renewal is up to 10 s old, a pass comes every 5 s
    c.runFor((grace - 11) * 1000)
    expect(ready()).toBe('True')
    c.runFor(16_100)
    expect(ready()).toBe('Unknown')
  })

  test('NL-4.5, NL-2.8, NL-9.4: taints carry their time; when it is back pods are Ready within 10 s, and none was started again', () => {
    const c = clusterOf(3)
    c.client.create(daemonSet('agent'))
    c.settle()
    c.fault({ fail: 'n2' }, 'n2 stops')
    c.runFor(80_000)
    const taints = nodeOf(c, 'n2').spec.taints ?? []
    expect(taints.map((t) => [t.key, t.effect, typeof t.timeAdded])).toEqual([
      [unreachable, 'NoSchedule', 'string'],
      [unreachable, 'NoExecute', 'string'],
    ])
    c.fault({ recover: 'n2' }, 'n2 is back')
    c.runFor(10_000)
    expect(nodeOf(c, 'n2').spec.taints).toBeUndefined()
    const back = podsOf(c, 'agent').find((p) => p.spec.nodeName === 'n2')
    expect(back?.status.conditions?.find((x) => x.type === 'Ready')?.status).toBe('True')
    expect(back?.status.containerStatuses?.[0]?.restartCount).toBe(0)
  })

  test('NL-3.4: an agent stays but is no longer wanted there; one that tolerates everything is, and is made again', () => {
    const c = clusterOf(3)
    c.client.create(daemonSet('agent'))
    c.client.create(daemonSet('cni', { tolerations: [{ operator: 'Exists' }] }))
    c.settle()
    c.fault({ fail: 'n2' }, 'n2 stops')
    c.runFor(80_000)
    expect(statusOf(c, 'agent')).toMatchObject({ desiredNumberScheduled: 2, currentNumberScheduled: 2, numberMisscheduled: 1 })
    expect(statusOf(c, 'cni')).toMatchObject({ desiredNumberScheduled: 3, currentNumberScheduled: 3, numberMisscheduled: 0 })
    for (const p of c.client.list('Pod').items as Pod[])
      if (p.spec.nodeName === 'n2') c.client.delete({ kind: 'Pod', namespace: 'default', name: p.metadata.name }, { gracePeriodSeconds: 0 })
    c.runFor(10_000)
    const there = (app: string) => podsOf(c, app).filter((p) => p.spec.nodeName === 'n2').length
    expect([there('agent'), there('cni')]).toEqual([0, 1])
  })
})

test('NL-7.8: deleting a Node deletes no bound pod by itself, but the daemon pod that waited for that node', () => {
  const c = clusterOf(2)
  const huge = { containers: [{ name: 'c', image: 'c:v1', resources: { requests: { cpu: '3' } } }] }
  c.client.create(daemonSet('first', huge))
  c.settle()
  c.client.create(daemonSet('second', huge))
  c.settle()
  expect(podsOf(c, 'second').map((p) => p.spec.nodeName)).toEqual([undefined, undefined])
  c.client.delete({ kind: 'Node', name: 'n2' })
  c.runFor(2000)
  // DS-1.15: nothing tells the controller; the next change does
  expect([podsOf(c, 'first').length, podsOf(c, 'second').length]).toEqual([2, 2])
  c.client.patch({ kind: 'DaemonSet', namespace: 'default', name: 'second' }, 'merge', { metadata: { annotations: { a: 'b' } } })
  c.runFor(2000)
  expect([podsOf(c, 'first').length, podsOf(c, 'second').length]).toEqual([2, 1])
})

describe('the eviction API without a budget', () => {
  test.each([
    ['1.23', undefined],
    ['1.28', 'Eviction API: evicting'],
    ['1.36', 'Eviction API: evicting'],
  ] as const)('NL-11.5 in %s', (version, message) => {
    const c = clusterOf(1, version)
    c.client.create(pod('p'))
    c.settle()
    c.client.evict({ kind: 'Pod', namespace: 'default', name: 'p' })
    const target = podOf(c, 'p').status.conditions?.find((x) => x.type === 'DisruptionTarget')
    expect(target?.message).toBe(message)
    if (message) expect(target).toMatchObject({ status: 'True', reason: 'EvictionByEvictionAPI' })
    expect(podOf(c, 'p').metadata.deletionTimestamp).toBeDefined()
  })

  test('NL-11.1: a pod that is Pending is deleted without more ado', () => {
    const c = clusterOf(1)
    c.client.create(pod('p', { nodeSelector: { disk: 'ssd' } }))
    c.settle()
    c.client.evict({ kind: 'Pod', namespace: 'default', name: 'p' })
    c.runFor(1000)
    expect(c.client.list('Pod').items).toEqual([])
  })
})
