import type { KubeNode, Pod, PodTemplateSpec, StringMap, Taint } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { type ManagedNode, type NodeWork, noWork, podsShouldBeOnNode } from './manage.ts'
import { availableFromMs, comparePods, isLeftOut, type NodeView, type PodRules, unlisted } from './node-view.ts'
import { nodeShouldRunDaemonPod } from './placement.ts'
import { idle, type RolloutNode, type RolloutPart, rolloutOfNode } from './rolling-update.ts'
import { type StatusCounters, statusOfNode, zero } from './status.ts'

/** A node as it is now, and its place in the node list; lower = created earlier. */
export interface ListedNode {
  readonly node: KubeNode
  readonly order: number
}

/** One node in the table of a DaemonSet: what is known of it, and what follows. Filled by `examineNode`. */
export interface NodeEntry extends NodeView, ManagedNode, RolloutNode {
  /** undefined = the node is gone. */
  listed: ListedNode | undefined
  order: number
  exists: boolean
  shouldRun: boolean
  shouldContinueRunning: boolean
  /** As of the last examination, and used by it alone: it may be `claimed` itself. */
  pods: readonly Pod[]
  /** All claimed pods, also those that are left out of `pods`. */
  claimed: Pod[]
  /** What the verdict was given on. */
  judged: { template: PodTemplateSpec; labels: StringMap | undefined; taints: Taint[] | undefined } | undefined
  work: NodeWork
  rollout: RolloutPart
  status: StatusCounters
  /** When a pod here becomes available by the passing of time; Infinity = never. */
  ripensAtMs: number
  /** Whether the table's sums count this node. */
  counted: boolean
}

export const createNodeEntry = (name: string): NodeEntry => ({
  name,
  listed: undefined,
  order: unlisted,
  exists: false,
  shouldRun: false,
  shouldContinueRunning: false,
  pods: [],
  claimed: [],
  judged: undefined,
  work: noWork,
  rollout: idle,
  status: zero,
  ripensAtMs: Number.POSITIVE_INFINITY,
  counted: false,
})

/** Decides again whether the node should have a pod, unless nothing that counts has changed. */
function judge(entry: NodeEntry, template: PodTemplateSpec): void {
  const { listed } = entry
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

function ripening(pods: readonly Pod[], rules: PodRules, nowMs: number): number {
  let atMs = Number.POSITIVE_INFINITY
  if (rules.minReadySeconds === 0) return atMs
  for (const pod of pods) {
    const fromMs = availableFromMs(pod, rules)
    if (fromMs > nowMs && fromMs < atMs) atMs = fromMs
  }
  return atMs
}

function withoutLeftOut(claimed: readonly Pod[], version: KubernetesVersion): readonly Pod[] {
  for (const pod of claimed) if (isLeftOut(pod, version)) return claimed.filter((other) => !isLeftOut(other, version))
  return claimed
}

/** Works out everything about a node from its pods and its place in the node list. nowMs = since 1970. */
export function examineNode(entry: NodeEntry, template: PodTemplateSpec, rules: PodRules, nowMs: number): void {
  judge(entry, template)
  const { claimed } = entry
  if (claimed.length > 1) claimed.sort(comparePods)
  entry.pods = withoutLeftOut(claimed, rules.version)
  entry.work = podsShouldBeOnNode(entry, rules, nowMs)
  entry.rollout = rolloutOfNode(entry, rules, nowMs)
  entry.status = statusOfNode(entry, rules, nowMs)
  entry.ripensAtMs = ripening(entry.pods, rules, nowMs)
}
