import { describe, expect, test } from 'vitest'
import { podCondition } from '#k8s/pod.ts'
import type { KubeNode } from '#k8s/types.ts'
import { daemonTolerations, FleetTestCluster } from '../../kubelet/fleet-test-cluster.ts'
import { createLimiter, swapLimiter, tryAccept } from './limiter.ts'
import { computeZoneState, msPerTokenIn, zoneKey, zoneText } from './zone.ts'

const unreachable = 'node.kubernetes.io/unreachable'
const notReady = 'node.kubernetes.io/not-ready'

/** Nodes n1 … nN with their kubelets, 100 s old: their last renewal is now, and a pass of the monitor too. */
function clusterOf(nodes: number, version: '1.23' | '1.36' = '1.23'): FleetTestCluster {
  const cluster = new FleetTestCluster(version)
  cluster.fault({ add: Array.from({ length: nodes }, (_, i) => ({ name: `n${i + 1}` })) })
  cluster.runUntil(100_000)
  return cluster
}

describe('TL-1: a kubelet stops', () => {
  test.each([
    ['1.23', 40_000],
    ['1.36', 50_000],
  ] as const)('%s notices after %d ms', (version, graceMs) => {
    const c = clusterOf(3, version)
    c.createPod('agent', 'n2', { tolerations: daemonTolerations })
    c.createPod('web', 'n2')
    c.runFor(5000)
    expect(c.podIs('agent')).toBe('True')
    c.fault({ fail: 'n2' })
    const passMs = 100_000 + graceMs
    c.runUntil(passMs - 1)
    expect(c.node('n2')).toBe('True')
    c.runUntil(passMs + 100)
    expect(c.node('n2')).toBe(`Unknown ${unreachable}:NoSchedule`)
    expect(c.podIs('web')).toBe('False')
    expect(c.podIs('web', 'ContainersReady')).toBe('True')
    expect(c.events('n2')).toContain('NodeNotReady: Node n2 status is now: NodeNotReady')
    expect(c.events('web')).toContain('NodeNotReady: Node is not ready')
    c.runUntil(passMs + 5100)
    expect(c.node('n2')).toBe(`Unknown ${unreachable}:NoSchedule ${unreachable}:NoExecute`)
    c.runUntil(passMs + 5000 + 299_000)
    expect(c.pod('web')?.metadata.deletionTimestamp).toBeUndefined()
    c.runUntil(passMs + 5000 + 301_000)
    expect(c.pod('web')?.metadata.deletionGracePeriodSeconds).toBe(30)
    expect(c.events('web')).toContain('TaintManagerEviction: Marking for deletion Pod default/web')
    c.runFor(3_600_000)
    expect(c.pod('web')?.status.phase).toBe('Running')
    expect(c.pod('agent')?.metadata.deletionTimestamp).toBeUndefined()
  })

  test('NL-2.2: conditions become Unknown and keep their heartbeat', () => {
    const c = clusterOf(2)
    const before = c.api.node('n1')?.status.conditions
    c.fault({ fail: 'n1' })
    c.runUntil(140_100)
    expect(c.api.node('n1')?.status.conditions).toEqual(
      before?.map((condition) => ({
        ...condition,
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
        lastTransitionTime: '2026-01-01T00:02:20Z',
      })),
    )
  })

  test('NL-2.1, NL-2.4, TRAP-4: the grace period counts from the pass that saw the last renewal', () => {
    const c = clusterOf(2)
    c.runUntil(109_000)
    c.fault({ add: { name: 'late' } })
    c.runUntil(133_000)
    // renewed at 109, 119, 129: the pass at 130 saw the last one
    c.fault({ fail: 'late' })
    c.runUntil(169_999)
    expect(c.node('late')).toBe('True')
    c.runUntil(170_100)
    expect(c.node('late')).toBe(`Unknown ${unreachable}:NoSchedule`)
  })
})

