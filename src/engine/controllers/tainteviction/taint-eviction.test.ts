import { describe, expect, test } from 'vitest'
import type { Taint, Toleration } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { FleetTestCluster } from '../../kubelet/fleet-test-cluster.ts'
import { hasUntolerated, tolerationSeconds } from './toleration-time.ts'

const maintenance: Taint = { key: 'maint', value: 'now', effect: 'NoExecute' }

function clusterWith(tolerations: Toleration[] | undefined, version: KubernetesVersion = '1.36'): FleetTestCluster {
  const c = new FleetTestCluster(version)
  c.fault({ add: [{ name: 'n1' }, { name: 'n2' }] })
  c.runUntil(10_000)
  c.createPod('p', 'n1', tolerations ? { tolerations } : {})
  c.runUntil(20_000)
  return c
}

function setTaints(c: FleetTestCluster, taints: Taint[]): void {
  const node = c.api.node('n1')
  if (node) c.api.update('Node', { ...node, spec: { ...node.spec, taints } })
}

function setTolerations(c: FleetTestCluster, tolerations: Toleration[]): void {
  const pod = c.pod('p')
  if (pod) c.api.update('Pod', { ...pod, spec: { ...pod.spec, tolerations } })
}

const tolerate = (tolerationSeconds?: number): Toleration => ({
  key: 'maint',
  operator: 'Exists',
  ...(tolerationSeconds !== undefined && { tolerationSeconds }),
})

describe('how long a pod may stay (NL-6.2)', () => {
  test('no toleration for one of the taints: not at all', () => {
    expect(tolerationSeconds([maintenance], [])).toBe(0)
    expect(hasUntolerated([maintenance], [tolerate(9)])).toBe(false)
  })
  test('TRAP-3: the first toleration that covers a taint counts, the least of the chosen ones decides', () => {
    expect(tolerationSeconds([maintenance], [tolerate(60), tolerate(5)])).toBe(60)
    expect(
      tolerationSeconds([maintenance, { key: 'other', effect: 'NoExecute' }], [tolerate(60), { operator: 'Exists', tolerationSeconds: 20 }]),
    ).toBe(20)
    expect(tolerationSeconds([maintenance], [tolerate(-5)])).toBe(0)
    expect(tolerationSeconds([maintenance], [tolerate()])).toBeUndefined()
  })
})

test.each([
  ['1.23', 'taint-controller', false],
  ['1.28', 'taint-controller', true],
  ['1.29', 'taint-eviction-controller', true],
] as const)('%s: not tolerated: deleted at once by %s (NL-6.6, NL-6.7)', (version, source, disrupted) => {
  const c = clusterWith(undefined, version)
  setTaints(c, [maintenance])
  c.runFor(100)
  const pod = c.pod('p')
  expect(pod?.metadata.deletionGracePeriodSeconds).toBe(30)
  expect(pod?.status.conditions?.some((x) => x.type === 'DisruptionTarget' && x.reason === 'DeletionByTaintManager')).toBe(disrupted)
  const event = c.api.list('Event').find((e) => e.reason === 'TaintManagerEviction')
  expect(event?.message).toBe('Marking for deletion Pod default/p')
  expect(event?.source?.component).toBe(source)
  c.runFor(5000)
  expect(c.pod('p')).toBeUndefined()
  expect(c.events('p').filter((e) => e.startsWith('TaintManagerEviction'))).toEqual(['TaintManagerEviction: Marking for deletion Pod default/p'])
})

test('TL-13: an own toleration of every NoExecute taint for 60 s', () => {
  const c = clusterWith([{ operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }])
  expect(c.pod('p')?.spec.tolerations).toHaveLength(1)
  setTaints(c, [maintenance])
  c.runFor(59_900)
  expect(c.pod('p')?.metadata.deletionTimestamp).toBeUndefined()
  c.runFor(200)
  expect(c.pod('p')?.metadata.deletionTimestamp).toBeDefined()
})

