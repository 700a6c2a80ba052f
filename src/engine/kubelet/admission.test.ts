import { describe, expect, test } from 'vitest'
import type { Container, PodSpec } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { clusterWith, type FleetTestCluster } from './fleet-test-cluster.ts'

const clusterOf = (version?: KubernetesVersion) => clusterWith([{ name: 'n1', cpu: '2', memory: '4Gi', pods: '4' }], version)

const asking = (cpu: string): Container[] => [{ name: 'c', image: 'c:v1', resources: { requests: { cpu } } }]
const outcome = (c: FleetTestCluster, name: string) => {
  const { phase, reason, message } = c.pod(name)?.status ?? {}
  return phase === 'Failed' ? `${reason}: ${message}` : phase
}

function tryPod(c: FleetTestCluster, name: string, spec: Partial<PodSpec> = {}): string | undefined {
  c.createPod(name, 'n1', spec)
  c.runFor(4000)
  return outcome(c, name)
}

describe('what a kubelet turns away (KL-9.4)', () => {
  test('too little cpu; the text of 1.23 and today (KL-9.3)', () => {
    const text = "Node didn't have enough resource: cpu, requested: 1500, used: 1000, capacity: 2000"
    const c = clusterOf()
    expect(tryPod(c, 'a', { containers: asking('1') })).toBe('Running')
    expect(tryPod(c, 'b', { containers: asking('1500m') })).toBe(`OutOfcpu: Pod was rejected: ${text}`)
    expect(c.events('b')).toEqual([`OutOfcpu: ${text}`])
    expect(c.pod('b')?.status.containerStatuses).toBeUndefined()
    const old = clusterOf('1.23')
    tryPod(old, 'a', { containers: asking('1') })
    expect(tryPod(old, 'b', { containers: asking('1500m') })).toBe(`OutOfcpu: Pod ${text}`)
  })

  test('too many pods', () => {
    const c = clusterOf()
    for (const name of ['a', 'b', 'c', 'd']) expect(tryPod(c, name)).toBe('Running')
    expect(tryPod(c, 'e')).toBe("OutOfpods: Pod was rejected: Node didn't have enough resource: pods, requested: 1, used: 4, capacity: 4")
  })

  test('a resource that the node has too little of; of one that it does not know nothing is said', () => {
    const c = clusterOf()
    const node = c.api.node('n1')
    const gpus = { 'example.com/gpu': '1' }
    if (node)
      c.api.updateStatus('Node', node, {
        ...node.status,
        capacity: { ...node.status.capacity, ...gpus },
        allocatable: { ...node.status.allocatable, ...gpus },
      })
    const wanting = (name: string, count: string): Container[] => [{ name: 'c', image: 'c:v1', resources: { requests: { [name]: count } } }]
    const text = "Pod was rejected: Node didn't have enough resource: example.com/gpu, requested: 2, used: 0, capacity: 1"
    expect(tryPod(c, 'a', { containers: wanting('example.com/gpu', '2') })).toBe(`OutOfexample.com/gpu: ${text}`)
    expect(tryPod(c, 'b', { containers: wanting('example.com/gpu', '1') })).toBe('Running')
    expect(tryPod(c, 'd', { containers: wanting('example.com/other', '2') })).toBe('Running')
    expect(tryPod(c, 'e', { containers: wanting('hugepages-2Mi', '2Mi') })).toContain('OutOfhugepages-2Mi')
  })

  test('node selector, host port', () => {
    const c = clusterOf('1.23')
    expect(tryPod(c, 'a', { nodeSelector: { disk: 'ssd' } })).toBe('NodeAffinity: Pod Predicate NodeAffinity failed')
    const containers = [{ name: 'c', image: 'c:v1', ports: [{ containerPort: 80, hostPort: 80 }] }]
    expect(tryPod(c, 'b', { containers })).toBe('Running')
    expect(tryPod(c, 'd', { containers })).toBe('NodePorts: Pod Predicate NodePorts failed')
  })

  test('KL-9.5: disk pressure keeps all but critical pods away, memory pressure only BestEffort ones that do not tolerate it', () => {
    const c = clusterOf()
    c.fault({ condition: { name: 'n1', set: { DiskPressure: true } } })
    expect(tryPod(c, 'a', { tolerations: [{ operator: 'Exists' }] })).toBe('Evicted: Pod was rejected: The node had condition: [DiskPressure]. ')
    expect(tryPod(c, 'b', { priorityClassName: 'system-node-critical' })).toBe('Running')
    c.fault({ condition: { name: 'n1', set: { PIDPressure: true, MemoryPressure: true } } })
    // a list as Go prints it
    expect(tryPod(c, 'g')).toBe('Evicted: Pod was rejected: The node had condition: [MemoryPressure DiskPressure PIDPressure]. ')
    c.fault({ condition: { name: 'n1', set: { DiskPressure: false, PIDPressure: false } } })
    expect(tryPod(c, 'd')).toBe('Evicted: Pod was rejected: The node had condition: [MemoryPressure]. ')
    expect(tryPod(c, 'e', { tolerations: [{ operator: 'Exists' }] })).toBe('Running')
    expect(tryPod(c, 'f', { containers: asking('10m') })).toBe('Running')
  })

  test('a NoExecute taint, from 1.28 on', () => {
    for (const [version, refused] of [
      ['1.27', false],
      ['1.28', 'TaintToleration: Predicate TaintToleration failed'],
      ['1.36', "TaintToleration: Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate"],
    ] as const) {
      const c = clusterOf(version)
      const node = c.api.node('n1')
      if (node) c.api.update('Node', { ...node, spec: { taints: [{ key: 'maint', effect: 'NoExecute' }] } })
      c.runFor(100)
      c.createPod('a', 'n1')
      c.runFor(400)
      expect(c.events('a').find((text) => text.startsWith('TaintToleration')) ?? false).toBe(refused)
    }
  })
})

