import { targetNode } from '#k8s/pod.ts'
import type { Pod, PodTemplateSpec } from '#k8s/types.ts'
import { LastFoundMap } from '#sim/last-found-map.ts'
import { controllerRevisionHashLabel } from './constants.ts'
import { createManageTally, type ManageTally } from './manage.ts'
import { createNodeEntry, examineNode, type ListedNode, type NodeEntry } from './node-entry.ts'
import { compareNodes, type PodRules } from './node-view.ts'
import { OrderedSet } from './ordered-set.ts'
import { createRolloutTally, type RolloutTally } from './rolling-update.ts'
import { createStatusTally, type StatusTally } from './status.ts'

export type NodeList = ReadonlyMap<string, ListedNode>

/** What the nodes add up to. */
export interface NodeSums {
  readonly manage: ManageTally
  readonly rollout: RolloutTally
  readonly status: StatusTally
}

const createSums = (): NodeSums => ({ manage: createManageTally(), rollout: createRolloutTally(), status: createStatusTally() })

/**
 * All nodes as one DaemonSet sees them, with its pods, what is to be done about each, and the sums over them. Changes only mark nodes;
 * `refresh` looks at the marked ones again, so a sync costs what changed and not what there is. The sums equal those of a table built anew.
 */
export interface NodeTable {
  readonly sums: NodeSums
  /** Hash labels of the claimed pods that belong to a node, with how many carry each. */
  readonly hashes: ReadonlyMap<string, number>
  /** Takes what decides about nodes and pods; everything is examined anew when it differs. */
  setRules(template: PodTemplateSpec, rules: PodRules): void
  /** The node came, went, or has other labels or taints. */
  markNode(name: string): void
  /** Adds a claimed pod, or puts it in the place of what it was. */
  putPod(pod: Pod, before: Pod | undefined): void
  /** Takes out a pod, if it is here, that was put in as this. */
  dropPod(before: Pod): void
  /** Examines what was marked and what became available by now (ms since 1970). */
  refresh(nowMs: number): void
}

const compareRipening = (a: NodeEntry, b: NodeEntry) => a.ripensAtMs - b.ripensAtMs || compareNodes(a, b)

const placeOf = ({ claimed }: NodeEntry, { metadata: { uid } }: Pod): number => claimed.findIndex((pod) => pod.metadata.uid === uid)

const sameRules = (a: PodRules, b: PodRules): boolean => {
  for (const key in a) if (a[key as keyof PodRules] !== b[key as keyof PodRules]) return false
  return true
}

/** A table over a node list that its owner keeps up to date (and tells of by `markNode`). */
export function createNodeTable(nodes: NodeList, firstTemplate: PodTemplateSpec, firstRules: PodRules): NodeTable {
  let [template, rules] = [firstTemplate, firstRules]
  const sums = createSums()
  const entries = new LastFoundMap<NodeEntry>()
  const hashes = new Map<string, number>()
  const dirty = new Set<NodeEntry>()
  const ripening = new OrderedSet<NodeEntry>(compareRipening)

  const entryOf = (name: string): NodeEntry => {
    let entry = entries.get(name)
    if (!entry) {
      entry = createNodeEntry(name)
      entries.set(name, entry)
    }
    return entry
  }

  const countHash = (pod: Pod, change: 1 | -1) => {
    const hash = pod.metadata.labels?.[controllerRevisionHashLabel]
    if (hash === undefined) return
    const count = (hashes.get(hash) ?? 0) + change
    if (count > 0) hashes.set(hash, count)
    else hashes.delete(hash)
  }

  const dropPod = (before: Pod) => {
    const entry = entries.get(targetNode(before) ?? '')
    const at = entry ? placeOf(entry, before) : -1
    if (!entry || at < 0) return
    countHash(entry.claimed[at] as Pod, -1)
    entry.claimed.splice(at, 1)
    dirty.add(entry)
  }

  const addPod = (pod: Pod, entry: NodeEntry) => {
    // an array that grows takes room for many, also one of a spread and one more; most nodes have one pod
    entry.claimed = entry.claimed.length === 0 ? [pod] : [...entry.claimed, pod]
    countHash(pod, 1)
    dirty.add(entry)
  }

  /** Puts the new state of a pod in the place of the old one, which is on the same node. */
  const replacePod = (pod: Pod, entry: NodeEntry, at: number) => {
    const { claimed } = entry
    const known = claimed[at] as Pod
    if (known.metadata.labels !== pod.metadata.labels) {
      countHash(known, -1)
      countHash(pod, 1)
    }
    claimed[at] = pod
    dirty.add(entry)
  }

  const putPod = (pod: Pod, before: Pod | undefined) => {
    const nodeName = targetNode(pod)
    if (before && before.spec !== pod.spec && targetNode(before) !== nodeName) dropPod(before)
    if (nodeName === undefined) return
    const entry = entryOf(nodeName)
    const at = before ? placeOf(entry, before) : -1
    if (at < 0) addPod(pod, entry)
    else replacePod(pod, entry, at)
  }

  const count = (entry: NodeEntry) => {
    sums.manage.add(entry)
    sums.rollout.add(entry)
    sums.status.add(entry.status)
    if (entry.ripensAtMs < Number.POSITIVE_INFINITY) ripening.add(entry)
    entry.counted = true
  }

  const uncount = (entry: NodeEntry) => {
    if (!entry.counted) return
    sums.manage.remove(entry)
    sums.rollout.remove(entry)
    sums.status.remove(entry.status)
    if (entry.ripensAtMs < Number.POSITIVE_INFINITY) ripening.delete(entry)
    entry.counted = false
  }

  const examine = (entry: NodeEntry, nowMs: number) => {
    uncount(entry)
    if (entry.listed || entry.claimed.length > 0) {
      examineNode(entry, template, rules, nowMs)
      count(entry)
    } else entries.delete(entry.name)
  }

  const examineAllLater = () => {
    Object.assign(sums, createSums())
    ripening.clear()
    for (const entry of entries.values()) {
      entry.counted = false
      dirty.add(entry)
    }
  }

  const markNode = (name: string) => {
    const entry = entryOf(name)
    entry.listed = nodes.get(name)
    dirty.add(entry)
  }

  for (const [name, listed] of nodes) {
    const entry = createNodeEntry(name)
    entry.listed = listed
    entries.set(name, entry)
    dirty.add(entry)
  }

  return {
    sums,
    hashes,
    setRules(nextTemplate, nextRules) {
      if (nextTemplate === template && sameRules(rules, nextRules)) return
      template = nextTemplate
      rules = nextRules
      examineAllLater()
    },
    markNode,
    putPod,
    dropPod,
    refresh(nowMs) {
      if (ripening.size > 0)
        for (const entry of ripening.values()) {
          if (entry.ripensAtMs > nowMs) break
          dirty.add(entry)
        }
      if (dirty.size === 0) return
      for (const entry of dirty) examine(entry, nowMs)
      dirty.clear()
    },
  }
}
