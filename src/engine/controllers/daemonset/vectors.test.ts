import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toTimestamp } from '#k8s/time.ts'
import type { DaemonSet, DaemonSetUpdateStrategy, KubeNode, Pod, PodSpec, StringMap, Taint } from '#k8s/types.ts'
import { createBackoff, createBackoffState } from './backoff.ts'
import { createDaemonSetView } from './daemon-set-view.ts'
import { manage } from './manage.ts'
import { nodeShouldRunDaemonPod } from './placement.ts'
import { rollingUpdate } from './rolling-update.ts'
import { computeStatus } from './status.ts'
import { replaceDaemonSetPodNodeNameNodeAffinity } from './template.ts'

interface VectorNode {
  name: string
  labels: StringMap | null
  taints: Taint[] | null
}

interface PlacementCase {
  node: VectorNode
  podTemplateSpec: Partial<PodSpec>
  shouldRun: boolean
  shouldContinueRunning: boolean
}

interface Requests {
  createAlways: string[]
  createMay: string[]
  createCount: number
  deleteAlways: string[]
  deleteMay: string[]
  deleteCount: number
}

interface SyncCase {
  nodes: VectorNode[] | null
  updateStrategy: DaemonSetUpdateStrategy
  minReadySeconds: number
  nodeSelector: StringMap | null
  pods: {
    name: string
    node: string
    bound: boolean
    revision: string
    phase: 'Pending' | 'Running' | 'Failed' | 'Succeeded'
    readyForSeconds: number | null
    ageSeconds: number
    terminating: boolean
  }[]
  manage: Requests
  rollingUpdate: Requests | null
  status: Partial<Record<string, number>> | null
}

const read = <C>(file: string): C[] => {
  const vectors = JSON.parse(readFileSync(new URL(`../../../../e2e/conformance/vectors/${file}`, import.meta.url), 'utf8')) as { cases: C[] }
  return vectors.cases
}

const toNode = ({ name, labels, taints }: VectorNode): KubeNode => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: labels ?? undefined },
  spec: { taints: taints ?? undefined },
  status: {},
})

const nowMs = 1_767_225_600_000
const before = (seconds: number) => toTimestamp(nowMs - seconds * 1000)

const toDaemonSet = ({ updateStrategy, minReadySeconds, nodeSelector }: SyncCase): DaemonSet => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'ds', namespace: 'default', uid: 'ds-uid', generation: 1 },
  spec: {
    selector: { matchLabels: { app: 'ds' } },
    template: { metadata: { labels: { app: 'ds' } }, spec: { containers: [], nodeSelector: nodeSelector ?? undefined } },
    updateStrategy,
    minReadySeconds,
  },
  status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0, observedGeneration: 1 },
})

const toPod = (pod: SyncCase['pods'][number]): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: pod.name,
    namespace: 'default',
    labels: { app: 'ds', 'controller-revision-hash': pod.revision },
    creationTimestamp: before(pod.ageSeconds),
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'ds', uid: 'ds-uid', controller: true }],
    ...(pod.terminating && { deletionTimestamp: before(0) }),
  },
  spec: { containers: [], ...(pod.bound ? { nodeName: pod.node } : { affinity: replaceDaemonSetPodNodeNameNodeAffinity(undefined, pod.node) }) },
  status: {
    phase: pod.phase,
    ...(pod.readyForSeconds !== null && { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: before(pod.readyForSeconds) }] }),
  },
})

/** Where the real controller's answer depends on map order, ours has to be one of its answers. */
function expectRequests(creates: readonly string[], deletes: readonly string[], expected: Requests): void {
  const surplus = (ours: readonly string[], always: string[], may: string[]) => ours.filter((name) => !always.includes(name) && !may.includes(name))
  const missing = (ours: readonly string[], always: string[]) => always.filter((name) => !ours.includes(name))
  expect({
    creates: creates.length,
    deletes: deletes.length,
    surplus: [...surplus(creates, expected.createAlways, expected.createMay), ...surplus(deletes, expected.deleteAlways, expected.deleteMay)],
    missing: [...missing(creates, expected.createAlways), ...missing(deletes, expected.deleteAlways)],
  }).toEqual({ creates: expected.createCount, deletes: expected.deleteCount, surplus: [], missing: [] })
}

describe('vectors of the real controller, v1.23', () => {
  it('placement.json: where a pod should run (DS-4)', () => {
    for (const { node, podTemplateSpec, ...expected } of read<PlacementCase>('placement.json')) {
      const { shouldRun, shouldContinueRunning } = nodeShouldRunDaemonPod(toNode(node), { spec: { containers: [], ...podTemplateSpec } })
      expect({ node, podTemplateSpec, shouldRun, shouldContinueRunning }).toEqual({ node, podTemplateSpec, ...expected })
    }
  })

  const cases = read<SyncCase>('sync.json')

  function tableOf(vector: SyncCase) {
    const ds = toDaemonSet(vector)
    const nodes = new Map((vector.nodes ?? []).map((node, order) => [node.name, { node: toNode(node), order }]))
    const view = createDaemonSetView(ds, { nodes, pods: vector.pods.map(toPod), revisions: [] }, '1.23')
    return { ds, table: view.table(ds, 'new', nowMs) }
  }

  it.each(cases.map((vector, index) => [index, vector] as const))('sync.json case %i: manage (DS-6)', (_, vector) => {
    const { table } = tableOf(vector)
    const plan = manage(table.manage, createBackoff(createBackoffState(), nowMs), (node) => node)
    expectRequests(plan.nodesNeedingPods, plan.podsToDelete, vector.manage)
  })

  const rollouts = cases.flatMap((vector, index) => (vector.rollingUpdate ? [[index, vector, vector.rollingUpdate] as const] : []))

  it.each(rollouts)('sync.json case %i: rollingUpdate (DS-10)', (_, vector, expected) => {
    const { ds, table } = tableOf(vector)
    const plan = rollingUpdate(table.rollout, ds.spec.updateStrategy, table.status.counters.desired)
    expectRequests(plan.nodesNeedingPods, plan.podsToDelete, expected)
  })

  it.each(cases.map((vector, index) => [index, vector] as const))('sync.json case %i: status (DS-8)', (_, vector) => {
    const { ds, table } = tableOf(vector)
    const status = computeStatus(ds, table.status.counters, false)
    const { observedGeneration, ...counters } = status ?? {}
    expect(counters).toEqual(vector.status ?? {})
  })
})
