import { controllerOf } from '#k8s/owner.ts'
import { targetNode } from '#k8s/pod.ts'
import { formatTaint } from '#k8s/taint.ts'
import type { AnyObject, DaemonSet, Kind, KubeNode } from '#k8s/types.ts'
import type { Ghost, GhostReason } from '#protocol/explain.ts'
import type { Diff } from '#sim/diff.ts'
import type { Cluster } from '../cluster.ts'
import { nodeShouldRunDaemonPod, type PlacementVerdict } from '../controllers/daemonset/placement.ts'
import { clockText } from '../explain/answer.ts'
import { causeOfMissingPod, refusalOf } from '../explain/missing-pod.ts'

/** The one rule that keeps a pod away, as a code and its detail; `waiting` when no rule does. */
export function decisiveReason(verdict: PlacementVerdict, set: DaemonSet): { reason: GhostReason; detail: string } {
  for (const check of verdict.checks) {
    if (check.ok) continue
    if (check.rule === 'nodeName') return { reason: 'node-name', detail: check.wanted ?? '' }
    if (check.rule === 'nodeSelector') return { reason: 'node-selector', detail: check.missing?.join('=') ?? '' }
    if (check.rule === 'affinity') return { reason: 'node-affinity', detail: set.metadata.name }
    const taint = check.untolerated[0]
    return { reason: 'taint', detail: taint ? formatTaint(taint) : '' }
  }
  return { reason: 'waiting', detail: '' }
}

/** Kinds whose objects decide whether the API server takes a pod. */
const decidesRefusal: ReadonlySet<string> = new Set<Kind>(['Namespace', 'PriorityClass'])

/**
 * The ghosts of every node, kept up to date from the changes of a frame: only nodes that changed, that a daemon pod came to or left,
 * or, when a DaemonSet changed, all are looked at again.
 */
export class GhostBoard {
  private readonly shown = new Map<string, string>()
  private readonly cluster: Cluster
  /** Whose pods the API server refuses, as of this frame. */
  private readonly refused = new Map<DaemonSet, boolean>()

  constructor(cluster: Cluster) {
    this.cluster = cluster
  }

  /** Ghosts of the nodes whose list changed. `all` looks at every node, as after a restore. */
  update(changes: Diff<AnyObject>, all = false): Record<string, Ghost[]> | undefined {
    const { tables } = this.cluster.core.state
    this.refused.clear()
    const dirty = new Set<string>()
    let everything = all
    const touch = (object: AnyObject | undefined, before?: AnyObject) => {
      if (!object) return
      if (object.kind === 'DaemonSet')
        everything ||=
          !before ||
          (before as DaemonSet).spec.template !== object.spec.template ||
          before.metadata.deletionTimestamp !== object.metadata.deletionTimestamp ||
          !tables.DaemonSet.has(`${object.metadata.namespace}/${object.metadata.name}`)
      else if (decidesRefusal.has(object.kind)) everything = true
      else if (object.kind === 'Node') dirty.add(object.metadata.name)
      else if (object.kind === 'Pod' && controllerOf(object)?.kind === 'DaemonSet') {
        const node = targetNode(object)
        if (node) dirty.add(node)
      }
    }
    for (const object of changes.added.values()) touch(object)
    for (const object of changes.removed.values()) touch(object)
    for (const [from, to] of changes.updated.values()) touch(to, from)
    const nodes = everything ? [...tables.Node.values()] : [...dirty].flatMap((name) => tables.Node.get(name) ?? [])
    const result: Record<string, Ghost[]> = {}
    const unbound = this.unboundPods()
    for (const node of nodes) {
      const ghosts = this.ghostsOf(node, unbound)
      const text = ghosts.length ? JSON.stringify(ghosts) : ''
      if ((this.shown.get(node.metadata.name) ?? '') === text && !all) continue
      this.shown.set(node.metadata.name, text)
      result[node.metadata.name] = ghosts
    }
    for (const [name, text] of this.shown) {
      if (tables.Node.has(name)) continue
      this.shown.delete(name)
      // a node that joins under this name later begins without
      if (text) result[name] = []
    }
    return Object.keys(result).length ? result : undefined
  }

  private ghostsOf(node: KubeNode, unbound: ReadonlySet<string>): Ghost[] {
    const { core } = this.cluster
    const here = new Set<string>()
    for (const set of core.state.tables.DaemonSet.values()) {
      if (set.metadata.deletionTimestamp) here.add(set.metadata.uid ?? '')
    }
    const failed = new Set<string>()
    for (const pod of core.indices.podsOnNode(node.metadata.name)) {
      const uid = controllerOf(pod)?.uid ?? ''
      if (pod.status.phase === 'Failed') failed.add(uid)
      here.add(uid)
    }
    const ghosts: Ghost[] = []
    for (const set of core.state.tables.DaemonSet.values()) {
      const uid = set.metadata.uid ?? ''
      const isHere = here.has(uid)
      if (unbound.has(`${uid}/${node.metadata.name}`) || (isHere && !failed.has(uid))) continue
      const reason = isHere ? this.backOff(set, node) : this.absence(set, node)
      if (reason) ghosts.push({ namespace: set.metadata.namespace ?? 'default', daemonset: set.metadata.name, ...reason })
    }
    return ghosts
  }

  private absence(set: DaemonSet, node: KubeNode): { reason: GhostReason; detail: string } {
    const decisive = decisiveReason(nodeShouldRunDaemonPod(node, set.spec.template), set)
    return decisive.reason === 'waiting' && this.isRefused(set) ? { reason: 'refused', detail: '' } : decisive
  }

  private isRefused(set: DaemonSet): boolean {
    const known = this.refused.get(set)
    if (known !== undefined) return known
    const isRefused = refusalOf(this.cluster, set) !== undefined
    this.refused.set(set, isRefused)
    return isRefused
  }

  /** Beside a failed pod only its back-off is worth a ghost: it says when the successor comes. */
  private backOff(set: DaemonSet, node: KubeNode): { reason: GhostReason; detail: string } | undefined {
    const cause = causeOfMissingPod(this.cluster, set, node)
    return cause.why === 'backOff' ? { reason: 'back-off', detail: `until ${clockText(cause.untilMs)}` } : undefined
  }

  /** `uid of the DaemonSet/node` of every daemon pod that no scheduler has bound yet. */
  private unboundPods(): Set<string> {
    const { core } = this.cluster
    const found = new Set<string>()
    for (const set of core.state.tables.DaemonSet.values()) {
      for (const pod of core.indices.controlledBy('Pod', set.metadata.uid ?? '')) {
        if (!pod.spec.nodeName) found.add(`${set.metadata.uid}/${targetNode(pod)}`)
      }
    }
    return found
  }
}