test('NL-6.4, TRAP-3: a running countdown is not moved by another taint', () => {
  const c = clusterWith([{ operator: 'Exists', tolerationSeconds: 60 }])
  setTaints(c, [maintenance])
  c.runFor(30_000)
  setTaints(c, [maintenance, { key: 'more', effect: 'NoExecute' }])
  c.runFor(29_900)
  expect(c.pod('p')?.metadata.deletionTimestamp).toBeUndefined()
  c.runFor(200)
  expect(c.pod('p')?.metadata.deletionTimestamp).toBeDefined()
})

test('NL-6.4: it ends when the pod tolerates for ever, and when it no longer tolerates at all', () => {
  const c = clusterWith([tolerate(60)])
  setTaints(c, [maintenance])
  c.runFor(10_000)
  setTolerations(c, [tolerate()])
  c.runFor(100_000)
  expect(c.pod('p')?.metadata.deletionTimestamp).toBeUndefined()
  expect(c.events('p')).toContain('TaintManagerEviction: Cancelling deletion of Pod default/p')

  const other = clusterWith([tolerate(60)])
  setTaints(other, [maintenance])
  other.runFor(10_000)
  setTaints(other, [maintenance, { key: 'more', effect: 'NoExecute' }])
  other.runFor(100)
  expect(other.pod('p')?.metadata.deletionTimestamp).toBeDefined()
})

test('NL-6.5: the countdown ends with the taint, and with the pod', () => {
  const c = clusterWith([tolerate(60)])
  setTaints(c, [maintenance])
  c.runFor(10_000)
  setTaints(c, [])
  c.runFor(100_000)
  expect(c.pod('p')).toBeDefined()
  expect(c.events('p')).toContain('TaintManagerEviction: Cancelling deletion of Pod default/p')
  setTaints(c, [maintenance])
  c.runFor(10_000)
  c.api.delete('Pod', 'default', 'p', { gracePeriodSeconds: 0 })
  c.runFor(100_000)
  expect(c.events('p').filter((e) => e.includes('Marking'))).toEqual([])
})

test('NL-6.5: the countdown outlives the Node object, and ends when the node registers anew without taints', () => {
  for (const returns of [false, true]) {
    const c = clusterWith([tolerate(60)])
    setTaints(c, [maintenance])
    c.runFor(10_000)
    c.fault({ fail: 'n1' })
    c.api.delete('Node', '', 'n1')
    c.runFor(5000)
    if (returns) c.fault({ recover: 'n1' })
    c.runFor(60_000)
    const pod = c.pod('p')
    expect([pod?.metadata.name, pod?.metadata.deletionTimestamp !== undefined]).toEqual(['p', !returns])
  }
})

test('NL-6.1: a pod that comes to a tainted node', () => {
  const c = clusterWith(undefined)
  setTaints(c, [maintenance])
  c.runFor(5000)
  c.createPod('q', 'n1', { tolerations: [tolerate(5)] })
  c.runFor(4900)
  expect(c.pod('q')?.metadata.deletionTimestamp).toBeUndefined()
  c.runFor(200)
  expect(c.pod('q')?.metadata.deletionTimestamp).toBeDefined()
})

describe('NL-6.8: on a dead node a pod that was sent away stays Terminating', () => {
  const evictions = (c: FleetTestCluster) => c.events('p').filter((e) => e.startsWith('TaintManagerEviction'))
  const marked = 'TaintManagerEviction: Marking for deletion Pod default/p'

  test('one that tolerates the taints for a while is not sent away again', () => {
    const c = clusterWith([{ operator: 'Exists', tolerationSeconds: 5 }])
    c.fault({ fail: 'n1' })
    setTaints(c, [maintenance])
    c.runFor(6000)
    setTaints(c, [maintenance, { key: 'more', effect: 'NoExecute' }])
    c.runFor(20_000)
    expect(c.pod('p')?.metadata.deletionTimestamp).toBeDefined()
    expect(evictions(c)).toEqual([marked])
  })

  test('one that does not is, each time the taints change', () => {
    const c = clusterWith(undefined)
    c.fault({ fail: 'n1' })
    setTaints(c, [maintenance])
    c.runFor(100)
    const first = c.pod('p')
    setTaints(c, [maintenance, { key: 'more', effect: 'NoExecute' }])
    c.runFor(20_000)
    expect(evictions(c)).toEqual([`${marked} x2`])
    expect(c.pod('p')?.metadata).toEqual(first?.metadata)
  })
})
