import { describe, expect, test } from 'vitest'
import { podCondition } from '#k8s/pod.ts'
import { withDisruptionTarget } from '#k8s/pod-condition.ts'
import { containerUses } from '#k8s/simulated-use.ts'
import type { Container, Pod, PodSpec } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { FleetTestCluster } from './fleet-test-cluster.ts'

const asking = (memory: string): Partial<PodSpec> => ({
  containers: [{ name: 'c', image: 'c:v1', resources: { requests: { memory } } } as Container],
})
const tolerant = { tolerations: [{ operator: 'Exists' as const }] }

/** A node with these pods, which run. Its clock stands at 30 s. */
function clusterOf(pods: Record<string, Partial<PodSpec>>, version: KubernetesVersion = '1.36', profile: 'believable' | 'stand-in' = 'believable') {
  const c = new FleetTestCluster(version, profile)
  c.fault({ add: { name: 'n1' } })
  c.runUntil(10_000)
  c.api.create('PriorityClass', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 10 })
  for (const [name, spec] of Object.entries(pods)) c.createPod(name, 'n1', spec)
  c.runUntil(30_000)
  return c
}

const press = (c: FleetTestCluster, set: Record<string, boolean>) => c.fault({ condition: { name: 'n1', set } })
const evicted = (c: FleetTestCluster) =>
  c.api
    .list('Pod')
    .filter((pod) => pod.status.reason === 'Evicted')
    .map((pod) => pod.metadata.name)

/** Who is evicted, in order, each with the second of the pass. */
function passes(c: FleetTestCluster, untilSeconds: number): string[] {
  const found: string[] = []
  const seen = new Set(evicted(c))
  for (let at = Math.ceil(c.nowMs / 1000); at <= untilSeconds; at++) {
    c.runUntil(at * 1000 + 5)
    for (const name of evicted(c)) if (seen.size !== seen.add(name).size) found.push(`${name} ${at}`)
  }
  return found
}

