import { expect, test } from 'vitest'
import type { AnyObject, KubeNode, Pod } from '#k8s/types.ts'
import type { Frame } from '#protocol/messages.ts'
import { announcementOf } from './announcement.ts'
import { emptyCluster, nextCluster } from './cluster.ts'

const node = (name: string, labels: Record<string, string> = {}, ready = 'True'): KubeNode => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, uid: name, labels },
  spec: {},
  status: { conditions: [{ type: 'Ready', status: ready as 'True' }] },
})

const pod = (name: string, nodeName?: string, pinned?: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'default',
    uid: name,
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'ds', controller: true }],
  },
  spec: {
    containers: [],
    ...(nodeName ? { nodeName } : {}),
    ...(pinned
      ? {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [pinned] }] }],
              },
            },
          },
        }
      : {}),
  },
  status: {},
})

const frame = (added: AnyObject[], rest: Partial<Frame> = {}): Frame => ({
  type: 'frame',
  atMs: 0,
  epochMs: 0,
  playing: false,
  speed: 1,
  nextChangeAtMs: null,
  progress: null,
  canUndo: false,
  canRedo: false,
  diff: { added, updated: [], removed: [] },
  journal: [],
  ...rest,
})

test('nodes stand with the control plane first and numbers in order', () => {
  const nodes = ['worker-10', 'worker-2', 'cp-0'].map((name) => node(name, name === 'cp-0' ? { 'node-role.kubernetes.io/control-plane': '' } : {}))
  expect(nextCluster(emptyCluster(), frame(nodes)).nodeNames).toEqual(['cp-0', 'worker-2', 'worker-10'])
})

test('pods are found by the node they are bound to or meant for, the others under the empty name', () => {
  const state = nextCluster(emptyCluster(), frame([node('n1'), pod('a', 'n1'), pod('b', undefined, 'n1'), pod('c')]))
  expect(state.podsByNode.get('n1')).toEqual(['default/a', 'default/b'])
  expect(state.podsByNode.get('')).toEqual(['default/c'])
})

test('pods whose node is gone are on none, until it is back (NL-7.3)', () => {
  const before = nextCluster(emptyCluster(), frame([node('n1'), node('n2'), pod('a', 'n1'), pod('b', 'n2')]))
  const removed = [{ kind: 'Node', namespace: '', name: 'n1', uid: 'n1' } as const]
  const without = nextCluster(before, frame([], { diff: { added: [], updated: [], removed } }))
  expect([...without.podsByNode]).toEqual([
    ['n2', ['default/b']],
    ['', ['default/a']],
  ])
  expect(nextCluster(without, frame([node('n1')])).podsByNode).toEqual(before.podsByNode)
})

test('what did not change stays the same object', () => {
  const before = nextCluster(emptyCluster(), frame([node('n1'), node('n2'), pod('a', 'n1'), pod('b', 'n2')]))
  expect(nextCluster(before, frame([]))).toBe(before)
  const after = nextCluster(before, frame([pod('c', 'n2')]))
  expect(after.tables.Node).toBe(before.tables.Node)
  expect(after.podsByNode.get('n1')).toBe(before.podsByNode.get('n1'))
  expect(after.nodeNames).toBe(before.nodeNames)
})

test('a removed and re-added name is there; a reset forgets everything', () => {
  const before = nextCluster(
    emptyCluster(),
    frame([pod('a', 'n1')], { ghosts: { n2: [{ namespace: 'default', daemonset: 'agent', reason: 'taint', detail: '' }] } }),
  )
  const gone = { kind: 'Pod', namespace: 'default', name: 'a', uid: 'a' } as const
  const after = nextCluster(before, frame([], { diff: { added: [pod('a', 'n2')], updated: [], removed: [gone] } }))
  expect(after.tables.Pod.get('default/a')?.spec.nodeName).toBe('n2')
  expect(after.ghosts.get('n2')).toHaveLength(1)
  const reset = nextCluster(after, frame([node('n9')], { reset: true }))
  expect([...reset.tables.Pod.keys(), ...reset.ghosts.keys()]).toEqual([])
  expect(reset.nodeNames).toEqual(['n9'])
})

test('an empty list of ghosts clears a node', () => {
  const ghost = { namespace: 'default', daemonset: 'agent', reason: 'waiting', detail: '' } as const
  const before = nextCluster(emptyCluster(), frame([node('n1')], { ghosts: { n1: [ghost] } }))
  expect(nextCluster(before, frame([], { ghosts: { n1: [] } })).ghosts.size).toBe(0)
})

test('announcements name what a node became', () => {
  const before = nextCluster(emptyCluster(), frame([node('n1'), node('n2')]))
  const diff = {
    added: [node('n3')],
    updated: [node('n1', {}, 'Unknown')],
    removed: [{ kind: 'Node', namespace: '', name: 'n2', uid: 'n2' }],
  } as const
  const after = nextCluster(before, frame([], { diff: { added: [...diff.added], updated: [...diff.updated], removed: [...diff.removed] } }))
  expect(announcementOf(before, after)).toBe('n1 is NotReady (Unknown). n3 joined. n2 is gone.')
  expect(announcementOf(after, after)).toBeUndefined()
})

test('what is kept up to date frame by frame is what a fresh look finds', () => {
  let state = nextCluster(emptyCluster(), frame([node('n-0'), node('n-1'), node('n-2')]))
  let draw = 7
  const random = (below: number) => {
    draw = (draw * 48_271) % 2_147_483_647
    return draw % below
  }
  for (let i = 0; i < 300; i++) {
    const name = `p-${random(12)}`
    const there = state.tables.Pod.get(`default/${name}`)
    const next = { ...pod(name, random(3) === 0 ? undefined : `n-${random(3)}`, `n-${random(3)}`), status: { phase: 'Running' as const } }
    next.metadata = { ...next.metadata, uid: `${random(2)}`, creationTimestamp: `2026-01-01T00:00:0${random(9)}Z` }
    const removed = there && random(3) === 0 ? [{ kind: 'Pod' as const, namespace: 'default', name, uid: '' }] : []
    const diff = removed.length > 0 ? { added: [], updated: [], removed } : { added: there ? [] : [next], updated: there ? [next] : [], removed }
    // only an object of another uid, or on another node, has another place
    if (there && !removed.length && there.metadata.uid === next.metadata.uid) next.metadata = there.metadata
    state = nextCluster(state, frame([], { diff }))
    const machine = `n-${random(3)}`
    if (random(4) === 0) {
      const gone = state.tables.Node.has(machine) ? [{ kind: 'Node' as const, namespace: '', name: machine, uid: machine }] : []
      state = nextCluster(state, frame([], { diff: { added: gone.length > 0 ? [] : [node(machine)], updated: [], removed: gone } }))
    }
    const fresh = nextCluster(emptyCluster(), frame([...state.tables.Node.values(), ...state.tables.Pod.values()], { reset: true }))
    expect(new Map([...state.podsByNode].sort())).toEqual(new Map([...fresh.podsByNode].sort()))
    expect(state.nodeNames).toEqual(fresh.nodeNames)
  }
})