test('TL-2: a kubelet that comes back before the eviction', () => {
  const c = clusterOf(3)
  c.createPod('web', 'n2')
  c.runFor(5000)
  c.fault({ fail: 'n2' })
  c.runUntil(300_000)
  expect(c.node('n2')).toContain('NoExecute')
  c.runUntil(301_000)
  c.fault({ recover: 'n2' })
  c.runUntil(302_000)
  expect(c.node('n2')).toBe(`True ${unreachable}:NoExecute`)
  expect(c.podIs('web')).toBe('True')
  c.runUntil(305_100)
  expect(c.node('n2')).toBe('True')
  expect(c.events('web')).toContain('TaintManagerEviction: Cancelling deletion of Pod default/web')
  expect(c.pod('web')?.status.containerStatuses?.[0]?.restartCount).toBe(0)
  c.runFor(3_600_000)
  expect(c.pod('web')?.metadata.deletionTimestamp).toBeUndefined()
})

test('NL-9.5: a kubelet that comes back after the eviction ends the pod', () => {
  const c = clusterOf(3)
  c.createPod('web', 'n2')
  c.runFor(5000)
  c.fault({ fail: 'n2' })
  c.runFor(500_000)
  expect(c.pod('web')?.metadata.deletionTimestamp).toBeDefined()
  c.fault({ recover: 'n2' })
  c.runFor(5000)
  expect(c.pod('web')).toBeUndefined()
})

test('TL-3: all kubelets stop: nobody is evicted; when one returns the queue starts empty-handed', () => {
  const c = clusterOf(3)
  for (const n of ['n1', 'n2', 'n3']) c.createPod(`web-${n}`, n)
  c.runFor(3000)
  for (const n of ['n1', 'n2', 'n3']) c.fault({ fail: n })
  c.runFor(600_000)
  for (const n of ['n1', 'n2', 'n3']) expect(c.node(n)).toBe(`Unknown ${unreachable}:NoSchedule`)
  expect(c.events().filter((e) => e.startsWith('TaintManagerEviction'))).toEqual([])
  const returnedMs = 1_002_000
  c.runUntil(returnedMs)
  c.fault({ recover: 'n1' })
  c.runUntil(returnedMs + 3000 + 100)
  expect(c.node('n1')).toBe('True')
  // the pass at 1005 s leaves full disruption; the first token comes 10 s later
  c.runUntil(1_014_999)
  expect(c.node('n2')).not.toContain('NoExecute')
  c.runUntil(1_015_100)
  expect(c.node('n2')).toContain('NoExecute')
  expect(c.node('n3')).not.toContain('NoExecute')
  c.runUntil(1_025_100)
  expect(c.node('n3')).toContain('NoExecute')
  c.runUntil(1_314_900)
  expect(c.pod('web-n2')?.metadata.deletionTimestamp).toBeUndefined()
  c.runUntil(1_315_200)
  expect(c.pod('web-n2')?.metadata.deletionTimestamp).toBeDefined()
  expect(c.pod('web-n3')?.metadata.deletionTimestamp).toBeUndefined()
})

test('NL-5.4: existing NoExecute taints go when the last node falls silent', () => {
  const c = clusterOf(2)
  c.fault({ fail: 'n1' })
  c.runUntil(150_000)
  expect(c.node('n1')).toContain('NoExecute')
  c.fault({ fail: 'n2' })
  c.runUntil(190_100)
  expect(c.node('n1')).toBe(`Unknown ${unreachable}:NoSchedule`)
  expect(c.node('n2')).toBe(`Unknown ${unreachable}:NoSchedule`)
})

test('TL-4, NL-9.3, TRAP-1: two of four stop at once: NoExecute comes 10 s apart', () => {
  const c = clusterOf(4)
  c.fault({ fail: 'n2' })
  c.fault({ fail: 'n3' })
  c.runUntil(145_100)
  expect(c.node('n2')).toContain('NoExecute')
  expect(c.node('n3')).not.toContain('NoExecute')
  c.runUntil(154_900)
  expect(c.node('n3')).not.toContain('NoExecute')
  c.runUntil(155_100)
  expect(c.node('n3')).toContain('NoExecute')
})

test('NL-5.6: three of five: partial disruption, nobody is tainted any more', () => {
  const c = clusterOf(5)
  for (const n of ['n1', 'n2', 'n3']) c.fault({ fail: n })
  c.runFor(600_000)
  for (const n of ['n1', 'n2', 'n3']) expect(c.node(n)).toBe(`Unknown ${unreachable}:NoSchedule`)
})