describe('a node under pressure evicts by itself (KL-10)', () => {
  test.each([
    ['MemoryPressure', 'memory'],
    ['DiskPressure', 'ephemeral-storage'],
    ['PIDPressure', 'pids'],
  ])('KL-10.1, KL-10.2, KL-10.4: %s: one pod every 10 s, with reason, message and event', (condition, resource) => {
    const c = clusterOf({ a: {}, b: {} })
    press(c, { [condition]: true })
    c.runUntil(39_900)
    expect(evicted(c)).toEqual([])
    c.runUntil(40_005)
    expect(evicted(c)).toHaveLength(1)
    c.runUntil(50_005)
    expect(evicted(c)).toHaveLength(2)
    const { phase, reason, message = '' } = c.pod('a')?.status ?? {}
    expect([phase, reason, message.slice(0, message.indexOf('. ') + 2)]).toEqual(['Failed', 'Evicted', `The node was low on resource: ${resource}. `])
    // its containers are stopped after it was told
    expect(c.events('a').slice(-2)).toEqual([`Evicted: ${message}`, 'Killing: Stopping container c'])
    expect(c.podIs('a')).toBe('False')
    // nobody is left: after the pass that finds so there are no more
    c.runUntil(65_000)
    expect(c.runFor(3_600_000)).toBe(0)
  })

  test('KL-10.3: first who uses more than it asks for, then lower priority; critical pods never', () => {
    const c = clusterOf({
      critical: { priorityClassName: 'system-node-critical' },
      'asks-high': { ...asking('1Gi'), priorityClassName: 'high' },
      'asks-low': asking('1Gi'),
      'idle-high': { priorityClassName: 'high' },
      'idle-low': {},
    })
    press(c, { MemoryPressure: true })
    expect(passes(c, 200)).toEqual(['idle-low 40', 'idle-high 50', 'asks-low 60', 'asks-high 70'])
    expect(c.podIs('critical')).toBe('True')
  })

  test('KL-10.3: of equal priority who exceeds its request most goes first; who does not run exceeds nothing', () => {
    const idle = ['i1', 'i2', 'i3']
    const bad = { containers: [{ name: 'c', image: 'bad:v1' } as Container] }
    const c = new FleetTestCluster('1.36')
    c.fault({ add: { name: 'n1' } })
    c.fault({ brokenImages: ['bad'] })
    c.runUntil(10_000)
    for (const [name, spec] of Object.entries({ waits: bad, much: asking('1Gi'), little: asking('100Mi') })) c.createPod(name, 'n1', spec)
    for (const name of idle) c.createPod(name, 'n1', {})
    c.runUntil(30_000)
    const use = (name: string) => containerUses(c.pod(name) as Pod)[0]?.memoryBytes ?? 0
    press(c, { MemoryPressure: true })
    const byUse = [...idle].sort((a, b) => use(b) - use(a))
    expect(byUse).not.toEqual(idle)
    const order = passes(c, 120).map((found) => found.split(' ')[0])
    expect(order).toEqual([...byUse, 'waits', 'little', 'much'])
  })

  const asks = { resources: { requests: { memory: '1Gi', 'ephemeral-storage': '1Gi' } } }
  const mixed = {
    containers: [{ name: 'idle', image: 'c:v1' }, { name: 'asks', image: 'c:v1', ...asks } as Container, { name: 'bad', image: 'bad:v1' }],
  }
  const ki = '\\d+(Ki|Mi)'
  test.each<[KubernetesVersion, string, RegExp]>([
    ['1.23', 'MemoryPressure', new RegExp(`: memory\\. Container idle was using ${ki}, which exceeds its request of 0\\. $`)],
    [
      '1.36',
      'MemoryPressure',
      new RegExp(
        `: memory\\. Threshold quantity: 100Mi, available: 97432Ki\\. Container idle was using ${ki}, request is 0, has larger consumption of memory\\. $`,
      ),
    ],
    [
      '1.36',
      'DiskPressure',
      new RegExp(
        `: ephemeral-storage\\. Threshold quantity: 5Gi, available: 5107384Ki\\. Container idle was using ${ki}, request is 0, has larger consumption of ephemeral-storage\\. $`,
      ),
    ],
    ['1.36', 'PIDPressure', /: pids\. Threshold quantity: 3276, available: 3251\. $/],
  ])('KL-10.4: in %s under %s the pod is told of the threshold and of its containers that use more than they ask for', (version, condition, text) => {
    const c = new FleetTestCluster(version)
    c.fault({ add: { name: 'n1' } })
    c.fault({ brokenImages: ['bad'] })
    c.runUntil(10_000)
    c.createPod('a', 'n1', mixed)
    c.runUntil(30_000)
    press(c, { [condition]: true })
    c.runUntil(41_000)
    expect(c.pod('a')?.status.message).toMatch(text)
  })

  test('KL-10.4: DisruptionTarget from 1.26 on', () => {
    for (const [version, status] of [
      ['1.25', undefined],
      ['1.26', 'True'],
    ] as const) {
      const c = clusterOf({ a: {} }, version)
      press(c, { MemoryPressure: true })
      c.runUntil(41_000)
      const pod = c.pod('a')
      expect(pod?.status.reason).toBe('Evicted')
      const target = pod && podCondition(pod, 'DisruptionTarget')
      expect(target?.status).toBe(status)
      if (status) expect(target).toMatchObject({ reason: 'TerminationByKubelet', message: pod?.status.message })
    }
  })

  test('KL-10.4, KL-3.5: a pod that was to be ended already says since when', () => {
    const c = clusterOf({ a: {} })
    const pod = c.pod('a') as Pod
    const disruption = { reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' } as const
    c.api.updateStatus('Pod', pod, withDisruptionTarget(pod, disruption, '1.36', '2026-01-01T00:00:30Z'))
    press(c, { MemoryPressure: true })
    c.runUntil(41_000)
    const targets = c.pod('a')?.status.conditions?.filter((x) => x.type === 'DisruptionTarget')
    expect(targets).toMatchObject([{ reason: 'TerminationByKubelet', lastProbeTime: null, lastTransitionTime: '2026-01-01T00:00:30Z' }])
  })

  test('KL-10.2: it ends with the pressure, and begins again with it', () => {
    const c = clusterOf({ a: {}, b: {}, d: {} })
    press(c, { DiskPressure: true })
    c.runUntil(41_000)
    press(c, { DiskPressure: false })
    expect(passes(c, 200)).toEqual([])
    press(c, { DiskPressure: true })
    expect(passes(c, 300)).toHaveLength(2)
  })

  test('KL-10.5, KL-9.5: under memory pressure alone a pod that tolerates it is let in, and evicted in its turn', () => {
    const c = clusterOf({ a: {} })
    press(c, { MemoryPressure: true })
    c.runUntil(100_000)
    c.createPod('next', 'n1', tolerant)
    c.runUntil(105_000)
    expect(c.podIs('next')).toBe('True')
    c.runUntil(111_000)
    expect(evicted(c)).toEqual(['a', 'next'])
  })

  test('KL-8.5: a stopped kubelet evicts nobody; when it is back it does', () => {
    const c = clusterOf({ a: {}, b: {} })
    press(c, { DiskPressure: true })
    c.runUntil(35_000)
    c.fault({ fail: 'n1' })
    expect(passes(c, 100)).toEqual([])
    c.fault({ recover: 'n1' })
    c.runUntil(150_000)
    expect(evicted(c)).toEqual(['a', 'b'])
  })

  test('a node that leaves and comes again under the same name evicts nobody', () => {
    const c = clusterOf({ a: {} })
    press(c, { DiskPressure: true })
    c.fault({ remove: 'n1' })
    c.fault({ add: { name: 'n1' } })
    expect(passes(c, 100)).toEqual([])
  })

  test('a pod that terminates when its turn comes is gone in the end', () => {
    const slow = { lifecycle: { preStop: { sleep: { seconds: 25 } } } }
    const c = clusterOf({ a: { containers: [{ name: 'c', image: 'c:v1', ...slow } as Container] } })
    press(c, { DiskPressure: true })
    c.runUntil(39_000)
    c.api.delete('Pod', 'default', 'a')
    c.runFor(120_000)
    expect(c.pod('a')).toBeUndefined()
  })
})

test('the stand-in of the conformance recordings evicts nobody', () => {
  const c = clusterOf({ a: {} }, '1.36', 'stand-in')
  press(c, { DiskPressure: true, MemoryPressure: true })
  expect(passes(c, 200)).toEqual([])
})
