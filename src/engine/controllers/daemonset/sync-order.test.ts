/** DS-2 and DS-3: what one sync does, in which order, and where it stops. */
import { describe, expect, it } from 'vitest'
import type { ControllerRevision, DaemonSet } from '#k8s/types.ts'
import { addNodes, addPods, createTestBed, daemonSet, editSpec, L2, node, podOn, setAllReady, setImage, setReady, type TestBed } from './test-bed.ts'

const rolling = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } }
const statusOf = (bed: TestBed) => bed.get<DaemonSet>('DaemonSet', 'default/foo').status
const revisionsOf = (bed: TestBed) => bed.controller.context.state.cache.revisions as ReadonlyMap<string, ControllerRevision>

/** A DaemonSet on two nodes whose pods are Ready, at rest. */
function settled(updateStrategy: DaemonSet['spec']['updateStrategy'] = rolling, version?: Parameters<typeof createTestBed>[0]): TestBed {
  const bed = createTestBed(version)
  addNodes(bed, 0, 2)
  bed.put(daemonSet({ updateStrategy }))
  bed.sync()
  bed.clear()
  setAllReady(bed)
  bed.sync()
  bed.clear()
  return bed
}

describe('while expectations are not met (DS-2.4, DS-3.6)', () => {
  it('revisions and numbers are kept up, observedGeneration, pods and history are not', () => {
    const bed = settled()
    setImage(bed, 'foo2/bar2')
    bed.controller.expectations.set('default/foo', 1, 0)
    expect(bed.sync()).toEqual([0, 0, 0])
    expect(revisionsOf(bed).size).toBe(2)
    expect(statusOf(bed)).toMatchObject({ observedGeneration: 1, numberReady: 2 })
    expect(statusOf(bed).updatedNumberScheduled).toBeUndefined()
    bed.controller.expectations.forget('default/foo')
    expect(bed.sync()).toEqual([0, 1, 0])
    expect(statusOf(bed).observedGeneration).toBe(2)
  })
})

describe('DS-2.5 manage and rollout share a sync only when the news of manage is there', () => {
  it.each([
    ['news at once, as in unit tests', true, [1, 1, 0]],
    ['news later, as in a cluster', false, [1, 0, 0]],
  ])('%s', (_, delivers, expected) => {
    const bed = settled({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } })
    setImage(bed, 'foo2/bar2')
    bed.put(node('node-2'))
    bed.delivers = delivers
    expect(bed.sync()).toEqual(expected)
  })
})

