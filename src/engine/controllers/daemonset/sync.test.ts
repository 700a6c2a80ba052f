/** DS-19 sections A and C: expectations, errors, pods that are there already. */
import { describe, expect, it } from 'vitest'
import type { DaemonSet, Pod, StringMap } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { createBackoff, createBackoffState } from './backoff.ts'
import { claimOf } from './claim.ts'
import { storeDaemonSetStatus } from './sync.ts'
import { addNodes, addPods, both, createTestBed, daemonSet, L1, L2, N1, node, podOn, setAllReady } from './test-bed.ts'

const surge = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
const statusOf = (bed: ReturnType<typeof createTestBed>) => bed.get<DaemonSet>('DaemonSet', 'default/foo').status

describe.each(both)('queue, expectations, errors, $type', (updateStrategy) => {
  it('T-3, T-4, DS-7.2, DS-7.3 a refused create stops after its batch and leaves nothing to wait for', () => {
    const bed = createTestBed()
    addNodes(bed, 0, 100)
    bed.put(daemonSet({ updateStrategy }))
    bed.createLimit = 10
    bed.sync()
    expect([bed.counts.creates, bed.counts.createCalls]).toEqual([10, 15])
    expect(bed.error?.message).toBe('not created')
    expect(bed.controller.expectations.satisfied('default/foo')).toBe(true)
  })

  it('T-5, T-34 the first sync writes the status, observedGeneration included', () => {
    const bed = createTestBed()
    addNodes(bed, 0, 5)
    bed.put(daemonSet({ updateStrategy }))
    expect(bed.sync()).toEqual([5, 0, 0])
    expect(statusOf(bed)).toMatchObject({ currentNumberScheduled: 5, observedGeneration: 1 })
  })

  it.each<[KubernetesVersion, number]>([
    ['1.25', 0],
    ['1.26', 1],
  ])('T-6, DS-3.11 %s: after a failed create the status is written %i times', (version, writes) => {
    const bed = createTestBed(version)
    addNodes(bed, 0, 1)
    bed.put(daemonSet({ updateStrategy }))
    bed.createLimit = 0
    expect(bed.sync()).toEqual([0, 0, 0])
    expect([bed.error?.message, bed.counts.createCalls, bed.counts.statusWrites]).toEqual(['not created', 1, writes])
  })

  it('T-18, DS-3.4 a DaemonSet that is being deleted does nothing', () => {
    const bed = createTestBed()
    addNodes(bed, 0, 1)
    const ds = daemonSet({ updateStrategy })
    bed.put({ ...ds, metadata: { ...ds.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } })
    addPods(bed, 'node-0', 1, ds)
    expect(bed.sync()).toEqual([0, 0, 0])
    expect(bed.counts.statusWrites).toBe(0)
  })

  it('T-19, DS-5.2 adoption is refused when the live DaemonSet is being deleted', () => {
    const bed = createTestBed()
    addNodes(bed, 0, 5)
    const ds = bed.put(daemonSet({ updateStrategy }))
    bed.put(podOn('node-0', undefined))
    bed.delivers = false
    bed.put({ ...ds, metadata: { ...ds.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } })
    expect(bed.sync()).toEqual([0, 0, 0])
    expect(bed.error?.message).toContain("can't adopt Pod default/")
    expect(bed.error?.message).toContain('default/foo has just been deleted at 2026-01-01T00:00:00Z')
  })
})

it('T-2, DS-2.1, DS-3.1 a DaemonSet made anew does not wait for the pods of the former one', () => {
  const bed = createTestBed()
  const { expectations, context } = bed.controller
  const { waiting } = context.state.queue
  /** Takes the key from the queue and syncs it; then as many wait. */
  const process = () => {
    waiting.delete('default/foo')
    return [...bed.sync(), waiting.size]
  }
  bed.put(node('node-0'))
  // the pods that it creates are not told of
  bed.delivers = ['DaemonSet']
  bed.put(daemonSet())
  expect(waiting.size).toBe(1)
  // the status that the sync writes brings the key back
  expect(process()).toEqual([1, 0, 0, 1])
  expect(expectations.satisfied('default/foo')).toBe(false)
  expect(process()).toEqual([0, 0, 0, 0])
  expect(expectations.satisfied('default/foo')).toBe(false)

  bed.remove('DaemonSet', 'default/foo')
  expect(waiting.size).toBe(1)
  expect(context.state.expectations.has('default/foo')).toBe(false)
  const again = daemonSet()
  bed.put({ ...again, metadata: { ...again.metadata, uid: 'another' } })
  expect(waiting.size).toBe(1)
  expect(process()).toEqual([1, 0, 0, 1])
  expect(expectations.satisfied('default/foo')).toBe(false)
})

