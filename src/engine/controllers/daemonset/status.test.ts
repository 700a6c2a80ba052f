/** DS-8: what the status counts, when it is written, and when it is looked at again. */
import { describe, expect, it } from 'vitest'
import { toTimestamp } from '#k8s/time.ts'
import type { DaemonSet, Pod, PodPhase } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { availableFromMs, type NodeView, type PodRules } from './node-view.ts'
import { computeStatus, type StatusCounters, statusOfNode } from './status.ts'
import { addNodes, addPods, createTestBed, daemonSet, L1, podOn, setAllReady } from './test-bed.ts'

const nowMs = 1_767_225_600_000
const rules: PodRules = { version: '1.36', hash: 'new', templateGeneration: undefined, surge: false, rolloutSurges: false, minReadySeconds: 0 }

interface PodParts {
  hash?: string
  phase?: PodPhase
  readyFor?: number
  terminating?: boolean
}

const pod = ({ hash = 'new', phase = 'Running', readyFor, terminating }: PodParts): Pod => {
  const made = podOn('n', undefined, { ...L1, 'controller-revision-hash': hash })
  return {
    ...made,
    metadata: { ...made.metadata, ...(terminating && { deletionTimestamp: toTimestamp(nowMs) }) },
    status: {
      phase,
      ...(readyFor !== undefined && { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: toTimestamp(nowMs - readyFor * 1000) }] }),
    },
  }
}

const view = (parts: Partial<NodeView>): NodeView => ({ name: 'n', exists: true, shouldRun: true, shouldContinueRunning: true, pods: [], ...parts })

describe('DS-8.1 a node’s part', () => {
  const none: StatusCounters = { desired: 0, current: 0, misscheduled: 0, ready: 0, available: 0, updated: 0 }
  const wanted = { ...none, desired: 1 }
  const there = { ...wanted, current: 1 }
  it.each<[string, Partial<NodeView>, StatusCounters]>([
    ['not wanted, no pod', { shouldRun: false }, none],
    ['wanted, no pod', {}, wanted],
    ['pod not Ready', { pods: [pod({})] }, { ...there, updated: 1 }],
    ['pod Ready', { pods: [pod({ readyFor: 1 })] }, { ...there, ready: 1, available: 1, updated: 1 }],
    ['pod of an old template', { pods: [pod({ hash: 'old', readyFor: 1 })] }, { ...there, ready: 1, available: 1 }],
    [
      'DS-8.2 a terminating pod that is still Ready',
      { pods: [pod({ readyFor: 1, terminating: true })] },
      { ...there, ready: 1, available: 1, updated: 1 },
    ],
    ['DS-8.2 of two the first counts', { pods: [pod({ hash: 'old', readyFor: 1 }), pod({})] }, { ...there, ready: 1, available: 1 }],
    ['a failed pod', { pods: [pod({ phase: 'Failed' })] }, { ...there, updated: 1 }],
    ['DS-8.3 not wanted, may stay', { shouldRun: false, pods: [pod({ readyFor: 1 })] }, { ...none, misscheduled: 1 }],
    ['not wanted, may not stay', { shouldRun: false, shouldContinueRunning: false, pods: [pod({})] }, { ...none, misscheduled: 1 }],
    ['a node that is gone', { exists: false, shouldRun: false, shouldContinueRunning: false, pods: [pod({})] }, none],
  ])('%s', (_, parts, expected) => {
    expect(statusOfNode(view(parts), rules, nowMs)).toEqual(expected)
  })
})

describe('DS-8.6 when a pod is available', () => {
  it.each<[KubernetesVersion, number, number, boolean]>([
    ['1.33', 0, 0, true],
    ['1.33', 10, 9, false],
    ['1.33', 10, 10, false],
    ['1.33', 10, 11, true],
    ['1.34', 10, 9, false],
    ['1.34', 10, 10, true],
  ])('%s: minReadySeconds %i, Ready for %i s: %s', (version, minReadySeconds, readyFor, expected) => {
    expect(availableFromMs(pod({ readyFor }), { version, minReadySeconds }) <= nowMs).toBe(expected)
  })

  it('never without a transition time, if it has to wait', () => {
    const made = { ...pod({}), status: { phase: 'Running' as const, conditions: [{ type: 'Ready', status: 'True' as const }] } }
    expect(availableFromMs(made, { version: '1.36', minReadySeconds: 1 })).toBe(Number.POSITIVE_INFINITY)
    expect(availableFromMs(made, { version: '1.36', minReadySeconds: 0 })).toBe(0)
  })
})

describe('DS-8.4 what is written', () => {
  const counters: StatusCounters = { desired: 3, current: 3, misscheduled: 1, ready: 2, available: 1, updated: 3 }
  const stored: DaemonSet['status'] = {
    desiredNumberScheduled: 3,
    currentNumberScheduled: 3,
    numberMisscheduled: 1,
    numberReady: 2,
    numberAvailable: 1,
    numberUnavailable: 2,
    updatedNumberScheduled: 3,
    observedGeneration: 1,
  }
  const ds = (status: Partial<DaemonSet['status']> = {}, generation = 1): DaemonSet => {
    const made = daemonSet()
    return { ...made, metadata: { ...made.metadata, generation }, status: { ...stored, ...status } }
  }

  it('nothing, when all numbers are the stored ones and the generation is observed', () => {
    expect(computeStatus(ds(), counters, true)).toBeUndefined()
  })

  it.each(Object.keys(stored).filter((name) => name !== 'observedGeneration'))('all, when %s differs', (name) => {
    expect(computeStatus(ds({ [name]: 9 }), counters, true)).toEqual(stored)
  })

  it('all, when only the generation is new; it is observed only on the normal way (DS-2.4)', () => {
    expect(computeStatus(ds({}, 2), counters, true)).toEqual({ ...stored, observedGeneration: 2 })
    expect(computeStatus(ds({}, 2), counters, false)).toEqual(stored)
  })
})

it('DS-8.8 as long as Ready pods are not available, it is looked at again after minReadySeconds', () => {
  const bed = createTestBed()
  addNodes(bed, 0, 1)
  const ds = bed.put(daemonSet({ minReadySeconds: 7 }))
  addPods(bed, 'node-0', 1, ds)
  setAllReady(bed)
  bed.timers.length = 0
  bed.sync()
  expect(bed.timers.filter(({ atMs }) => atMs === 7000)).toHaveLength(1)
  bed.nowMs = 8000
  bed.timers.length = 0
  bed.sync()
  expect(bed.get<DaemonSet>('DaemonSet', 'default/foo').status.numberAvailable).toBe(1)
  expect(bed.timers.filter(({ atMs }) => atMs === 15_000)).toEqual([])
})

it('DS-8.1 collisionCount and conditions are kept', () => {
  const bed = createTestBed()
  addNodes(bed, 0, 1)
  const ds = daemonSet()
  const conditions = [{ type: 'Mine', status: 'True' as const }]
  bed.put({ ...ds, status: { ...ds.status, collisionCount: 2, conditions } })
  bed.sync()
  expect(bed.get<DaemonSet>('DaemonSet', 'default/foo').status).toMatchObject({ collisionCount: 2, conditions, desiredNumberScheduled: 1 })
})
