import { expect, test } from 'vitest'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { emptyCluster, nextCluster } from '#state/cluster.ts'
import { findNodes } from './node-words.ts'

const node = (name: string, more: Partial<KubeNode> = {}): KubeNode => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, uid: name },
  spec: {},
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
  ...more,
})

const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'agent-x7', namespace: 'team', uid: 'p' },
  spec: { nodeName: 'worker-2', containers: [] },
  status: {},
}

const tainted = node('worker-3', { spec: { unschedulable: true, taints: [{ key: 'gpu', value: 'yes', effect: 'NoExecute' }] } })

const cluster = nextCluster(emptyCluster(), {
  type: 'frame',
  reset: true,
  atMs: 0,
  epochMs: 0,
  playing: false,
  speed: 1,
  nextChangeAtMs: null,
  progress: null,
  canUndo: false,
  canRedo: false,
  journal: [],
  diff: { added: [node('worker-1'), node('worker-2'), tainted, pod], updated: [], removed: [] },
  ghosts: { 'worker-1': [{ namespace: 'team', daemonset: 'agent', reason: 'node-selector', detail: '' }] },
})

test.each([
  ['', ['worker-1', 'worker-2', 'worker-3']],
  ['WORKER-2', ['worker-2']],
  ['agent-x7', ['worker-2']],
  ['team/', ['worker-2']],
  ['cordoned', ['worker-3']],
  ['gpu=yes worker', ['worker-3']],
  ['no agent', ['worker-1']],
  ['gpu worker-1', []],
])('“%s” finds %o', (search, names) => {
  expect(findNodes(cluster, search)).toEqual(names)
})
