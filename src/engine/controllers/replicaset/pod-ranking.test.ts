import { describe, expect, it } from 'vitest'
import { toTimestamp } from '#k8s/time.ts'
import type { Pod } from '#k8s/types.ts'
import { podsToDelete, rankPods } from './pod-ranking.ts'

const nowMs = 1_800_000_000_000
const ago = (seconds: number) => toTimestamp(nowMs - seconds * 1000)

interface Look {
  node?: string
  phase?: 'Pending' | 'Unknown' | 'Running'
  ready?: boolean
  cost?: string
  readyFor?: number
  restarts?: number
  age?: number
}

function pod(name: string, { node = 'n1', phase = 'Running', ready = true, cost, readyFor = 100, restarts = 0, age = 200 }: Look = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      creationTimestamp: ago(age),
      ...(cost !== undefined && { annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost } }),
    },
    spec: { containers: [{ name: 'c' }], ...(node && { nodeName: node }) },
    status: {
      phase,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: ago(readyFor) }],
      containerStatuses: [{ name: 'c', state: {}, lastState: {}, ready, restartCount: restarts, image: '', imageID: '' }],
    },
  }
}

const names = (pods: readonly Pod[]) => pods.map((p) => p.metadata.name)

describe('rankPods: WC-2.2', () => {
  const cases: [string, Pod, Pod][] = [
    ['unassigned first', pod('b', { node: '', phase: 'Pending', ready: false }), pod('a', { phase: 'Pending', ready: false })],
    ['Pending before Unknown', pod('b', { phase: 'Pending', ready: false }), pod('a', { phase: 'Unknown', ready: false })],
    ['Unknown before Running', pod('b', { phase: 'Unknown', ready: false }), pod('a', { ready: false })],
    ['not ready before ready', pod('b', { ready: false }), pod('a')],
    ['lower cost first', pod('b', { cost: '-5' }), pod('a')],
    ['an unreadable cost is 0', pod('b', { cost: '-1' }), pod('a', { cost: '07' })],
    ['zeros behind a minus sign are read', pod('b', { cost: '-07' }), pod('a', { cost: '-6' })],
    ['ready more recently first', pod('b', { readyFor: 10 }), pod('a', { readyFor: 100 })],
    ['the same age bucket: smaller uid first', pod('a', { readyFor: 100 }), pod('b', { readyFor: 90 })],
    ['more restarts first', pod('b', { restarts: 3 }), pod('a', { restarts: 1 })],
    ['created more recently first', pod('b', { age: 20 }), pod('a', { age: 2000 })],
  ]
  it.each(cases)('%s', (_, first, second) => {
    expect(names(rankPods([second, first], [], nowMs))).toEqual(names([first, second]))
    expect(names(rankPods([first, second], [], nowMs))).toEqual(names([first, second]))
  })

  it('after those restarts of sidecars count, of other init containers none', () => {
    const begun = (name: string, init: string, restartCount: number): Pod => {
      const it = pod(name)
      const status = { name: init, state: {}, lastState: {}, ready: true, restartCount, image: '', imageID: '' }
      const initContainers = [{ name: 'setup' }, { name: 'proxy', restartPolicy: 'Always' }]
      return { ...it, spec: { ...it.spec, initContainers }, status: { ...it.status, initContainerStatuses: [status] } }
    }
    expect(names(rankPods([begun('a', 'proxy', 0), begun('b', 'proxy', 2)], [], nowMs))).toEqual(['b', 'a'])
    expect(names(rankPods([begun('a', 'setup', 0), begun('b', 'setup', 2)], [], nowMs))).toEqual(['a', 'b'])
  })

  it('the node with more pods of the family gives first', () => {
    const a = pod('a', { node: 'n1' })
    const b = pod('b', { node: 'n2' })
    expect(names(rankPods([a, b], [a, b, pod('sibling', { node: 'n2' })], nowMs))).toEqual(['b', 'a'])
  })

  it('all pods go without being ranked', () => {
    const list = [pod('a'), pod('b', { ready: false })]
    expect(podsToDelete(list, [], 2, nowMs)).toBe(list)
    expect(names(podsToDelete(list, [], 1, nowMs))).toEqual(['b'])
  })
})