test('NL-5.1: zones are judged and tainted on their own', () => {
  const c = new FleetTestCluster('1.23')
  const machine = (name: string, zone: string) => ({ name, labels: { 'topology.kubernetes.io/zone': zone } })
  c.fault({ add: [machine('a1', 'a'), machine('a2', 'a'), machine('b1', 'b'), machine('b2', 'b')] })
  c.runUntil(100_000)
  c.fault({ fail: 'a1' })
  c.fault({ fail: 'b1' })
  c.runUntil(145_100)
  expect(c.node('a1')).toContain('NoExecute')
  expect(c.node('b1')).toContain('NoExecute')
})

test.each([
  ['none', {}, ''],
  ['zone and region', { 'topology.kubernetes.io/zone': 'a', 'topology.kubernetes.io/region': 'eu' }, 'eu/a'],
  ['a region alone', { 'topology.kubernetes.io/region': 'eu' }, 'eu'],
  [
    'the old ones go before the new',
    { 'failure-domain.beta.kubernetes.io/zone': 'old', 'topology.kubernetes.io/zone': 'new', 'topology.kubernetes.io/region': 'eu' },
    'eu/old',
  ],
])('NL-5.1: the labels that make a zone: %s', (_, labels, text) => {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels }, spec: {}, status: {} } as KubeNode
  expect(zoneText(zoneKey(node))).toBe(text)
})

test('NL-5.2: a node that never reported counts as one that is not ready', () => {
  const c = clusterOf(2)
  for (const name of ['x', 'y', 'z']) c.api.create('Node', { metadata: { name }, spec: {}, status: {} } as unknown as KubeNode)
  c.runFor(10_000)
  c.fault({ fail: 'n2' })
  c.runFor(60_000)
  // four of five: partial disruption of a small zone, nobody is tainted NoExecute
  expect(c.node('n2')).toBe(`Unknown ${unreachable}:NoSchedule`)
  for (const name of ['x', 'y', 'z']) c.api.delete('Node', '', name)
  c.runFor(15_000)
  expect(c.node('n2')).toBe(`Unknown ${unreachable}:NoSchedule ${unreachable}:NoExecute`)
})

test('NL-5.1: a node excluded from disruption does not count, but is tainted', () => {
  const c = new FleetTestCluster('1.23')
  const labels = { 'node.kubernetes.io/exclude-disruption': '' }
  c.fault({ add: [{ name: 'n1' }, { name: 'n2' }, { name: 'edge', labels }] })
  c.runUntil(100_000)
  for (const n of ['n1', 'n2']) c.fault({ fail: n })
  c.runUntil(150_000)
  // all that count are silent: full disruption although edge is well
  expect(['n1', 'n2'].map((n) => c.node(n))).toEqual(Array(2).fill(`Unknown ${unreachable}:NoSchedule`))
  expect(c.node('edge')).toBe('True')
})

test('NL-5.3: a fully disrupted zone is tainted at the normal rate while another zone lives', () => {
  const c = new FleetTestCluster('1.23')
  const machine = (name: string, zone: string) => ({ name, labels: { 'topology.kubernetes.io/zone': zone } })
  c.fault({ add: [machine('a1', 'a'), machine('a2', 'a'), machine('a3', 'a'), machine('b1', 'b')] })
  c.runUntil(100_000)
  for (const n of ['a1', 'a2', 'a3']) c.fault({ fail: n })
  const tainted = () => ['a1', 'a2', 'a3'].filter((n) => c.node(n).includes('NoExecute')).length
  const counts = [145_100, 154_900, 155_100, 164_900, 165_100].map((atMs) => {
    c.runUntil(atMs)
    return tainted()
  })
  expect(counts).toEqual([1, 1, 2, 2, 3])
})

test('NL-5.3: a large zone in partial disruption: one node in 100 s', () => {
  const c = clusterOf(51)
  const sick = Array.from({ length: 30 }, (_, i) => `n${i + 1}`)
  for (const n of sick) c.fault({ fail: n })
  const tainted = () => sick.filter((n) => c.node(n).includes('NoExecute')).length
  const counts = [140_100, 145_100, 244_900, 245_100].map((atMs) => {
    c.runUntil(atMs)
    return tainted()
  })
  expect(counts).toEqual([0, 1, 1, 2])
})

