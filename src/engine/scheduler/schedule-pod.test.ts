import { describe, expect, it } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { createRandom, seedRandom } from '#sim/random.ts'
import { numFeasibleNodesToFind } from './find-nodes.ts'
import { joinReasons, truncateMessage } from './messages.ts'
import { nodeOrder } from './node-order.ts'
import { pinnedNodes } from './pinned-nodes.ts'
import { schedulePod } from './schedule-pod.ts'
import { makeNode, makePod, pinnedTo, TestCluster } from './test-cluster.ts'

function attempt(cluster: TestCluster, pod: Pod) {
  const state = seedRandom(1)
  return schedulePod(
    pod,
    cluster.cycle(pod).view,
    createRandom(() => state),
    0,
  )
}

function messageOf(cluster: TestCluster, pod: Pod): string | undefined {
  const result = attempt(cluster, pod)
  return 'failure' in result ? result.failure.message : undefined
}

const gpu = { taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' as const }] }
const filler = (node: string, spec = {}) => makePod(`filler-${node}`, { requests: { cpu: '2' }, spec: { nodeName: node, ...spec } })
const wantsCpu = { requests: { cpu: '1' } }

describe('texts of three nodes (SCH-6.5, SCH-6.6, SCH-6.8, SCH-6.9)', () => {
  const samples: [KubernetesVersion, number, string][] = [
    ['1.23', 2, "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had taint {dedicated: gpu}, that the pod didn't tolerate."],
    [
      '1.24',
      1,
      '0/3 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.',
    ],
    [
      '1.28',
      1,
      '0/3 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod..',
    ],
    [
      '1.36',
      1,
      '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.',
    ],
  ]
  it.each(samples)('%s, %i tainted', (version, tainted, text) => {
    const cluster = new TestCluster(version)
    for (const i of [0, 1, 2]) {
      cluster.add(makeNode(`n${i}`, i < tainted ? gpu : {}))
      cluster.add(filler(`n${i}`))
    }
    expect(messageOf(cluster, makePod('p', wantsCpu))).toBe(text)
  })
})

describe('daemon pod pinned to one full node of three (SCH-6.10)', () => {
  const samples: [KubernetesVersion, string][] = [
    ['1.23', "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't match Pod's node affinity/selector."],
    ['1.28', '0/3 nodes are available: 1 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod..'],
    [
      '1.36',
      "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.",
    ],
  ]
  const pod = makePod('agent', { ...wantsCpu, spec: { affinity: pinnedTo('n1') } })
  it.each(samples)('%s', (version, text) => {
    expect(messageOf(new TestCluster(version).add(makeNode('n0'), makeNode('n1'), makeNode('n2')).add(filler('n1')), pod)).toBe(text)
  })
  it('1.28: unseen nodes with pods of lower priority show why they do not fit', () => {
    const cluster = new TestCluster('1.28').add(makeNode('n0'), makeNode('n1'), makeNode('n2'))
    cluster.add(filler('n0', { priority: -1 }), filler('n1'))
    expect(messageOf(cluster, pod)).toBe(
      "0/3 nodes are available: 1 Insufficient cpu. preemption: 0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 No preemption victims found for incoming pod..",
    )
  })
  it('1.23: on other nodes cordon and taints come before the affinity (SCH-2.1)', () => {
    const cluster = new TestCluster('1.23')
      .add(makeNode('n0', gpu), makeNode('n1', gpu), makeNode('n2', { unschedulable: true }), makeNode('n3'))
      .add(filler('n1'))
    const tolerant = makePod('agent', { ...wantsCpu, spec: { affinity: pinnedTo('n1') } })
    expect(messageOf(cluster, tolerant)).toBe(
      "0/4 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) were unschedulable, 2 node(s) had taint {dedicated: gpu}, that the pod didn't tolerate.",
    )
  })
  it('a node smaller than the request is out of preemption in newer versions (SCH-3.6)', () => {
    const cluster = new TestCluster('1.36').add(makeNode('n0'), makeNode('n1', { cpu: '500m' }))
    expect(messageOf(cluster, pod)).toBe(
      "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
    )
  })
  it('the node does not exist (SCH-4.8)', () => {
    const lost = makePod('agent', { spec: { affinity: pinnedTo('gone') } })
    const nodes = (version: KubernetesVersion) => new TestCluster(version).add(makeNode('n0'), makeNode('n1'))
    expect(messageOf(nodes('1.23'), lost)).toBe("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.")
    expect(attempt(nodes('1.28'), lost)).toMatchObject({ failure: { reason: 'SchedulerError', message: 'nodeinfo not found for node name "gone"' } })
    expect(messageOf(nodes('1.36'), lost)).toBe(
      "0/2 nodes are available: 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
    )
  })
})

it('TL-6: a new Deployment pod sees the cordoned node, a daemon pod goes there', () => {
  const tolerations = [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' }]
  const cluster = new TestCluster('1.23').add(makeNode('n1', { unschedulable: true }), makeNode('n2', gpu), makeNode('n3', gpu))
  expect(messageOf(cluster, makePod('web'))).toContain('1 node(s) were unschedulable')
  expect(attempt(cluster, makePod('agent', { spec: { affinity: pinnedTo('n1'), tolerations } }))).toMatchObject({ node: 'n1' })
})

it('affinity terms that contradict themselves (SCH-4.8)', () => {
  const matchFields = ['n0', 'n1'].map((node) => ({ key: 'metadata.name', operator: 'In', values: [node] }))
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } } }
  const pod = makePod('p', { spec: { affinity } })
  const cluster = (version: KubernetesVersion) => new TestCluster(version).add(makeNode('n0'), makeNode('n1'))
  expect(messageOf(cluster('1.23'), pod)).toBe("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.")
  expect(messageOf(cluster('1.28'), pod)).toBe(
    '0/2 nodes are available: pod affinity terms conflict. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling..',
  )
})