describe('DS-3, one sync', () => {
  it('DS-3.1 of a DaemonSet that is gone: expectations are forgotten, nothing else', () => {
    const bed = createTestBed()
    bed.controller.expectations.set('default/foo', 1, 0)
    expect(bed.sync()).toEqual([0, 0, 0])
    expect(bed.error).toBeUndefined()
    expect(bed.controller.context.state.expectations.size).toBe(0)
  })

  it('DS-3.3 a selector {} stops it before revisions and status; one that is missing matches nothing', () => {
    const bed = createTestBed()
    addNodes(bed, 0, 1)
    const ds = daemonSet()
    bed.put({ ...ds, spec: { ...ds.spec, selector: {} } })
    expect(bed.sync()).toEqual([0, 0, 1])
    expect([bed.counts.statusWrites, revisionsOf(bed).size]).toEqual([0, 0])
    bed.put({ ...ds, spec: { ...ds.spec, selector: undefined } } as unknown as DaemonSet)
    expect(bed.sync()[2]).toBe(0)
  })

  it('DS-3.2 every node is looked at: not ready, cordoned, even one that is being deleted', () => {
    const bed = createTestBed()
    bed.put(node('sick', undefined, {}, [{ type: 'Ready', status: 'Unknown' }]))
    bed.put(node('cordoned', undefined, { unschedulable: true }))
    bed.put(node('bare', undefined, {}, []))
    const leaving = node('leaving')
    bed.put({ ...leaving, metadata: { ...leaving.metadata, deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['x/y'] } })
    bed.put(daemonSet())
    expect(bed.sync()).toEqual([4, 0, 0])
    expect(statusOf(bed)).toMatchObject({ desiredNumberScheduled: 4, currentNumberScheduled: 4 })
  })

  it('DS-3.5 revisions come first: their failure stops it', () => {
    const bed = createTestBed()
    addNodes(bed, 0, 1)
    const ds = bed.put(daemonSet())
    bed.delivers = false
    bed.put({ ...ds, metadata: { ...ds.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } })
    bed.delivers = true
    bed.put({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: { name: 'orphan', namespace: 'default', labels: ds.spec.template.metadata?.labels },
      data: { spec: { template: { ...ds.spec.template, $patch: 'replace' } } },
      revision: 1,
    })
    expect(bed.sync()).toEqual([0, 0, 0])
    expect(bed.error?.message).toMatch(/^failed to construct revisions of DaemonSet: can't adopt ControllerRevision/)
    expect(bed.counts.statusWrites).toBe(0)
  })

  it.each([
    ['1.25', undefined],
    ['1.26', 2],
  ] as const)('DS-3.7, DS-3.11 when manage fails nothing is rolled out and no history cleaned up; in %s the status', (version, observed) => {
    const bed = settled(rolling, version)
    for (const image of ['a', 'b', 'c']) editSpec(bed, { revisionHistoryLimit: 0, template: setImage(bed, image).spec.template })
    const before = statusOf(bed).observedGeneration
    bed.put(node('node-2'))
    bed.createLimit = 0
    expect(bed.sync()).toEqual([0, 0, 0])
    expect([bed.error?.message, bed.counts.createCalls, revisionsOf(bed).size]).toEqual(['not created', 1, 2])
    expect(statusOf(bed).observedGeneration).toBe(observed ? bed.get<DaemonSet>('DaemonSet', 'default/foo').metadata.generation : before)
    bed.clear()
    bed.createLimit = 9
    expect(bed.sync()).toEqual([1, 0, 0])
    // the new pod uses the budget up until it is Ready
    bed.clear()
    setAllReady(bed)
    expect(bed.sync()).toEqual([0, 1, 0])
    expect(revisionsOf(bed).size).toBe(2)
  })

  it('DS-3.8 OnDelete replaces nothing', () => {
    const bed = settled({ type: 'OnDelete' })
    setImage(bed, 'foo2/bar2')
    expect(bed.sync()).toEqual([0, 0, 0])
    expect(statusOf(bed)).toMatchObject({ observedGeneration: 2, numberReady: 2 })
  })

  it('DS-3.9, DS-3.10 history is cleaned up, then the status written', () => {
    const bed = settled({ type: 'OnDelete' })
    for (const image of ['a', 'b', 'c', 'd', 'e']) {
      setImage(bed, image)
      bed.sync()
      bed.clear()
    }
    // the first is carried by pods; of the others the limit of 2 counts without it (DS-9.10, DS-9.11)
    expect([...revisionsOf(bed).values()].map(({ revision }) => revision).sort()).toEqual([1, 5, 6])
    expect(statusOf(bed).observedGeneration).toBe(6)
  })
})

describe('T-6, DS-3.11 which error is told', () => {
  const bedWith = (createLimit: number, statusError?: Error) => {
    const bed = createTestBed('1.26')
    addNodes(bed, 0, 1)
    bed.put(daemonSet())
    Object.assign(bed, { createLimit, statusError })
    bed.sync()
    return bed
  }
  const statusError = new Error('no status')
  it.each([
    ['creating fails: the status is written all the same', bedWith(0), 'not created', 1],
    ['writing the status fails, twice', bedWith(1, statusError), 'error storing status for daemon set default/foo: no status', 2],
    ['both fail', bedWith(0, statusError), 'not created', 2],
  ])('%s', (_, bed, message, writes) => {
    expect([bed.error?.message, bed.counts.statusWrites]).toEqual([message, writes])
    expect(bed.counts.createCalls).toBe(1)
  })
})

it.each([
  ['DS-5.3 an orphan is adopted whatever it was made from; being bound, it is the one that stays (DS-6.7)', { type: 'OnDelete' }, 1],
  ['DS-3.12, DS-5.3 the rollout looks again: what was adopted counts as old, is not available, and goes', rolling, 2],
])('%s', (_, updateStrategy, deletes) => {
  const bed = settled(updateStrategy)
  const orphan = bed.put(podOn('node-0', undefined))
  bed.sync()
  expect(bed.deleted).toHaveLength(deletes)
  expect(bed.deleted.includes(orphan.metadata.name)).toBe(deletes === 2)
  expect(bed.get('Pod', `default/${orphan.metadata.name}`)).toMatchObject({
    metadata: { ownerReferences: [{ uid: 'uid-of-foo', controller: true }] },
  })
})

it('DS-6.7, DS-8.1 a bound pod counts before an older one that is not bound yet', () => {
  const bed = createTestBed()
  addNodes(bed, 0, 1)
  const ds = bed.put(daemonSet())
  const term = { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-0'] }] }
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } } }
  const unbound = podOn('', ds, undefined, { creationTimestamp: '2026-01-01T00:00:00Z', name: 'a' })
  bed.put({ ...unbound, spec: { ...unbound.spec, nodeName: undefined, affinity } })
  setReady(bed, bed.put(podOn('node-0', ds, undefined, { creationTimestamp: '2026-01-01T00:00:09Z', name: 'b' })))
  bed.sync()
  expect(bed.deleted).toEqual(['a'])
  expect(statusOf(bed)).toMatchObject({ numberReady: 1, numberAvailable: 1 })
})

