import type { KubeNode, Pod, PodTemplateSpec, StringMap, Taint } from '#k8s/types.ts'
import { targetNode } from '#k8s/pod.ts'
import { controllerRevisionHashLabel } from './constants.ts'
import { compareNodes, createManageTally, type ManagedNode, type ManageTally, type NodeWork, podsShouldBeOnNode } from './manage.ts'
import { availableFromMs, comparePods, isLeftOut, type NodeView, type PodRules } from './node-view.ts'
import { createOrderedSet } from './ordered-set.ts'
import { nodeShouldRunDaemonPod } from './placement.ts'
import { createRolloutTally, rolloutOfNode, type RolloutNode, type RolloutPart, type RolloutTally } from './rolling-update.ts'
import { createStatusTally, type StatusCounters, statusOfNode, type StatusTally } from './status.ts'

/** A node and its place in the node list; lower = created earlier. */
export interface ListedNode {
  readonly node: KubeNode
  readonly order: number
}

export type NodeList = ReadonlyMap<string, ListedNode>

/** Place of nodes that are not in the list: behind all others. */
const unlisted = Number.MAX_SAFE_INTEGER

interface Entry extends NodeView, ManagedNode, RolloutNode {
  order: number
  exists: boolean
  shouldRun: boolean
  shouldContinueRunning: boolean
  pods: readonly Pod[]
  /** All claimed pods, also those that are left out of `pods`. */
  claimed: Pod[]
  judged?: { template: PodTemplateSpec; labels: StringMap | undefined; taints: Taint[] | undefined }
  work: NodeWork
  rollout: RolloutPart
  status: StatusCounters
  /** When a pod here becomes available by the passing of time; Infinity = never. */
  ripensAtMs: number
  /** Whether the tallies count this node. */
  counted: boolean
}

/**
 * All nodes as one DaemonSet sees them, with its pods, what is to be done about each, and the sums over them. Changes only mark nodes;
 * `refresh` looks at the marked ones again, so a sync costs what changed and not what there is. The sums equal those of a table built anew.
 */
export interface NodeTable {
  readonly manage: ManageTally
  readonly rollout: RolloutTally
  readonly status: StatusTally
  /** Hash labels of the claimed pods that belong to a node, with how many carry each. */
  readonly hashes: ReadonlyMap<string, number>
  /** Takes what decides about nodes and pods; everything is examined anew when it differs. */
  setRules(template: PodTemplateSpec, rules: PodRules): void
  /** The node came, went, or has other labels or taints. */
  markNode(name: string): void
  /** Adds or replaces a claimed pod. */
  putPod(pod: Pod): void
  dropPod(name: string): void
  /** Examines what was marked and what became available by now (ms since 1970). */
  refresh(nowMs: number): void
  view(nodeName: string): (NodeView & { readonly work: NodeWork; readonly rollout: RolloutPart; readonly status: StatusCounters }) | undefined
}

const noWork: NodeWork = { create: false, deletions: [] }
const noStatus: StatusCounters = { desired: 0, current: 0, misscheduled: 0, ready: 0, available: 0, updated: 0 }
const noPart: RolloutPart = { move: 'none', unavailable: 0, surging: 0, available: 0 }

const newEntry = (name: string): Entry => ({
  name,
  order: unlisted,
  exists: false,
  shouldRun: false,
  shouldContinueRunning: false,
  pods: [],
  claimed: [],
  work: noWork,
  rollout: noPart,
  status: noStatus,
  ripensAtMs: Number.POSITIVE_INFINITY,
  counted: false,
})

const compareRipening = (a: Entry, b: Entry) => a.ripensAtMs - b.ripensAtMs || compareNodes(a, b)

const sameRules = (a: PodRules, b: PodRules): boolean => {
  for (const key in a) if (a[key as keyof PodRules] !== b[key as keyof PodRules]) return false
  return true
}