test('NL-5.6, TRAP-2: a fourth of five falls silent: what carries NoExecute keeps it, nobody else is tainted', () => {
  const c = clusterOf(5)
  c.fault({ fail: 'n1' })
  c.runUntil(150_000)
  expect(c.node('n1')).toContain('NoExecute')
  for (const n of ['n2', 'n3']) c.fault({ fail: n })
  c.runUntil(600_000)
  expect(['n1', 'n2', 'n3'].map((n) => c.node(n).includes('NoExecute'))).toEqual([true, false, false])
})

test('NL-5.5: a zone that was empty begins anew with a token in its bucket', () => {
  const c = clusterOf(1)
  c.fault({ fail: 'n1' })
  c.runUntil(200_000)
  c.fault({ remove: 'n1' })
  c.runUntil(210_000)
  c.fault({ add: [{ name: 'm1' }, { name: 'm2' }] })
  c.runUntil(302_000)
  c.fault({ condition: { name: 'm1', set: { NotReady: true } } })
  c.runUntil(305_100)
  expect(c.node('m1')).toContain('NoExecute')
})

describe('the kubelet itself reports NotReady', () => {
  test('NL-2.6: no event, no marked pods; NoExecute in the next pass; both taints go again (NL-4.4)', () => {
    const c = clusterOf(2)
    c.createPod('web', 'n2')
    c.runUntil(111_000)
    c.fault({ condition: { name: 'n2', set: { NotReady: true } } })
    c.runUntil(112_000)
    expect(c.node('n2')).toBe(`False ${notReady}:NoSchedule`)
    c.runUntil(115_100)
    expect(c.node('n2')).toBe(`False ${notReady}:NoSchedule ${notReady}:NoExecute`)
    expect(c.podIs('web')).toBe('True')
    expect(c.events('n2').filter((e) => e.startsWith('NodeNotReady:'))).toEqual(['NodeNotReady: Node n2 status is now: NodeNotReady'])
    c.runUntil(116_000)
    c.fault({ condition: { name: 'n2', set: { NotReady: false } } })
    c.runUntil(117_000)
    expect(c.node('n2')).toBe(`True ${notReady}:NoExecute`)
    c.runUntil(120_100)
    expect(c.node('n2')).toBe('True')
  })

  test('NL-4.2: not-ready becomes unreachable at once when it falls silent too', () => {
    const c = clusterOf(3)
    c.runUntil(101_000)
    c.fault({ condition: { name: 'n2', set: { NotReady: true } } })
    c.runUntil(106_000)
    c.fault({ fail: 'n2' })
    // the heartbeat of 101 s was seen by the pass at 105 s
    c.runUntil(144_900)
    expect(c.node('n2')).toBe(`False ${notReady}:NoSchedule ${notReady}:NoExecute`)
    c.runUntil(145_100)
    expect(c.node('n2')).toBe(`Unknown ${notReady}:NoExecute ${unreachable}:NoSchedule`)
    c.runUntil(150_100)
    expect(c.node('n2')).toBe(`Unknown ${unreachable}:NoSchedule ${unreachable}:NoExecute`)
  })
})

test('NL-3.1, NL-3.3: pressure and cordon become taints at once; Unknown pressure loses them', () => {
  const c = clusterOf(2)
  c.fault({ condition: { name: 'n1', set: { DiskPressure: true, MemoryPressure: true } } })
  c.runFor(100)
  expect(c.node('n1')).toBe('True node.kubernetes.io/memory-pressure:NoSchedule node.kubernetes.io/disk-pressure:NoSchedule')
  const node = c.api.node('n1')
  if (node) c.api.update('Node', { ...node, spec: { ...node.spec, unschedulable: true } })
  c.runFor(100)
  expect(c.node('n1')).toContain('node.kubernetes.io/unschedulable:NoSchedule')
  c.fault({ fail: 'n1' })
  c.runFor(45_000)
  expect(c.node('n1')).toContain(`Unknown node.kubernetes.io/unschedulable:NoSchedule ${unreachable}:NoSchedule`)
})

