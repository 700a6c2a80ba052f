import { createBackoff, createBackoffState } from '#engine/controllers/daemonset/backoff.ts'
import { createDaemonSetView } from '#engine/controllers/daemonset/daemon-set-view.ts'
import { manage } from '#engine/controllers/daemonset/manage.ts'
import { nodeShouldRunDaemonPod } from '#engine/controllers/daemonset/placement.ts'
import { rollingUpdate } from '#engine/controllers/daemonset/rolling-update.ts'
import { computeStatus } from '#engine/controllers/daemonset/status.ts'
import { replaceDaemonSetPodNodeNameNodeAffinity } from '#engine/controllers/daemonset/template.ts'
import { toTimestamp } from '#k8s/time.ts'
import type { DaemonSet, DaemonSetUpdateStrategy, KubeNode, Pod, PodPhase, PodSpec, StringMap, Taint } from '#k8s/types.ts'
import { type KubernetesVersion, newestVersion } from '#k8s/version.ts'
import { difference, firstOf, type VectorCheck } from './vector.ts'

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

/** What a pass asked for: always, and in some runs only (Go's map order is random). */
interface Requests {
  createAlways: string[]
  createMay: string[]
  createCount: number
  deleteAlways: string[]
  deleteMay: string[]
  deleteCount: number
}

interface VectorPod {
  name: string
  node: string
  bound: boolean
  revision: string
  phase: PodPhase
  readyForSeconds: number | null
  ageSeconds: number
  terminating: boolean
}

interface SyncCase {
  nodes: VectorNode[] | null
  updateStrategy: DaemonSetUpdateStrategy
  minReadySeconds: number
  nodeSelector: StringMap | null
  pods: VectorPod[] | null
  manage: Requests
  rollingUpdate: Requests | null
  status: Record<string, number> | null
}

const startMs = 1_767_225_600_000
const ago = (seconds: number) => toTimestamp(startMs - seconds * 1000)
/** No real pass is in the very moment in which its pods were made: what has been ready for all of minReadySeconds is so for a little longer. */
const nowMs = startMs + 1

const toNode = ({ name, labels, taints }: VectorNode): KubeNode => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: labels ?? undefined },
  spec: { taints: taints ?? undefined },
  status: {},
})

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

const toPod = (pod: VectorPod): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: pod.name,
    namespace: 'default',
    labels: { app: 'ds', 'controller-revision-hash': pod.revision },
    creationTimestamp: ago(pod.ageSeconds),
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'ds', uid: 'ds-uid', controller: true }],
    ...(pod.terminating && { deletionTimestamp: ago(0) }),
  },
  spec: { containers: [], ...(pod.bound ? { nodeName: pod.node } : { affinity: replaceDaemonSetPodNodeNameNodeAffinity(undefined, pod.node) }) },
  status: {
    phase: pod.phase,
    ...(pod.readyForSeconds !== null && { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ago(pod.readyForSeconds) }] }),
  },
})

function compareNames(what: string, ours: readonly string[], always: readonly string[], may: readonly string[], count: number): string | undefined {
  const surplus = ours.filter((name) => !always.includes(name) && !may.includes(name))
  const missing = always.filter((name) => !ours.includes(name))
  return firstOf(
    difference(`${what}: surplus`, [], surplus),
    difference(`${what}: missing`, [], missing),
    difference(`${what}: count`, count, ours.length),
  )
}

function compareRequests(
  pass: string,
  plan: { nodesNeedingPods: readonly string[]; podsToDelete: readonly string[] },
  expected: Requests,
): string | undefined {
  return firstOf(
    compareNames(`${pass} creates`, plan.nodesNeedingPods, expected.createAlways, expected.createMay, expected.createCount),
    compareNames(`${pass} deletes`, plan.podsToDelete, expected.deleteAlways, expected.deleteMay, expected.deleteCount),
  )
}

const placement: VectorCheck = {
  name: 'placement',
  recognises: (_file, keys) => keys.has('podTemplateSpec'),
  check: (input) => {
    const { node, podTemplateSpec, ...expected } = input as PlacementCase
    const { shouldRun, shouldContinueRunning } = nodeShouldRunDaemonPod(toNode(node), { spec: { containers: [], ...podTemplateSpec } })
    return difference(
      `${node.name} ${JSON.stringify(podTemplateSpec)}`,
      [expected.shouldRun, expected.shouldContinueRunning],
      [shouldRun, shouldContinueRunning],
    )
  },
}

const sorted = (record: Record<string, number> | null | undefined) => Object.entries(record ?? {}).sort()

const sync: VectorCheck = {
  name: 'sync',
  recognises: (_file, keys) => keys.has('manage'),
  check: (input, file) => {
    const vector = input as SyncCase
    const set = toDaemonSet(vector)
    const nodes = new Map((vector.nodes ?? []).map((node, order) => [node.name, { node: toNode(node), order }]))
    const version = (file.version ?? newestVersion) as KubernetesVersion
    const table = () => createDaemonSetView(set, { nodes, pods: (vector.pods ?? []).map(toPod), revisions: [] }, version).table(set, 'new', nowMs)
    const managed = manage(table().sums.manage, createBackoff(createBackoffState(), nowMs), (node) => node)
    const t = table()
    const { observedGeneration, ...counters } = computeStatus(set, t.sums.status.counters, false) ?? {}
    return firstOf(
      compareRequests('manage', managed, vector.manage),
      vector.rollingUpdate
        ? compareRequests(
            'rollingUpdate',
            rollingUpdate(t.sums.rollout, set.spec.updateStrategy, t.sums.status.counters.desired),
            vector.rollingUpdate,
          )
        : undefined,
      difference('status', sorted(vector.status), sorted(counters as Record<string, number>)),
    )
  },
}

/** Checks of the DaemonSet controller's own decisions. */
export const daemonSetVectors: readonly VectorCheck[] = [placement, sync]