it('DS-2.1 expectations are given up after five minutes', () => {
  const bed = createTestBed()
  const { expectations } = bed.controller
  expectations.set('k', 1, 0)
  bed.nowMs = 300_000
  expect(expectations.satisfied('k')).toBe(false)
  bed.nowMs = 300_001
  expect(expectations.satisfied('k')).toBe(true)
})

describe('T-7, DS-8.5 status writes', () => {
  const ds = daemonSet()
  it.each([
    ['a good write', 0, true, [1, 0], undefined],
    ['one failure', 1, true, [2, 1], undefined],
    ['two failures', 2, true, [2, 1], 'update 2'],
    ['a failure, then the DaemonSet is gone', 1, false, [1, 1], 'daemonsets.apps "foo" not found'],
  ])('%s', (_, failures, found, calls, message) => {
    let [updates, gets] = [0, 0]
    const store = () =>
      storeDaemonSetStatus(
        {
          get: (() => {
            gets++
            return found ? ds : undefined
          }) as never,
          updateStatus: ((_kind: string, object: DaemonSet) => {
            if (++updates <= failures) throw new Error(`update ${updates}`)
            return object
          }) as never,
        },
        ds,
        ds.status,
      )
    if (message) expect(store).toThrow(message)
    else store()
    expect([updates, gets]).toEqual(calls)
  })
})

