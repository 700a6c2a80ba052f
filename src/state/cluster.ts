import { createStore } from 'zustand/vanilla'
import { rolePrefix } from '#k8s/node.ts'
import type { AnyObject, KubeNode } from '#k8s/types.ts'
import type { ObjectDiff } from '#protocol/diff.ts'
import type { Ghost } from '#protocol/explain.ts'
import type { Frame } from '#protocol/messages.ts'
import { indexPodsByNode, type PodsByNode } from './pods-by-node.ts'
import { type NewestRevisions, newestRevisions } from './revisions.ts'
import { applyDiff, emptyTables, type Tables } from './tables.ts'
import { type Workload, workloadKey, workloadOf } from './workload.ts'

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

/** Names change only when a node comes or goes, or becomes part of the control plane. */
function nextNames(before: Tables, after: Tables, diff: ObjectDiff, previous: readonly string[]): readonly string[] {
  const moves = (object: AnyObject) => object.kind === 'Node' && isControlPlane(object) !== isControlPlane(before.Node.get(object.metadata.name))
  const isNode = ({ kind }: { kind: string }) => kind === 'Node'
  if (!diff.added.some(isNode) && !diff.removed.some(isNode) && !diff.updated.some(moves)) return previous
  const rank = (name: string) => (isControlPlane(after.Node.get(name)) ? 0 : 1)
  return [...after.Node.keys()].sort((a, b) => rank(a) - rank(b) || collator.compare(a, b))
}

const workloadKinds = ['DaemonSet', 'Deployment', 'StatefulSet'] as const

/** Gives workloads that were not seen before the next numbers: first those there are objects of, then those that pods tell of. */
function numberWorkloads(tables: Tables, { added, updated }: ObjectDiff, previous: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const fresh = new Set<string>()
  const see = (workload: Workload) => {
    const key = workloadKey(workload)
    if (workload.namespace !== 'kube-system' && !previous.has(key)) fresh.add(key)
  }
  for (const wanted of workloadKinds)
    for (const { kind, metadata } of added) if (kind === wanted) see({ kind, namespace: metadata.namespace ?? '', name: metadata.name })
  // a pod that is adopted belongs to another workload from then on
  for (const list of [added, updated]) for (const object of list) if (object.kind === 'Pod') see(workloadOf(object, tables))
  if (fresh.size === 0) return previous
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
  return {
    tables,
    nodeNames: nextNames(state.tables, tables, frame.diff, state.nodeNames),
    podsByNode: indexPodsByNode(state.tables, tables, frame.diff, state.podsByNode),
    ghosts: nextGhosts(state, frame),
    stoppedKubelets: frame.stoppedKubelets ? new Set(frame.stoppedKubelets) : state.stoppedKubelets,
    failingProbes: frame.failingProbes ? new Set(frame.failingProbes) : state.failingProbes,
    workloadNumbers: numberWorkloads(tables, frame.diff, state.workloadNumbers),
    newestRevisions:
      tables.ControllerRevision === state.tables.ControllerRevision ? state.newestRevisions : newestRevisions(tables.ControllerRevision),
  }
}

export const clusterStore = createStore<ClusterState>(emptyCluster)
