import { expect, test } from 'vitest'
import type { ContainerState, KubeNode, Pod } from '#k8s/types.ts'
import { podCountdown, podLook } from './pod-look.ts'
import { podText } from './pod-text.ts'

interface Part {
  phase?: Pod['status']['phase']
  node?: string
  ready?: boolean
  state?: ContainerState
  deletionTimestamp?: string
}

const pod = ({ phase = 'Running', node = 'n1', ready = true, state = { running: {} }, deletionTimestamp }: Part): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'default', ...(deletionTimestamp ? { deletionTimestamp, deletionGracePeriodSeconds: 30 } : {}) },
  spec: {
    containers: [],
    ...(node ? { nodeName: node } : {}),
    tolerations: [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }],
  },
  status: {
    phase,
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    containerStatuses: [{ name: 'c', state, lastState: {}, ready, restartCount: 0, image: 'i', imageID: '' }],
  },
})

test.each<[Part, string, string]>([
  [{}, 'ready', 'Running'],
  [{ ready: false }, 'not-ready', 'Running'],
  [{ phase: 'Pending', node: '' }, 'unscheduled', 'Pending'],
  [{ phase: 'Pending', ready: false, state: { waiting: { reason: 'ContainerCreating' } } }, 'starting', 'ContainerCreating'],
  [{ phase: 'Pending', ready: false, state: { waiting: { reason: 'ImagePullBackOff' } } }, 'back-off', 'ImagePullBackOff'],
  [{ phase: 'Failed', ready: false, state: { terminated: { exitCode: 1, reason: 'Error' } } }, 'failed', 'Error'],
  [{ deletionTimestamp: '2026-01-01T00:00:30Z' }, 'terminating', 'Terminating'],
])('%o is drawn as %s and called %s', (part, picture, status) => {
  expect(podLook(pod(part))).toEqual({ picture, status })
})

const textOf = (shown: Pod, isNodeGone: boolean) => podText(shown, podLook(shown, isNodeGone), isNodeGone)

const waitingFor = (reason: string) => {
  const waiting = pod({ phase: 'Pending', node: '', ready: false })
  waiting.status.conditions = [{ type: 'PodScheduled', status: 'False', reason }]
  return waiting
}

test('who was refused by the scheduler, or is held back from it, does not look as if it was not looked at yet', () => {
  expect(podLook(waitingFor('Unschedulable'))).toEqual({ picture: 'unschedulable', status: 'Pending' })
  expect(podLook(waitingFor('SchedulingGated'))).toEqual({ picture: 'gated', status: 'SchedulingGated' })
  expect(textOf(waitingFor('Unschedulable'), false)).toBe('Pending: the scheduler found no node where it fits')
})

test('whether a pod runs whose Node is gone is not known', () => {
  expect(podLook(pod({}), true)).toEqual({ picture: 'lost', status: 'Running' })
  expect(textOf(pod({}), true)).toBe('Running: its Node n1 is gone')
  expect(textOf(pod({ deletionTimestamp: '2026-01-01T00:00:30Z' }), true)).toBe('Terminating: terminating, its Node n1 is gone')
})

const unreachable: KubeNode = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1' },
  spec: { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', timeAdded: '2026-01-01T00:00:00Z' }] },
  status: {},
}

test('a pod on an unreachable node counts down its toleration', () => {
  expect(podCountdown(pod({}), unreachable)).toEqual({ what: 'eviction', untilMs: Date.UTC(2026, 0, 1, 0, 5), totalMs: 300_000 })
})

test('who tolerates for ever has no countdown', () => {
  const daemon = pod({})
  daemon.spec.tolerations = [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' }]
  expect(podCountdown(daemon, unreachable)).toBeUndefined()
})

test('the grace period goes before the eviction', () => {
  expect(podCountdown(pod({ deletionTimestamp: '2026-01-01T00:00:30Z' }), unreachable)?.what).toBe('grace')
})