test('KL-9.6: a critical pod that lacks only room sends lower ones away, no more than needed', () => {
  const c = clusterOf()
  tryPod(c, 'small', { containers: asking('200m') })
  tryPod(c, 'large', { containers: asking('1') })
  tryPod(c, 'idle')
  expect(tryPod(c, 'critical', { containers: asking('1500m'), priorityClassName: 'system-node-critical' })).toBe('Running')
  expect(outcome(c, 'large')).toBe('Preempting: Preempted in order to admit critical pod')
  expect(outcome(c, 'small')).toBe('Running')
  expect(outcome(c, 'idle')).toBe('Running')
  expect(c.events('large')).toContain('Preempting: Preempted in order to admit critical pod')
})

describe('KL-9.6: who goes for a critical pod', () => {
  const asks = (requests: Record<string, string>, limits = false): Partial<PodSpec> => ({
    containers: [{ name: 'c', image: 'c:v1', resources: { requests, ...(limits && { limits: requests }) } }],
  })
  test.each<[string, Record<string, Partial<PodSpec>>, Partial<PodSpec>, string[]]>([
    ['the smallest that is enough', { mid: asks({ cpu: '600m' }), large: asks({ cpu: '1' }) }, asks({ cpu: '900m' }), ['mid']],
    [
      'what comes nearest, then the smallest for the rest',
      { a: asks({ cpu: '300m' }), b: asks({ cpu: '700m' }), d: asks({ cpu: '900m' }) },
      asks({ cpu: '1300m' }),
      ['a', 'd'],
    ],
    [
      'of equals the one that asks for less memory',
      { a: asks({ cpu: '1', memory: '2Gi' }), b: asks({ cpu: '1', memory: '1Gi' }) },
      asks({ cpu: '1' }),
      ['b'],
    ],
    [
      'Burstable rather than Guaranteed, though it takes two',
      { g: asks({ cpu: '1', memory: '1Gi' }, true), a: asks({ cpu: '500m' }), b: asks({ cpu: '500m' }) },
      asks({ cpu: '1' }),
      ['a', 'b'],
    ],
    [
      'for a place alone one that asks for nothing',
      { a: {}, b: asks({ cpu: '100m' }), d: asks({ cpu: '100m' }), e: asks({ cpu: '100m' }) },
      {},
      ['a'],
    ],
    [
      'a critical one of lower priority, if need be',
      { a: { ...asks({ cpu: '2' }), priorityClassName: 'system-cluster-critical' } },
      asks({ cpu: '1' }),
      ['a'],
    ],
    [
      'none of its own priority: it is turned away',
      { a: { ...asks({ cpu: '2' }), priorityClassName: 'system-node-critical' } },
      asks({ cpu: '1' }),
      ['critical'],
    ],
    ['none when all would not do', { a: asks({ cpu: '1' }) }, asks({ cpu: '3' }), ['critical']],
  ])('%s', (_, pods, critical, failed) => {
    const c = clusterOf()
    for (const [name, spec] of Object.entries(pods)) expect(tryPod(c, name, spec)).toBe('Running')
    tryPod(c, 'critical', { ...critical, priorityClassName: 'system-node-critical' })
    const names = [...Object.keys(pods), 'critical']
    expect(names.filter((name) => c.pod(name)?.status.phase === 'Failed')).toEqual(failed)
  })
})

