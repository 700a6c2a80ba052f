/** DS-19 sections B, D, E: where pods go. */
import { describe, expect, it } from 'vitest'
import type { KubeNode, PodSpec, Taint } from '#k8s/types.ts'
import { nodeShouldRunDaemonPod } from './placement.ts'
import { addNodes, addPods, both, createTestBed, daemonSet, L1, L2, N1, N2, node, podOn } from './test-bed.ts'

const TS: Taint = { key: 'dedicated', value: 'user1', effect: 'NoSchedule' }
const TE: Taint = { key: 'dedicated', value: 'user1', effect: 'NoExecute' }
const affinity = (key: string, ...values: string[]): PodSpec['affinity'] => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values }] }] },
  },
})

describe.each(both)('placement basics (DS-4.2, DS-4.3, DS-4.5, DS-4.6, DS-4.8), $type', (updateStrategy) => {
  const bedWith = (nodes: readonly KubeNode[], spec?: Partial<PodSpec>) => {
    const bed = createTestBed()
    for (const n of nodes) bed.put(n)
    bed.put(daemonSet({ updateStrategy, spec }))
    return bed
  }
  const plain = (count: number, from = 0) => Array.from({ length: count }, (_, i) => node(`node-${from + i}`))
  const mixed = [...plain(4), ...[4, 5, 6].map((i) => node(`node-${i}`, N1))]

  it('T-10, T-11, DS-7.7, SIM-5 one pod a node, in the order of their creation, pinned by affinity', () => {
    const bed = bedWith(plain(5))
    expect(bed.sync()).toEqual([5, 0, 0])
    const nodes = bed.pods().map((pod) => {
      expect(pod.spec.nodeName).toBeUndefined()
      const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
      expect(terms).toEqual([{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [expect.any(String)] }] }])
      return terms[0]?.matchFields?.[0]?.values?.[0]
    })
    expect(nodes).toEqual(['node-0', 'node-1', 'node-2', 'node-3', 'node-4'])
  })

  it.each([
    ['T-12 no nodes', [], undefined, [0, 0, 0]],
    ['T-13 one node', plain(1), undefined, [1, 0, 0]],
    ['T-14 NotReady node', [node('node-0', undefined, {}, [{ type: 'Ready', status: 'False' }])], undefined, [1, 0, 0]],
    ['T-15 no network', [node('node-0', undefined, {}, [{ type: 'NetworkUnavailable', status: 'True' }])], undefined, [1, 0, 0]],
    ['T-23 nodeSelector fits 3 of 7', mixed, { nodeSelector: N1 }, [3, 0, 0]],
    ['T-24 nodeSelector fits none', mixed, { nodeSelector: N2 }, [0, 0, 0]],
    ['T-25 nodeName', plain(5), { nodeName: 'node-0' }, [1, 0, 0]],
    ['T-25 nodeName of no node', plain(5), { nodeName: 'node-10' }, [0, 0, 0]],
    ['T-26 nodeSelector and nodeName', mixed, { nodeSelector: N1, nodeName: 'node-6' }, [1, 0, 0]],
    ['T-26 nodeSelector against nodeName', mixed, { nodeSelector: N1, nodeName: 'node-0' }, [0, 0, 0]],
    ['T-27 required affinity', mixed, { affinity: affinity('color', 'blue') }, [3, 0, 0]],
    ['T-42 NoSchedule taint', [node('node-0', undefined, { taints: [TS] })], undefined, [0, 0, 0]],
    [
      'T-43 tolerated taint',
      [node('node-0', undefined, { taints: [TS] })],
      { tolerations: [{ key: 'dedicated', value: 'user1', effect: 'NoSchedule' }] },
      [1, 0, 0],
    ],
    [
      'T-44 not-ready:NoExecute',
      [node('node-0', undefined, { taints: [{ key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' }] }, [{ type: 'Ready', status: 'False' }])],
      undefined,
      [1, 0, 0],
    ],
    [
      'T-45 unreachable:NoExecute',
      [
        node('node-0', undefined, { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }] }, [
          { type: 'Ready', status: 'Unknown' },
        ]),
      ],
      undefined,
      [1, 0, 0],
    ],
    ['T-46 toleration without taint', plain(1), { tolerations: [{ key: 'dedicated', value: 'user1', effect: 'NoSchedule' }] }, [1, 0, 0]],
    [
      'T-47 pressure taints',
      [
        node('node-0', undefined, {
          taints: ['disk', 'memory', 'pid'].map((what) => ({ key: `node.kubernetes.io/${what}-pressure`, effect: 'NoSchedule' as const })),
        }),
      ],
      { priorityClassName: 'system-node-critical' },
      [1, 0, 0],
    ],
  ])('%s', (_, nodes, spec, expected) => {
    expect(bedWith(nodes, spec as Partial<PodSpec>).sync()).toEqual(expected)
  })

  it.each([
    ['T-16 resources do not count', { nodeName: 'node-0', containers: [{ name: 'c', resources: { requests: { memory: '75M' } } }] }],
    ['T-21 ports of others do not count', { nodeName: 'node-0', containers: [{ name: 'c', ports: [{ containerPort: 1, hostPort: 6662 }] }] }],
  ])('%s', (_, spec) => {
    const bed = bedWith(plain(1), spec)
    bed.put(podOn('node-0', undefined, {}))
    expect(bed.sync()).toEqual([1, 0, 0])
  })

  it('T-20 its own pod on the port is the pod wanted', () => {
    const spec = { nodeName: 'node-0', containers: [{ name: 'c', ports: [{ containerPort: 1, hostPort: 666 }] }] }
    const bed = bedWith(plain(1), spec)
    addPods(bed, 'node-0', 1, daemonSet({ spec }))
    expect(bed.sync()).toEqual([0, 0, 0])
  })

  it('T-22, DS-3.3 an empty selector is refused with a warning', () => {
    const bed = bedWith(plain(1), { nodeSelector: { foo: 'bar' } })
    bed.put(podOn('node-0', undefined, { bar: 'x' }))
    const ds = bed.get<ReturnType<typeof daemonSet>>('DaemonSet', 'default/foo')
    bed.put({ ...ds, spec: { ...ds.spec, selector: {} } })
    expect(bed.sync()).toEqual([0, 0, 1])
  })

  it.each([
    ['T-40 NoSchedule lets the pod stay', TS, [0, 0, 0]],
    ['T-41 NoExecute does not', TE, [0, 1, 0]],
  ])('%s', (_, taint, expected) => {
    const bed = bedWith([node('node-0', undefined, { taints: [taint] })])
    addPods(bed, 'node-0', 1, daemonSet())
    expect(bed.sync()).toEqual(expected)
  })
})

it('T-17 nodeSelector with room on neither node', () => {
  const bed = createTestBed()
  addNodes(bed, 0, 1)
  bed.put(node('node-1', N1))
  bed.put(daemonSet({ spec: { nodeSelector: N1 } }))
  expect(bed.sync()).toEqual([1, 0, 0])
})

describe('nodeShouldRunDaemonPod', () => {
  const requests = (memory: string) => ({ containers: [{ name: 'c', resources: { requests: { memory, cpu: '0.5' } } }] })
  it.each<[string, Partial<PodSpec>, boolean, KubeNode['spec']?]>([
    ['T-50 requests fit', requests('50M'), true],
    ['T-51 requests exceed the node', requests('200M'), true],
    ['T-52 other node name', { nodeName: 'other-node' }, false],
    ['T-53 host port taken', { containers: [{ name: 'c', ports: [{ containerPort: 666, hostPort: 666 }] }] }, true],
    ['T-54 requests beside others', requests('100M'), true],
    ['T-55 requests beside others', requests('50M'), true],
    ['T-56 nodeSelector differs', { nodeSelector: L2 }, false],
    ['T-57 nodeSelector fits', { nodeSelector: L1 }, true],
    ['T-58 required affinity differs', { affinity: affinity('type', 'test') }, false],
    ['T-59 required affinity fits', { affinity: affinity('type', 'production') }, true],
    ['T-60 cordoned without taint', {}, true, { unschedulable: true }],
  ])('%s', (_, spec, runs, nodeSpec) => {
    const verdict = nodeShouldRunDaemonPod(node('test-node', L1, nodeSpec), { spec: { containers: [], ...spec } })
    expect([verdict.shouldRun, verdict.shouldContinueRunning]).toEqual([runs, runs])
  })

  it('DS-4.1 says of every rule what it found; name and selector decide before taints', () => {
    const template = {
      spec: { containers: [], nodeName: 'a', nodeSelector: { disk: 'ssd' }, tolerations: [{ operator: 'Exists', effect: 'NoExecute' }] },
    }
    const verdict = nodeShouldRunDaemonPod(node('b', { disk: 'hdd' }, { taints: [TS, TE] }), template)
    expect(verdict.checks).toEqual([
      { rule: 'nodeName', ok: false, wanted: 'a' },
      { rule: 'nodeSelector', ok: false, missing: ['disk', 'ssd'] },
      { rule: 'affinity', ok: true },
      { rule: 'taints', ok: false, untolerated: [TS] },
    ])
    // the taint alone would let a pod stay
    expect([verdict.shouldRun, verdict.shouldContinueRunning]).toEqual([false, false])
    const { shouldRun, shouldContinueRunning } = nodeShouldRunDaemonPod(node('a', { disk: 'ssd' }, { taints: [TS, TE] }), template)
    expect([shouldRun, shouldContinueRunning]).toEqual([false, true])
  })
})