describe('words', () => {
  it('no nodes at all (SCH-6.3)', () => {
    expect(messageOf(new TestCluster(), makePod('p'))).toBe('no nodes available to schedule pods')
  })
  it('reasons sort as text (SCH-6.4, TRAP-8)', () => {
    expect(
      joinReasons(
        new Map([
          ['y', 2],
          ['x', 10],
        ]),
      ),
    ).toBe('10 x, 2 y') // prettier-ignore
  })
  it('preemptionPolicy Never (SCH-6.7)', () => {
    const never = makePod('p', { ...wantsCpu, spec: { preemptionPolicy: 'Never' } })
    const cluster = (version: KubernetesVersion) => new TestCluster(version).add(makeNode('n0')).add(filler('n0'))
    expect(messageOf(cluster('1.28'), never)).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never..',
    )
    expect(messageOf(cluster('1.36'), never)).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
    )
  })
  it('1024 characters (SCH-6.2)', () => {
    expect(truncateMessage('x'.repeat(1024))).toHaveLength(1024)
    expect(truncateMessage('x'.repeat(1025))).toBe(`${'x'.repeat(1020)} ...`)
  })
})

describe('search', () => {
  it('how many feasible nodes are enough (SCH-5.1)', () => {
    expect([99, 100, 500, 1000, 5000, 15000].map(numFeasibleNodesToFind)).toEqual([99, 100, 230, 420, 500, 750])
  })
  it('the next search begins where the last one ended, and goes round (SCH-5.1)', () => {
    const cluster = new TestCluster().add(...Array.from({ length: 150 }, (_, i) => makeNode(`n${i}`)))
    const pod = makePod('p')
    const state = seedRandom(1)
    const next = (start: number) =>
      schedulePod(
        pod,
        cluster.cycle(pod).view,
        createRandom(() => state),
        start,
      )
    const indices = (start: number) =>
      Array.from({ length: 60 }, () => next(start)).map((result) => ('node' in result ? Number(result.node.slice(1)) : -1))
    // 49 % of 150 is less than 100, which are looked for at least
    expect([0, 100, 50].map((start) => next(start).nextStart)).toEqual([100, 50, 0])
    expect(Math.max(...indices(0))).toBeLessThan(100)
    expect(indices(100).every((i) => i >= 100 || i < 50)).toBe(true)
  })
  it('takes one node of each zone in turn (SCH-5.3)', () => {
    const zone = (name: string, z?: string) => makeNode(name, z ? { labels: { 'topology.kubernetes.io/zone': z } } : {})
    expect(nodeOrder([zone('a1', 'a'), zone('a2', 'a'), zone('b1', 'b'), zone('x'), zone('a3', 'a')])).toEqual(['a1', 'b1', 'x', 'a2', 'a3'])
  })
  it('names intersect inside a term and add up over terms (SCH-4.8)', () => {
    expect(pinnedNodes(makePod('p', { spec: { affinity: pinnedTo('a', 'b', 'a') } }))).toEqual(['a', 'b'])
    expect(pinnedNodes(makePod('p'))).toBeUndefined()
  })
  it('picks any of equal best nodes (SCH-5.10), the same ones with the same seed (SCH-5.12)', () => {
    const cluster = new TestCluster().add(makeNode('n0'), makeNode('n1'), makeNode('n2'))
    const pod = makePod('p')
    const choose = (seed: number) => {
      const state = seedRandom(seed)
      const random = createRandom(() => state)
      return Array.from({ length: 40 }, () => {
        const result = schedulePod(pod, cluster.cycle(pod).view, random, 0)
        return 'node' in result ? result.node : ''
      })
    }
    expect([...new Set(choose(7))].sort()).toEqual(['n0', 'n1', 'n2'])
    expect(choose(7)).toEqual(choose(7))
    expect(choose(8)).not.toEqual(choose(7))
  })
})