describe.each([...both, surge])('pods that are there, $type $rollingUpdate', (updateStrategy) => {
  const ds = daemonSet({ updateStrategy })

  it('T-30, DS-6.1, DS-6.8 surplus goes, missing comes, pods of other labels are released', () => {
    const bed = createTestBed()
    addNodes(bed, 0, 5)
    bed.put(ds)
    addPods(bed, 'node-1', 1, ds)
    addPods(bed, 'node-2', 2, ds)
    addPods(bed, 'node-3', 5, ds)
    addPods(bed, 'node-4', 2, ds, L2)
    expect(bed.sync()).toEqual([2, 5, 0])
    expect(
      bed
        .pods()
        .filter((pod) => pod.metadata.labels?.type === 'test')
        .every((pod) => pod.metadata.ownerReferences?.length === 0),
    ).toBe(true)
  })

  const selecting = daemonSet({ updateStrategy, spec: { nodeSelector: N1 } })
  const bedWithTen = () => {
    const bed = createTestBed()
    addNodes(bed, 0, 5)
    addNodes(bed, 5, 5, N1)
    bed.put(selecting)
    return bed
  }

  it('T-31, DS-6.3 pods on nodes that are not selected', () => {
    const bed = bedWithTen()
    addPods(bed, 'node-0', 2, selecting, L2)
    addPods(bed, 'node-1', 3, selecting)
    addPods(bed, 'node-1', 1, selecting, L2)
    addPods(bed, 'node-4', 1, selecting)
    expect(bed.sync()).toEqual([5, 4, 0])
  })

  it('T-32 many of everything', () => {
    const bed = bedWithTen()
    for (const [name, count] of [
      ['node-0', 1],
      ['node-1', 3],
      ['node-2', 4],
      ['node-6', 13],
      ['node-9', 1],
    ] as const)
      addPods(bed, name, count, selecting)
    for (const [name, count] of [
      ['node-1', 2],
      ['node-7', 4],
      ['node-9', 1],
    ] as const)
      addPods(bed, name, count, selecting, L2)
    expect(bed.sync()).toEqual([3, 20, 0])
  })

  it('T-33, DS-8.1 numberReady follows the pods', () => {
    const bed = createTestBed()
    addNodes(bed, 0, 2)
    bed.put(ds)
    addPods(bed, 'node-0', 1, ds)
    addPods(bed, 'node-1', 1, ds)
    expect(bed.sync()).toEqual([0, 0, 0])
    expect(statusOf(bed).numberReady).toBe(0)
    setAllReady(bed)
    expect(bed.sync()).toEqual([0, 0, 0])
    expect(statusOf(bed).numberReady).toBe(2)
  })

  const inPhase = (phase: Pod['status']['phase']): Pod => ({ ...podOn('node-0', ds), status: { phase } })

  it.each([
    [0, 1, [0, 0, 0]],
    [0, 0, [1, 0, 0]],
    [1, 0, [0, 1, 1]],
    [1, 3, [0, 3, 1]],
  ])('T-35, DS-6.6 %i failed and %i other pods', (failed, normal, expected) => {
    const bed = createTestBed()
    bed.put(node('node-0'))
    bed.put(ds)
    for (let i = 0; i < failed; i++) bed.put(inPhase('Failed'))
    addPods(bed, 'node-0', normal, ds)
    // with surge the successor does not wait for the failed pod to go (DS-6.9)
    const creates = updateStrategy === surge && failed === 1 && normal === 0 ? 1 : (expected[0] as number)
    expect(bed.sync()).toEqual([creates, ...expected.slice(1)])
  })

  it('DS-6.5 a succeeded pod is replaced since 1.27', () => {
    for (const [version, deletes] of [
      ['1.26', 0],
      ['1.27', 1],
    ] as const) {
      const bed = createTestBed(version)
      bed.put(node('node-0'))
      bed.put(ds)
      bed.put(inPhase('Succeeded'))
      expect(bed.sync().slice(1)).toEqual([deletes, deletes])
    }
  })

  it('T-36, DS-6.4 a failed pod is killed again only after its back-off', () => {
    const bed = createTestBed()
    bed.put(node('node-0'))
    bed.put({ ...ds, status: { ...ds.status, observedGeneration: 1 } })
    bed.put(inPhase('Failed'))
    bed.createLimit = 0
    expect(bed.sync().slice(1)).toEqual([1, 1])
    bed.clear()
    expect(bed.sync().slice(1)).toEqual([0, 0])
    expect(bed.timers.some((timer) => timer.atMs === 1000)).toBe(true)
    const { backoff } = bed.controller.context.state
    expect([...backoff.entries.values()]).toEqual([{ backoffMs: 1000, lastUpdateMs: 0 }])
    bed.nowMs = 999
    expect(bed.sync().slice(1)).toEqual([0, 0])
    bed.nowMs = 1000
    expect(bed.sync().slice(1)).toEqual([1, 1])
  })

  it('T-37, DS-6.8, DS-6.9 a terminating pod is waited for, but not with surge', () => {
    const bed = createTestBed()
    bed.put(node('node-0'))
    bed.put(ds)
    bed.put(podOn('node-0', ds, L1, { deletionTimestamp: '2026-01-01T00:00:00Z' }))
    expect(bed.sync()).toEqual([updateStrategy === surge ? 1 : 0, 0, 0])
  })

  it('T-38, DS-6.10 of pods for missing nodes only unbound ones are deleted', () => {
    const bed = createTestBed()
    bed.put(node('node-0'))
    bed.put(ds)
    addPods(bed, 'node-0', 1, ds)
    addPods(bed, 'node-1', 1, ds)
    const lost = podOn('', ds)
    const term = { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-2'] }] }
    const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } } }
    bed.put({ ...lost, spec: { ...lost.spec, nodeName: undefined, affinity } })
    expect(bed.sync()).toEqual([0, 1, 0])
    expect(bed.deleted).toEqual([lost.metadata.name])
  })
})

it('T-36, DS-6.4 back-off doubles up to its limit and starts anew after twice that long', () => {
  const state = createBackoffState()
  const limits = { initialMs: 50, maxMs: 500 }
  const at = (nowMs: number) => createBackoff(state, nowMs, limits)
  const waits: number[] = []
  for (const nowMs of [0, 50, 150, 350, 750, 1250]) {
    expect(at(nowMs).isInBackOff('a')).toBe(false)
    at(nowMs).next('a')
    waits.push(at(nowMs).get('a'))
  }
  expect(waits).toEqual([50, 100, 200, 400, 500, 500])
  expect([at(1749).isInBackOff('a'), at(1750).isInBackOff('a')]).toEqual([true, false])
  at(2251).next('a')
  expect(at(2251).get('a')).toBe(50)
})