it('DS-6.7, DS-6.8 of several pods the bound, older, lower-named one stays', () => {
  const bed = createTestBed()
  addNodes(bed, 0, 1)
  const ds = bed.put(daemonSet())
  const created = (creationTimestamp: string, name: string) => bed.put(podOn('node-0', ds, undefined, { creationTimestamp, name }))
  created('2026-01-01T00:00:05Z', 'b')
  created('2026-01-01T00:00:05Z', 'a')
  created('2026-01-01T00:00:09Z', 'young')
  bed.sync()
  expect(bed.deleted.sort()).toEqual(['b', 'young'])
})

describe('DS-1.16 it comes back by itself', () => {
  const waits = (bed: TestBed) => bed.timers.map(({ atMs }) => (atMs - bed.nowMs) / 1000).filter((seconds) => seconds >= 1)
  const bedWithPod = () => {
    const bed = createTestBed()
    addNodes(bed, 0, 1)
    const ds = bed.put(daemonSet({ minReadySeconds: 7 }))
    const pod = bed.put(podOn('node-0', ds))
    bed.nowMs = 20_000
    bed.timers.length = 0
    return { bed, pod }
  }

  it('a second later than minReadySeconds after a pod became Ready, not after it stayed so, nor when it is no longer (DS-1.6)', () => {
    const { bed, pod } = bedWithPod()
    const ready = setReady(bed, pod)
    expect(waits(bed)).toEqual([8])
    bed.timers.length = 0
    setReady(bed, ready)
    setReady(bed, ready, false)
    expect(waits(bed)).toEqual([])
  })

  it('minReadySeconds after a status with fewer available than Ready (DS-8.8)', () => {
    const { bed, pod } = bedWithPod()
    setReady(bed, pod)
    bed.timers.length = 0
    bed.sync()
    expect(waits(bed)).toEqual([7])
  })

  it('a full back-off after a failed pod was left alone (DS-6.4), however much of it is over', () => {
    const { bed, pod } = bedWithPod()
    const failed = () => bed.put({ ...pod, status: { phase: 'Failed' } })
    // once its generation was observed the back-off keeps its key
    bed.sync()
    failed()
    expect(bed.sync()).toEqual([0, 1, 1])
    bed.clear()
    bed.nowMs += 900
    failed()
    bed.timers.length = 0
    expect(bed.sync()).toEqual([0, 0, 0])
    expect(waits(bed)).toEqual([1])
  })
})

describe('which nodes have a pod (DS-5.6), and what is done where one may only stay (DS-6.2)', () => {
  const noSchedule = { taints: [{ key: 'a', effect: 'NoSchedule' as const }] }
  const gone = { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['x/y'] }

  it.each(['Pending', 'Running', 'Unknown', 'Failed', 'Succeeded'] as const)(
    'DS-5.6 a pod that is %s, terminating or not, stands for its node',
    (phase) => {
      const isTerminal = phase === 'Failed' || phase === 'Succeeded'
      for (const version of ['1.23', '1.36'] as const)
        for (const change of [{}, gone]) {
          const bed = createTestBed(version)
          addNodes(bed, 0, 1)
          const ds = bed.put(daemonSet())
          bed.put({ ...podOn('node-0', ds, undefined, change), status: { phase } })
          // what has ended and is going is passed over since 1.28 (DS-5.5)
          expect(bed.sync()[0], `${version} ${Object.keys(change)}`).toBe(version === '1.36' && isTerminal && change === gone ? 1 : 0)
        }
    },
  )

  it('DS-6.2 failed pods and surplus go there, too; nothing new comes, also with surge', () => {
    for (const updateStrategy of [{ type: 'OnDelete' }, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }]) {
      const bed = createTestBed()
      bed.put(node('node-0', undefined, noSchedule))
      bed.put(node('node-1', undefined, noSchedule))
      bed.put(node('node-2', undefined, noSchedule))
      const ds = bed.put(daemonSet({ updateStrategy }))
      bed.put({ ...podOn('node-0', ds), status: { phase: 'Failed' } })
      addPods(bed, 'node-1', 3, ds)
      expect(bed.sync(), updateStrategy.type).toEqual([0, 3, 1])
      expect(statusOf(bed)).toMatchObject({ desiredNumberScheduled: 0, currentNumberScheduled: 0, numberMisscheduled: 2 })
    }
  })

  it('DS-8.7 pods that are not its own count for nothing, though they fit its node and bear half of its labels', () => {
    const bed = settled()
    const before = statusOf(bed)
    setReady(bed, bed.put(podOn('node-0', daemonSet({ name: 'other' }), L2)))
    setReady(bed, bed.put(podOn('node-1', undefined, L2)))
    bed.put(node('node-2'))
    expect(bed.sync()).toEqual([1, 0, 0])
    expect(statusOf(bed)).toMatchObject({
      ...before,
      desiredNumberScheduled: 3,
      currentNumberScheduled: 3,
      numberUnavailable: 1,
      updatedNumberScheduled: 3,
    })
  })
})