/** A table over a node list that its owner keeps up to date (and tells of by `markNode`). */
export function createNodeTable(nodes: NodeList, firstTemplate: PodTemplateSpec, firstRules: PodRules): NodeTable {
  let [template, rules] = [firstTemplate, firstRules]
  let [manage, rollout, status] = [createManageTally(), createRolloutTally(), createStatusTally()]
  const entries = new Map<string, Entry>()
  const nodeOfPod = new Map<string, string>()
  const hashes = new Map<string, number>()
  const dirty = new Set<string>()
  const ripening = createOrderedSet<Entry>(compareRipening)

  const entryOf = (name: string): Entry => {
    let entry = entries.get(name)
    if (!entry) {
      entry = newEntry(name)
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

  const dropPod = (name: string) => {
    const nodeName = nodeOfPod.get(name)
    if (nodeName === undefined) return
    nodeOfPod.delete(name)
    const entry = entryOf(nodeName)
    const at = entry.claimed.findIndex((pod) => pod.metadata.name === name)
    countHash(entry.claimed[at] as Pod, -1)
    entry.claimed.splice(at, 1)
    dirty.add(nodeName)
  }

  const putPod = (pod: Pod) => {
    dropPod(pod.metadata.name)
    const nodeName = targetNode(pod)
    if (nodeName === undefined) return
    nodeOfPod.set(pod.metadata.name, nodeName)
    entryOf(nodeName).claimed.push(pod)
    countHash(pod, 1)
    dirty.add(nodeName)
  }

  const count = (entry: Entry) => {
    manage.add(entry)
    rollout.add(entry)
    status.add(entry.status)
    if (entry.ripensAtMs < Number.POSITIVE_INFINITY) ripening.add(entry)
    entry.counted = true
  }

  const uncount = (entry: Entry) => {
    if (!entry.counted) return
    manage.remove(entry)
    rollout.remove(entry)
    status.remove(entry.status)
    if (entry.ripensAtMs < Number.POSITIVE_INFINITY) ripening.delete(entry)
    entry.counted = false
  }

  const judge = (entry: Entry, listed: ListedNode | undefined) => {
    entry.exists = listed !== undefined
    entry.order = listed?.order ?? unlisted
    if (!listed) {
      entry.shouldRun = false
      entry.shouldContinueRunning = false
      entry.judged = undefined
      return
    }
    const { labels } = listed.node.metadata
    const taints = listed.node.spec?.taints
    const { judged } = entry
    if (judged?.template === template && judged.labels === labels && judged.taints === taints) return
    const verdict = nodeShouldRunDaemonPod(listed.node, template)
    entry.shouldRun = verdict.shouldRun
    entry.shouldContinueRunning = verdict.shouldContinueRunning
    entry.judged = { template, labels, taints }
  }

  const examine = (entry: Entry, nowMs: number) => {
    uncount(entry)
    judge(entry, nodes.get(entry.name))
    if (!entry.exists && entry.claimed.length === 0) {
      entries.delete(entry.name)
      return
    }
    if (entry.claimed.length > 1) entry.claimed.sort(comparePods)
    entry.pods = entry.claimed.filter((pod) => !isLeftOut(pod, rules.version))
    entry.work = podsShouldBeOnNode(entry, rules, nowMs)
    entry.rollout = rolloutOfNode(entry, rules, nowMs)
    entry.status = statusOfNode(entry, rules, nowMs)
    entry.ripensAtMs = Number.POSITIVE_INFINITY
    for (const pod of entry.pods) {
      const fromMs = availableFromMs(pod, rules)
      if (fromMs > nowMs && fromMs < entry.ripensAtMs) entry.ripensAtMs = fromMs
    }
    count(entry)
  }

  const examineAllLater = () => {
    ;[manage, rollout, status] = [createManageTally(), createRolloutTally(), createStatusTally()]
    ripening.clear()
    for (const entry of entries.values()) {
      entry.counted = false
      dirty.add(entry.name)
    }
  }

  for (const name of nodes.keys()) {
    entryOf(name)
    dirty.add(name)
  }

  return {
    get manage() {
      return manage
    },
    get rollout() {
      return rollout
    },
    get status() {
      return status
    },
    hashes,
    setRules(nextTemplate, nextRules) {
      if (nextTemplate === template && sameRules(rules, nextRules)) return
      template = nextTemplate
      rules = nextRules
      examineAllLater()
    },
    markNode: (name) => {
      entryOf(name)
      dirty.add(name)
    },
    putPod,
    dropPod,
    refresh(nowMs) {
      for (const entry of ripening.items) {
        if (entry.ripensAtMs > nowMs) break
        dirty.add(entry.name)
      }
      for (const name of dirty) {
        const entry = entries.get(name)
        if (entry) examine(entry, nowMs)
      }
      dirty.clear()
    },
    view: (name) => entries.get(name),
  }
}