test('KL-9.6, KL-9.4: a critical pod that is on the wrong node is turned away for that, and sends nobody away', () => {
  const c = clusterOf()
  expect(tryPod(c, 'web', { containers: asking('2') })).toBe('Running')
  const critical = { containers: asking('1'), priorityClassName: 'system-node-critical' }
  expect(tryPod(c, 'a', { ...critical, nodeSelector: { disk: 'ssd' } })).toMatch(/^NodeAffinity: /)
  expect(outcome(c, 'web')).toBe('Running')
  // what would be missing still is said, cpu in milli
  const error = 'Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: '
  const lack = `${error}no set of running pods found to reclaim resources: [(res: cpu, q: 1000), ]`
  expect(tryPod(c, 'b', { ...critical, containers: asking('3') })).toBe(`UnexpectedAdmissionError: Pod was rejected: ${lack}`)
  expect(c.events('b')).toEqual([`UnexpectedAdmissionError: ${lack}`])
  expect(outcome(c, 'web')).toBe('Running')
})

test('KL-8.6, KL-9.8: a restarted kubelet checks its pods again', () => {
  const c = clusterOf()
  const label = (disk: string) => {
    const node = c.api.node('n1')
    if (node) c.api.update('Node', { ...node, metadata: { ...node.metadata, labels: { ...node.metadata.labels, disk } } })
  }
  label('ssd')
  expect(tryPod(c, 'a', { nodeSelector: { disk: 'ssd' } })).toBe('Running')
  label('hdd')
  c.runFor(60_000)
  expect(outcome(c, 'a')).toBe('Running')
  c.fault({ fail: 'n1' })
  c.fault({ recover: 'n1' })
  c.runFor(5000)
  expect(outcome(c, 'a')).toContain('NodeAffinity')
  // KL-9.3: nothing is left of what was reported while it ran
  const { startTime, ...status } = c.pod('a')?.status ?? {}
  expect(startTime).toBeDefined()
  const message = "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"
  expect(status).toEqual({ phase: 'Failed', reason: 'NodeAffinity', message, qosClass: 'BestEffort', observedGeneration: 1 })
})

test('KL-10.3: under pressure the pod that asks for nothing goes first, critical ones never', () => {
  const c = clusterOf()
  tryPod(c, 'asks', { containers: [{ name: 'c', image: 'c:v1', resources: { requests: { memory: '1Gi' } } }] })
  tryPod(c, 'critical', { priorityClassName: 'system-node-critical' })
  tryPod(c, 'idle')
  c.fault({ evict: { name: 'n1' } })
  expect(outcome(c, 'idle')).toContain('Evicted: The node was low on resource: memory. ')
  expect(outcome(c, 'asks')).toBe('Running')
  c.fault({ evict: { name: 'n1' } })
  c.fault({ evict: { name: 'n1' } })
  expect(outcome(c, 'critical')).toBe('Running')
})

test('KL-9.2: the first of several reasons is told', () => {
  const c = clusterOf()
  const full = { containers: asking('3') as Container[], nodeSelector: { disk: 'ssd' } }
  expect(tryPod(c, 'a', full)).toContain('OutOfcpu')
  const port = [{ name: 'c', image: 'c:v1', ports: [{ containerPort: 80, hostPort: 80 }] }]
  expect(tryPod(c, 'b', { containers: port })).toBe('Running')
  expect(tryPod(c, 'd', { containers: port, nodeSelector: { disk: 'ssd' } })).toContain('NodeAffinity')
  c.fault({ condition: { name: 'n1', set: { DiskPressure: true } } })
  expect(tryPod(c, 'e', full)).toContain('Evicted')
})
