/** A table kept change by change says what a table built anew says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toTimestamp } from '#k8s/time.ts'
import type { DaemonSet, KubeNode, Pod, Taint } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { createBackoff, createBackoffState } from './backoff.ts'
import { createDaemonSetView } from './daemon-set-view.ts'
import { manage } from './manage.ts'
import type { ListedNode } from './node-entry.ts'
import type { NodeTable } from './node-table.ts'
import { rollingUpdate } from './rolling-update.ts'
import { replaceDaemonSetPodNodeNameNodeAffinity } from './template.ts'
import { daemonSet, L1, L2, node } from './test-bed.ts'

const epochMs = 1_767_225_600_000
const names = ['a', 'b', 'c', 'd', 'e', 'f']

const taints: Taint[][] = [[], [{ key: 'x', effect: 'NoSchedule' }], [{ key: 'x', effect: 'NoExecute' }]]

const labelSets = [{ disk: 'ssd' }, { disk: 'hdd' }]

const nodeChange = fc.record({
  what: fc.constantFrom('node' as const),
  name: fc.constantFrom(...names),
  gone: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  taints: fc.constantFrom(...taints),
  // the same object again and again: a node whose taints alone changed keeps its labels
  labels: fc.constantFrom(...labelSets),
})

const podChange = fc.record({
  what: fc.constantFrom('pod' as const),
  name: fc.integer({ min: 0, max: 14 }).map((n) => `p${n}`),
  gone: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  on: fc.constantFrom(...names),
  bound: fc.boolean(),
  owner: fc.constantFrom('foo', 'foo', 'foo', 'foo', 'other', undefined),
  labels: fc.constantFrom(L1, L1, L1, L2),
  hash: fc.constantFrom('h1', 'h2'),
  generation: fc.constantFrom('1', '2', undefined),
  phase: fc.constantFrom('Pending' as const, 'Running' as const, 'Running' as const, 'Failed' as const, 'Succeeded' as const),
  readySecondsAgo: fc.option(fc.integer({ min: 0, max: 40 })),
  age: fc.integer({ min: 0, max: 3 }),
  terminating: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
})

const setChange = fc.record({
  what: fc.constantFrom('set' as const),
  strategy: fc.constantFrom<DaemonSet['spec']['updateStrategy']>(
    { type: 'OnDelete' },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '40%' } },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 2 } },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '30%' } },
  ),
  minReadySeconds: fc.constantFrom(0, 10, 10),
  disk: fc.constantFrom(undefined, 'ssd'),
  generation: fc.constantFrom('1', '2'),
  hash: fc.constantFrom('h1', 'h2'),
})

const passing = fc.record({ what: fc.constantFrom('time' as const), seconds: fc.integer({ min: 1, max: 12 }) })

const changes = fc.array(
  fc.oneof({ weight: 3, arbitrary: nodeChange }, { weight: 9, arbitrary: podChange }, setChange, { weight: 3, arbitrary: passing }),
  {
    minLength: 30,
    maxLength: 60,
  },
)

type Change = typeof nodeChange extends fc.Arbitrary<infer N> ? N : never
type PodChange = typeof podChange extends fc.Arbitrary<infer P> ? P : never
type SetChange = typeof setChange extends fc.Arbitrary<infer S> ? S : never

const toNode = ({ name, taints: list, labels }: Change): KubeNode => node(name, labels, { taints: list })

function toPod(change: PodChange, nowMs: number): Pod {
  const { name, owner, labels, hash, generation, on, bound, phase, readySecondsAgo, age, terminating } = change
  const at = (ms: number) => toTimestamp(ms)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      labels: { ...labels, 'controller-revision-hash': hash, ...(generation && { 'pod-template-generation': generation }) },
      creationTimestamp: at(epochMs + age * 1000),
      ...(owner && { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: owner, uid: `uid-of-${owner}`, controller: true }] }),
      ...(terminating && { deletionTimestamp: at(nowMs) }),
    },
    spec: { containers: [], ...(bound ? { nodeName: on } : { affinity: replaceDaemonSetPodNodeNameNodeAffinity(undefined, on) }) },
    status: {
      phase,
      ...(readySecondsAgo !== null && { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: at(nowMs - readySecondsAgo * 1000) }] }),
    },
  }
}

function withSpec(ds: DaemonSet, change: SetChange): DaemonSet {
  const spec = { ...ds.spec.template.spec, nodeSelector: change.disk ? { disk: change.disk } : undefined }
  return {
    ...ds,
    metadata: { ...ds.metadata, annotations: { 'deprecated.daemonset.template.generation': change.generation } },
    spec: { ...ds.spec, updateStrategy: change.strategy, minReadySeconds: change.minReadySeconds, template: { ...ds.spec.template, spec } },
  }
}

/** All a sync would learn from a table. */
function answers(table: NodeTable, ds: DaemonSet, nowMs: number) {
  const rollout = () => {
    try {
      return rollingUpdate(table.sums.rollout, ds.spec.updateStrategy, table.sums.status.counters.desired)
    } catch (error) {
      return (error as Error).message
    }
  }
  return {
    manage: manage(table.sums.manage, createBackoff(createBackoffState(), nowMs), (name) => name),
    rollout: rollout(),
    counts: { ...table.sums.rollout.counts },
    status: { ...table.sums.status.counters },
    hashes: Object.fromEntries([...table.hashes].sort()),
  }
}

describe('node table', () => {
  it.each<KubernetesVersion>(['1.23', '1.28', '1.36'])('%s: kept up to date equals built anew', (version) => {
    fc.assert(
      fc.property(changes, (list) => {
        const nodes = new Map<string, ListedNode>()
        const pods = new Map<string, Pod>()
        let ds = daemonSet()
        let hash = 'h1'
        let nowMs = epochMs
        let order = 0
        const kept = createDaemonSetView(ds, { nodes, pods: [], revisions: [] }, version)
        for (const change of list) {
          if (change.what === 'time') nowMs += change.seconds * 1000
          else if (change.what === 'set') [ds, hash] = [withSpec(ds, change), change.hash]
          else if (change.what === 'node') {
            if (change.gone) nodes.delete(change.name)
            else nodes.set(change.name, { node: toNode(change), order: nodes.get(change.name)?.order ?? order++ })
            kept.markNode(change.name)
          } else {
            const before = pods.get(change.name)
            const pod = change.gone ? undefined : toPod(change, nowMs)
            if (pod) pods.set(change.name, pod)
            else pods.delete(change.name)
            kept.podChanged(pod, before)
          }
          const anew = createDaemonSetView(ds, { nodes, pods: pods.values(), revisions: [] }, version)
          expect(answers(kept.table(ds, hash, nowMs), ds, nowMs)).toEqual(answers(anew.table(ds, hash, nowMs), ds, nowMs))
        }
      }),
      { numRuns: 150 },
    )
  })
})