describe('T-39, DS-5.1, DS-5.2 which pods are the DaemonSet’s', () => {
  const [ds, other] = [daemonSet(), daemonSet({ name: 'foo2' })]
  const terminating = { deletionTimestamp: '2026-01-01T00:00:00Z' }
  it.each([
    ['owned', podOn('n', ds), 'own'],
    ['orphan', podOn('n', undefined), 'adopt'],
    ['owned and terminating', podOn('n', ds, L1, terminating), 'own'],
    ['owned, other labels', podOn('n', ds, L2), 'release'],
    ['orphan, other labels', podOn('n', undefined, L2), 'foreign'],
    ['orphan, terminating', podOn('n', undefined, L1, terminating), 'foreign'],
    ['owned by another', podOn('n', other), 'foreign'],
    ['orphan of another namespace', podOn('n', undefined, L1, { namespace: 'elsewhere' }), 'foreign'],
  ])('%s', (_, pod, expected) => {
    expect(claimOf(pod, ds)).toBe(expected)
  })

  /** A pod whose revision label is its name. */
  const named = (name: string, on: string, owner: DaemonSet | undefined, labels: StringMap, change: Partial<Pod['metadata']> = {}) => {
    const pod = podOn(on, owner, labels)
    return { ...pod, metadata: { ...pod.metadata, ...change, name, labels: { ...labels, 'controller-revision-hash': name } } }
  }
  const ended = (pod: Pod, phase: 'Failed' | 'Succeeded'): Pod => ({ ...pod, status: { phase } })

  it.each<[KubernetesVersion, string[]]>([
    ['1.23', ['younger', 'failed']],
    ['1.27', ['younger', 'failed', 'succeeded']],
    ['1.36', ['younger', 'failed', 'succeeded']],
  ])('%s: of all pods there are its own and those it adopts, each by its node', (version, deleted) => {
    const bed = createTestBed(version)
    addNodes(bed, 0, 3)
    bed.put(other)
    bed.put(ds)
    const at = (second: number) => ({ creationTimestamp: `2026-01-01T00:00:0${second}Z` })
    const held = { ...terminating, finalizers: ['x/y'] }
    bed.put(named('older', 'node-0', ds, L1, at(1)))
    bed.put(named('younger', 'node-0', undefined, L1, at(2)))
    bed.put(ended(named('failed', 'node-1', ds, L1), 'Failed'))
    bed.put(ended(named('succeeded', 'node-2', ds, L1), 'Succeeded'))
    bed.put(ended(named('going', 'node-1', ds, L1, held), 'Failed'))
    for (const on of ['node-0', 'node-1', 'node-2']) {
      bed.put(named(`of-another-${on}`, on, other, L1))
      bed.put(named(`other-labels-${on}`, on, ds, L2))
      bed.put(named(`other-orphan-${on}`, on, undefined, L2))
    }
    const view = bed.controller.views.of(ds)
    view.claimPods(bed.controller.api, ds)
    // the history counts also those that are at their end and going
    expect([...view.table(ds, 'x', 0).hashes.keys()].sort()).toEqual(['failed', 'going', 'older', 'succeeded', 'younger'])
    bed.sync()
    expect([...bed.deleted].sort()).toEqual([...deleted].sort())
    expect(bed.counts.creates).toBe(0)
  })

  it.each<[KubernetesVersion, boolean]>([
    ['1.27', true],
    ['1.28', false],
  ])('%s: a failed pod held by a finalizer stands in the way: %s (DS-5.5)', (version, blocks) => {
    const bed = createTestBed(version)
    bed.put(node('node-0'))
    bed.put(ds)
    bed.put({ ...podOn('node-0', ds, L1, { ...terminating, finalizers: ['x/y'] }), status: { phase: 'Failed' } } as Pod)
    expect(bed.sync()).toEqual([blocks ? 0 : 1, 0, 0])
  })
})
