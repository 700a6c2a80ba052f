import { createStore } from 'zustand/vanilla'
import { rolePrefix } from '#k8s/node.ts'
import type { KubeNode } from '#k8s/types.ts'
import type { Ghost } from '#protocol/explain.ts'
import type { Frame } from '#protocol/messages.ts'
import { indexPodsByNode, type PodsByNode } from './pods-by-node.ts'
import { type NewestRevisions, newestRevisions } from './revisions.ts'
import { applyDiff, emptyTables, type Tables } from './tables.ts'
import { workloadKey, workloadOf } from './workload.ts'

/** The page's copy of the cluster, kept by the frames the engine sends. Nothing else writes it. */
export interface ClusterState {
  tables: Tables
  /** Node names in the order of the canvas: control plane first, then by name with numbers as numbers. */
  nodeNames: readonly string[]
  podsByNode: PodsByNode
  ghosts: ReadonlyMap<string, readonly Ghost[]>
  stoppedKubelets: ReadonlySet<string>
  /** `<pod uid> readiness` for each kind of probe that was made to fail. */
  failingProbes: ReadonlySet<string>
  /** A number for each workload that ever was here, in order of appearance: its colour. */
  workloadNumbers: ReadonlyMap<string, number>
  newestRevisions: NewestRevisions
}

const isControlPlane = (node: KubeNode | undefined) => Object.keys(node?.metadata.labels ?? {}).includes(`${rolePrefix}control-plane`)
const collator = new Intl.Collator('en', { numeric: true })

function namesOf(tables: Tables, previous: readonly string[]): readonly string[] {
  const rank = (name: string) => (isControlPlane(tables.Node.get(name)) ? 0 : 1)
  const names = [...tables.Node.keys()].sort((a, b) => rank(a) - rank(b) || collator.compare(a, b))
  return names.length === previous.length && names.every((name, at) => name === previous[at]) ? previous : names
}

function numberWorkloads(tables: Tables, previous: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const seen = new Set<string>()
  const see = (kind: string, namespace: string | undefined, name: string) => {
    if (namespace !== 'kube-system') seen.add(workloadKey({ kind, namespace: namespace ?? '', name }))
  }
  for (const kind of ['DaemonSet', 'Deployment', 'StatefulSet'] as const) {
    for (const object of tables[kind].values()) see(kind, object.metadata.namespace, object.metadata.name)
  }
  for (const pod of tables.Pod.values()) {
    const workload = workloadOf(pod, tables)
    see(workload.kind, workload.namespace, workload.name)
  }
  const fresh = [...seen].filter((key) => !previous.has(key))
  if (fresh.length === 0) return previous
  const numbers = new Map(previous)
  for (const key of fresh) numbers.set(key, numbers.size)
  return numbers
}

export function emptyCluster(): ClusterState {
  return {
    tables: emptyTables(),
    nodeNames: [],
    podsByNode: new Map(),
    ghosts: new Map(),
    stoppedKubelets: new Set(),
    failingProbes: new Set(),
    workloadNumbers: new Map(),
    newestRevisions: new Map(),
  }
}

function nextGhosts(state: ClusterState, frame: Frame): ClusterState['ghosts'] {
  if (!frame.ghosts) return state.ghosts
  const ghosts = new Map(state.ghosts)
  for (const [node, list] of Object.entries(frame.ghosts)) {
    if (list.length > 0) ghosts.set(node, list)
    else ghosts.delete(node)
  }
  return ghosts
}

/** The state after a frame; the same object when the frame only moved the clock. */
export function nextCluster(before: ClusterState, frame: Frame): ClusterState {
  const state = frame.reset ? emptyCluster() : before
  const tables = applyDiff(state.tables, frame.diff)
  if (tables === before.tables && !frame.ghosts && !frame.stoppedKubelets && !frame.failingProbes) return before
  const podsChanged = tables.Pod !== state.tables.Pod || tables.ReplicaSet !== state.tables.ReplicaSet
  return {
    tables,
    nodeNames: tables.Node === state.tables.Node ? state.nodeNames : namesOf(tables, state.nodeNames),
    podsByNode: podsChanged ? indexPodsByNode(tables, state.podsByNode) : state.podsByNode,
    ghosts: nextGhosts(state, frame),
    stoppedKubelets: frame.stoppedKubelets ? new Set(frame.stoppedKubelets) : state.stoppedKubelets,
    failingProbes: frame.failingProbes ? new Set(frame.failingProbes) : state.failingProbes,
    workloadNumbers: tables === state.tables ? state.workloadNumbers : numberWorkloads(tables, state.workloadNumbers),
    newestRevisions:
      tables.ControllerRevision === state.tables.ControllerRevision ? state.newestRevisions : newestRevisions(tables.ControllerRevision),
  }
}

export const clusterStore = createStore<ClusterState>(emptyCluster)