test('NL-2.3: a node that never reports is given 60 s', () => {
  const c = clusterOf(2)
  c.runUntil(102_000)
  c.api.create('Node', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'ghost' }, spec: {}, status: {} })
  c.runUntil(164_900)
  // no condition asks for a taint, so the one from admission goes (NL-3.2)
  expect(c.node('ghost')).toBe('')
  c.runUntil(165_100)
  expect(c.api.node('ghost')?.status.conditions?.map((x) => `${x.type} ${x.status} ${x.reason}`)).toEqual([
    'Ready Unknown NodeStatusNeverUpdated',
    'MemoryPressure Unknown NodeStatusNeverUpdated',
    'DiskPressure Unknown NodeStatusNeverUpdated',
    'PIDPressure Unknown NodeStatusNeverUpdated',
  ])
  // it counted as Unknown already at the start of that pass
  expect(c.node('ghost')).toBe(`Unknown ${unreachable}:NoExecute ${unreachable}:NoSchedule`)
})

test('NL-2.9: nodes that come and go are announced', () => {
  const c = clusterOf(2)
  expect(c.events('n1')).toContain('RegisteredNode: Node n1 event: Registered Node n1 in Controller')
  c.fault({ remove: 'n1' })
  c.runFor(6000)
  expect(c.node('n1')).toBe('gone')
  expect(c.events('n1')).toContain('RemovingNode: Node n1 event: Removing Node n1 from Controller')
})

test('NL-2.5, TRAP-6: marking keeps reason and message, touches every pod there that is Ready, and no other condition', () => {
  const c = clusterOf(3)
  c.createPod('agent', 'n2', { tolerations: daemonTolerations })
  c.createPod('going', 'n2')
  c.createPod('other', 'n1')
  c.runUntil(105_000)
  c.fault({ fail: 'n2' })
  c.api.delete('Pod', 'default', 'going')
  const before = c.pod('agent')?.status.conditions
  c.runUntil(150_100)
  const marked = before?.map((x) => (x.type === 'Ready' ? { ...x, status: 'False', lastTransitionTime: '2026-01-01T00:02:20Z' } : x))
  expect(c.pod('agent')?.status.conditions).toEqual(marked)
  expect(['going', 'other'].map((p) => c.podIs(p))).toEqual(['False', 'True'])
  c.fault({ recover: 'n2' })
  c.runFor(10_000)
  expect(c.podIs('agent')).toBe('True')
})

test('NL-2.7: a pod that becomes Ready on a silent node is marked when it is bound anew, one without Ready is not', () => {
  const c = clusterOf(3)
  c.fault({ fail: 'n2' })
  c.runUntil(150_000)
  c.createPod('new', 'n2')
  c.runFor(5000)
  const pod = c.pod('new')
  expect(pod?.status.phase).toBe('Pending')
  expect(pod && podCondition(pod, 'Ready')).toBeUndefined()
})

test('zones: states and pace (NL-5.2, NL-5.3, T-8)', () => {
  expect(computeZoneState({ ready: 0, notReady: 1 })).toBe('FullDisruption')
  expect(computeZoneState({ ready: 1, notReady: 2 })).toBe('Normal')
  expect(computeZoneState({ ready: 2, notReady: 3 })).toBe('PartialDisruption')
  expect(computeZoneState({ ready: 9, notReady: 10 })).toBe('Normal')
  expect(computeZoneState({ ready: 9, notReady: 11 })).toBe('PartialDisruption')
  expect(msPerTokenIn('PartialDisruption', 50)).toBe(0)
  expect(msPerTokenIn('PartialDisruption', 51)).toBe(100_000)
})

test('a new pace starts full, or empty after a drained bucket (NL-5.5)', () => {
  const full = createLimiter(10_000)
  swapLimiter(full, 100_000, 5000)
  expect(tryAccept(full, 5000)).toBe(true)
  const stopped = createLimiter(0)
  swapLimiter(stopped, 10_000, 5000)
  expect(tryAccept(stopped, 14_999)).toBe(false)
  expect(tryAccept(stopped, 15_000)).toBe(true)
})
