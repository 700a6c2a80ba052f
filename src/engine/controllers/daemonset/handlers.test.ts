/** DS-19 section F, and DS-1: which change wakes which DaemonSet. */
import { describe, expect, it } from 'vitest'
import { controllerRef } from '#k8s/owner.ts'
import type { ControllerRevision, DaemonSet, KubeNode, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { deliver } from './daemon-set-controller.ts'
import { isNodeChangeIgnored, syncNodeUpdate } from './node-filter.ts'
import { addNodes, both, createTestBed, daemonSet, L1, L2, N1, node, podOn, setReady, type TestBed } from './test-bed.ts'

const TS = { key: 'dedicated', value: 'user1', effect: 'NoSchedule' as const }

/** Keys queued by `work`, node queue included. */
function queuedBy(bed: TestBed, work: () => void): string[] {
  const { state } = bed.controller.context
  state.queue.waiting.clear()
  state.nodeQueue.waiting.clear()
  work()
  for (const name of state.nodeQueue.waiting.keys()) syncNodeUpdate(bed.controller, name)
  return [...state.queue.waiting.keys()]
}

const foo1 = daemonSet({ name: 'foo1' })
const foo2 = daemonSet({ name: 'foo2' })
const foo3 = daemonSet({ name: 'foo3', labels: L2 })

function bedWithThree(): TestBed {
  const bed = createTestBed()
  for (const ds of [foo1, foo2, foo3]) bed.put(ds)
  return bed
}

describe.each<KubernetesVersion>(['1.23', '1.32', '1.33', '1.36'])('nodes, %s', (version) => {
  it.each(both)('T-70, DS-1.11, DS-1.12 node updates, $type', (updateStrategy) => {
    const cases: [Parameters<typeof daemonSet>[0], KubeNode, KubeNode, number, string[]][] = [
      [{ spec: { nodeSelector: N1 } }, node('n'), node('n'), 0, []],
      [{ spec: { nodeSelector: N1 } }, node('n'), node('n', N1), 0, ['default/foo']],
      [{}, node('n', undefined, { taints: [TS] }), node('n'), 0, ['default/foo']],
      [{}, node('n'), { ...node('n'), status: { ...node('n').status, allocatable: { pods: '200' } } }, 1, []],
    ]
    for (const [options, before, after, creates, keys] of cases) {
      const bed = createTestBed(version)
      bed.put(before)
      bed.put(daemonSet({ ...options, updateStrategy }))
      expect(bed.sync()).toEqual([creates, 0, 0])
      // the pods of this bed are unbound; the node worker counts bound ones only (DS-1.13)
      for (const pod of bed.pods()) bed.put({ ...pod, spec: { ...pod.spec, nodeName: 'n' } })
      expect(queuedBy(bed, () => bed.put({ ...after, metadata: { ...after.metadata, uid: 'n' } }))).toEqual(keys)
    }
  })

  it('T-72, DS-1.10 node additions', () => {
    const bed = createTestBed(version)
    bed.put(daemonSet({ spec: { nodeSelector: N1 } }))
    expect(queuedBy(bed, () => bed.put(node('plain')))).toEqual([])
    expect(queuedBy(bed, () => bed.put(node('selected', N1)))).toEqual(['default/foo'])
  })

  it('DS-1.14, DS-1.13 an untolerated NoSchedule taint under a running pod', () => {
    const bed = createTestBed(version)
    const ds = bed.put(daemonSet())
    const before = bed.put(node('n'))
    bed.put(podOn('n', ds))
    const tainted = { ...before, spec: { taints: [TS] } }
    expect(queuedBy(bed, () => bed.put(tainted))).toEqual(version === '1.33' || version === '1.36' ? [] : ['default/foo'])
    bed.put({ ...ds, status: { ...ds.status, numberMisscheduled: 1 } })
    expect(queuedBy(bed, () => bed.put({ ...tainted, metadata: { ...tainted.metadata, labels: { a: 'b' } } }))).toEqual(
      version === '1.36' ? ['default/foo'] : [],
    )
  })

  it('DS-1.15 the end of a node wakes nobody', () => {
    const bed = createTestBed(version)
    bed.put(node('n'))
    bed.put(daemonSet())
    bed.sync()
    expect(queuedBy(bed, () => bed.remove('Node', 'n'))).toEqual([])
  })
})

describe('T-71, DS-1.11 isNodeChangeIgnored', () => {
  const base = node('n', { a: 'b' })
  const beat = {
    ...base,
    status: { ...base.status, conditions: [{ type: 'Ready', status: 'True' as const, lastHeartbeatTime: '2026-01-01T00:00:10Z' }] },
  }
  const notReady = { ...base, status: { ...base.status, conditions: [{ type: 'Ready', status: 'False' as const }] } }
  it.each<[string, KubeNode, boolean, boolean]>([
    ['identical', base, true, true],
    ['a heartbeat', beat, true, true],
    ['another condition', notReady, true, false],
    ['other allocatable', { ...base, status: { ...base.status, allocatable: { pods: '1' } } }, true, false],
    ['other labels', node('n', { a: 'c' }), false, false],
    ['other taints', node('n', { a: 'b' }, { taints: [TS] }), false, false],
    ['no taints instead of none', node('n', { a: 'b' }, { taints: [] }), true, true],
  ])('%s', (_, after, since130, before130) => {
    expect([isNodeChangeIgnored(base, after, '1.30'), isNodeChangeIgnored(base, after, '1.29')]).toEqual([since130, before130])
  })
})

describe('pods', () => {
  it('T-73, DS-1.7 the end of a pod that is nobody’s or somebody else’s wakes nobody', () => {
    for (const change of [{}, { ownerReferences: [{ ...controllerRef(foo3), kind: 'ReplicaSet' }] }]) {
      for (const on of ['node-0', '']) {
        const bed = createTestBed()
        addNodes(bed, 0, 1)
        bed.put(daemonSet())
        const other = bed.put(podOn(on, undefined, { x: 'y' }, change))
        expect(bed.sync()).toEqual([1, 0, 0])
        expect(queuedBy(bed, () => bed.remove('Pod', `default/${other.metadata.name}`))).toEqual([])
      }
    }
  })

  it('T-74, DS-1.5, DS-1.9 additions', () => {
    const bed = bedWithThree()
    expect(queuedBy(bed, () => bed.put(podOn('n', foo1)))).toEqual(['default/foo1'])
    expect(queuedBy(bed, () => bed.put(podOn('n', foo2)))).toEqual(['default/foo2'])
    expect(queuedBy(bed, () => bed.put(podOn('n', undefined)))).toEqual(['default/foo1', 'default/foo2'])
    expect(queuedBy(bed, () => bed.put(podOn('n', undefined, {})))).toEqual([])
  })

  const updates: [string, Pod, (pod: Pod) => Pod, string[]][] = [
    ['owned', podOn('n', foo1), (pod) => pod, ['default/foo1']],
    ['orphan with the same labels', podOn('n', undefined), (pod) => pod, []],
    [
      'orphan with labels that match now',
      podOn('n', undefined, L2),
      (pod) => ({ ...pod, metadata: { ...pod.metadata, labels: L1 } }),
      ['default/foo1', 'default/foo2'],
    ],
    [
      'owner changed',
      podOn('n', foo2),
      (pod) => ({ ...pod, metadata: { ...pod.metadata, ownerReferences: [controllerRef(foo1)] } }),
      ['default/foo2', 'default/foo1'],
    ],
    [
      'owner gone',
      podOn('n', foo1),
      (pod) => ({ ...pod, metadata: { ...pod.metadata, ownerReferences: undefined } }),
      ['default/foo1', 'default/foo2'],
    ],
  ]
  it.each(updates)('T-75, DS-1.6 update: %s', (_, pod, change, keys) => {
    const bed = bedWithThree()
    const put = bed.put(pod)
    expect(queuedBy(bed, () => bed.put(change(put)))).toEqual(keys)
  })

  it('T-76, DS-1.7 removals', () => {
    const bed = bedWithThree()
    const [owned, orphan] = [bed.put(podOn('n', foo1)), bed.put(podOn('n', undefined))]
    expect(queuedBy(bed, () => bed.remove('Pod', `default/${owned.metadata.name}`))).toEqual(['default/foo1'])
    expect(queuedBy(bed, () => bed.remove('Pod', `default/${orphan.metadata.name}`))).toEqual([])
  })

  it('DS-1.8 a reference of another uid or kind means nobody', () => {
    const bed = bedWithThree()
    const ref = controllerRef(foo1)
    for (const wrong of [
      { ...ref, uid: 'x' },
      { ...ref, kind: 'ReplicaSet' },
      { ...ref, name: 'foo9' },
    ])
      expect(queuedBy(bed, () => bed.put(podOn('n', undefined, L1, { ownerReferences: [wrong] })))).toEqual([])
  })

  it('DS-1.6 a pod that becomes ready wakes its owner again after minReadySeconds and one more', () => {
    const bed = createTestBed()
    const ds = bed.put(daemonSet({ minReadySeconds: 10 }))
    const pod = bed.put(podOn('n', ds))
    bed.timers.length = 0
    setReady(bed, pod)
    expect(bed.timers.filter((timer) => timer.atMs === 11_000)).toHaveLength(1)
  })

  it('DS-1.6 every update of a terminating pod lowers the expected deletions', () => {
    const bed = createTestBed()
    const ds = bed.put(daemonSet())
    const pod = bed.put(podOn('n', ds))
    bed.controller.expectations.set('default/foo', 0, 2)
    const dying = bed.put({ ...pod, metadata: { ...pod.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } })
    expect(bed.controller.expectations.satisfied('default/foo')).toBe(false)
    bed.put({ ...dying, status: { phase: 'Failed' } })
    expect(bed.controller.expectations.satisfied('default/foo')).toBe(true)
  })
})

it('T-1, DS-1.3 the end of a DaemonSet queues its key', () => {
  const bed = createTestBed()
  bed.put(daemonSet())
  expect(queuedBy(bed, () => bed.remove('DaemonSet', 'default/foo'))).toEqual(['default/foo'])
})

describe('DaemonSets (DS-1.2, DS-1.3)', () => {
  it('every update queues, even one that changes nothing', () => {
    const bed = createTestBed()
    const ds = bed.put(daemonSet())
    expect(queuedBy(bed, () => deliver(bed.controller, { type: 'MODIFIED', kind: 'DaemonSet', object: ds, old: ds }))).toEqual(['default/foo'])
    expect(queuedBy(bed, () => bed.put({ ...ds, status: { ...ds.status, numberReady: 1 } }))).toEqual(['default/foo'])
  })

  it('another uid under the same name, like the end, drops what was waited for', () => {
    for (const change of ['uid', 'end'] as const) {
      const bed = createTestBed()
      const ds = bed.put(daemonSet())
      bed.controller.expectations.set('default/foo', 3, 0)
      if (change === 'uid') bed.put({ ...ds, metadata: { ...ds.metadata, uid: 'another' } })
      else bed.remove('DaemonSet', 'default/foo')
      expect(bed.controller.context.state.expectations.has('default/foo'), change).toBe(false)
    }
  })
})

describe('ControllerRevisions (DS-1.4)', () => {
  const revision = (owner: DaemonSet | undefined, change: Partial<ControllerRevision['metadata']> = {}): ControllerRevision => ({
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: { name: 'foo1-hash', namespace: 'default', labels: L1, ...(owner && { ownerReferences: [controllerRef(owner)] }), ...change },
    data: { spec: { template: { spec: { containers: [] }, $patch: 'replace' } } },
    revision: 1,
  })
  const deletionTimestamp = '2026-01-01T00:00:00Z'

  it.each<[string, ControllerRevision, string[]]>([
    ['owned', revision(foo1), []],
    ['orphan that two select', revision(undefined), ['default/foo1', 'default/foo2']],
    ['orphan that nobody selects', revision(undefined, { labels: { x: 'y' } }), []],
    ['orphan without labels', revision(undefined, { labels: {} }), []],
    ['owned, terminating already', revision(foo1, { deletionTimestamp }), ['default/foo1']],
  ])('added: %s', (_, object, keys) => {
    const bed = bedWithThree()
    expect(queuedBy(bed, () => bed.put(object))).toEqual(keys)
  })

  it.each<[string, ControllerRevision, ControllerRevision, string[]]>([
    ['owned', revision(foo1), { ...revision(foo1), revision: 2 }, ['default/foo1']],
    ['owner changed', revision(foo2), revision(foo1), ['default/foo2', 'default/foo1']],
    ['owner gone', revision(foo1), revision(undefined), ['default/foo1', 'default/foo2']],
    ['orphan, number only', revision(undefined), { ...revision(undefined), revision: 2 }, []],
    ['orphan, other labels', revision(undefined, { labels: L2 }), revision(undefined), ['default/foo1', 'default/foo2']],
  ])('updated: %s', (_, before, after, keys) => {
    const bed = bedWithThree()
    bed.put(before)
    expect(queuedBy(bed, () => bed.put(after))).toEqual(keys)
  })

  it('updated to the same resourceVersion, or gone', () => {
    const bed = bedWithThree()
    const owned = bed.put(revision(foo1))
    const same = { type: 'MODIFIED', kind: 'ControllerRevision', object: owned, old: owned } as const
    expect(queuedBy(bed, () => deliver(bed.controller, same))).toEqual([])
    expect(queuedBy(bed, () => bed.remove('ControllerRevision', 'default/foo1-hash'))).toEqual(['default/foo1'])
    bed.put(revision(undefined))
    expect(queuedBy(bed, () => bed.remove('ControllerRevision', 'default/foo1-hash'))).toEqual([])
  })
})

describe('what pods tell of expected changes', () => {
  const expected = (bed: TestBed) => bed.controller.context.state.expectations.get('default/foo')
  it('DS-1.5 an addition lowers the expected ones, if its owner is known; one that terminates counts as a deletion', () => {
    const bed = createTestBed()
    const ds = bed.put(daemonSet())
    bed.controller.expectations.set('default/foo', 2, 2)
    bed.put(podOn('n', ds))
    expect(expected(bed)).toMatchObject({ add: 1, del: 2 })
    bed.put(podOn('n', undefined))
    bed.put(podOn('n', undefined, L1, { ownerReferences: [{ ...controllerRef(ds), uid: 'another' }] }))
    expect(expected(bed)).toMatchObject({ add: 1, del: 2 })
    bed.put(podOn('n', ds, L1, { deletionTimestamp: '2026-01-01T00:00:00Z' }))
    expect(expected(bed)).toMatchObject({ add: 1, del: 1 })
  })

  it('DS-1.7 a removal lowers the expected ones', () => {
    const bed = createTestBed()
    const ds = bed.put(daemonSet())
    const pod = bed.put(podOn('n', ds))
    bed.controller.expectations.set('default/foo', 0, 2)
    bed.remove('Pod', `default/${pod.metadata.name}`)
    expect(expected(bed)).toMatchObject({ add: 0, del: 1 })
  })

  it('DS-1.6 an update to the same resourceVersion is passed over', () => {
    const bed = createTestBed()
    const ds = bed.put(daemonSet())
    const pod = bed.put(podOn('n', ds))
    expect(queuedBy(bed, () => deliver(bed.controller, { type: 'MODIFIED', kind: 'Pod', object: pod, old: pod }))).toEqual([])
  })
})

it('DS-1.9 a DaemonSet without selector, or with an empty one, is woken by no orphan', () => {
  const bed = createTestBed()
  const ds = daemonSet()
  for (const [name, selector] of [
    ['none', undefined],
    ['empty', {}],
  ] as const)
    bed.put({ ...ds, metadata: { ...ds.metadata, name, uid: name }, spec: { ...ds.spec, selector } } as DaemonSet)
  expect(queuedBy(bed, () => bed.put(podOn('n', undefined)))).toEqual([])
})

it('DS-1.13 pods stand for the DaemonSet of that name, whoever it is by now, also when they have ended or are ending', () => {
  const terminating = { deletionTimestamp: '2026-01-01T00:00:00Z' }
  const former = { ...daemonSet(), metadata: { ...daemonSet().metadata, uid: 'former' } }
  for (const [what, pod] of [
    ['ended', { ...podOn('n', daemonSet()), status: { phase: 'Failed' as const } }],
    ['ending', podOn('n', daemonSet(), L1, terminating)],
    ['of a former one', podOn('n', former)],
  ] as const) {
    const bed = createTestBed('1.36')
    bed.put(daemonSet())
    const before = bed.put(node('n'))
    bed.put(pod)
    const labelled = { ...before, metadata: { ...before.metadata, labels: { a: 'b' } } }
    expect(
      queuedBy(bed, () => bed.put(labelled)),
      what,
    ).toEqual([])
    const tainted = { ...labelled, spec: { taints: [{ key: 'a', effect: 'NoExecute' as const }] } }
    expect(
      queuedBy(bed, () => bed.put(tainted)),
      what,
    ).toEqual(['default/foo'])
  }
})

it('DS-1.13 a node that is gone when its turn comes is dropped; unbound pods are not seen', () => {
  const bed = createTestBed('1.36')
  const ds = bed.put(daemonSet())
  bed.put(node('n'))
  const unbound = podOn('', ds)
  const term = { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }] }
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } } }
  bed.put({ ...unbound, spec: { ...unbound.spec, nodeName: undefined, affinity } })
  expect(queuedBy(bed, () => syncNodeUpdate(bed.controller, 'n'))).toEqual(['default/foo'])
  bed.put(podOn('n', ds))
  expect(queuedBy(bed, () => syncNodeUpdate(bed.controller, 'n'))).toEqual([])
  expect(queuedBy(bed, () => syncNodeUpdate(bed.controller, 'nowhere'))).toEqual([])
})
