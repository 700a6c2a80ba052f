import { isTerminal, isTerminating, podCondition } from '#k8s/pod.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { controllerRevisionHashLabel, podTemplateGenerationLabel } from './constants.ts'

/** What of a DaemonSet, beside its template, decides about the pods of a node. */
export interface PodRules {
  readonly version: KubernetesVersion
  /** Hash of the current revision. */
  readonly hash: string
  readonly templateGeneration: string | undefined
  /** The strategy allows a second pod on a node (`allowsSurge`). */
  readonly surge: boolean
  /** The rollout goes by surge: as `surge`, but a percentage of no nodes at all is 0. */
  readonly rolloutSurges: boolean
  readonly minReadySeconds: number
}

/** One node as a DaemonSet sees it. Also a node that is gone while pods are still meant for it. */
export interface NodeView {
  readonly name: string
  /** Whether the node is in the node list. Without it the two verdicts are false. */
  readonly exists: boolean
  readonly shouldRun: boolean
  readonly shouldContinueRunning: boolean
  /** The DaemonSet's pods there, oldest first (`comparePods`), terminating ones included. */
  readonly pods: readonly Pod[]
}

/** A node's place among the others. */
export interface OrderedNode {
  readonly name: string
  /** Lower = created earlier; `unlisted` for a node that is gone. */
  readonly order: number
}

/** The place of nodes that are gone: behind all others. */
export const unlisted = Number.MAX_SAFE_INTEGER

/** Nodes in the order of their creation; those that are gone by name. */
export function compareNodes(a: OrderedNode, b: OrderedNode): number {
  return a.order - b.order || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
}

/**
 * Bound before unbound, then older, then by name: the first of a node is the one that is kept and that counts.
 * @source pkg/controller/daemon/daemon_controller.go podByCreationTimestampAndPhase; DS-6.7
 */
export function comparePods(a: Pod, b: Pod): number {
  if (Boolean(a.spec.nodeName) !== Boolean(b.spec.nodeName)) return a.spec.nodeName ? -1 : 1
  const [x, y] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '']
  if (x !== y) return x < y ? -1 : 1
  return a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0
}

/**
 * Terminal pods that are terminating too (a finalizer holds them) are as good as gone; until 1.27 they stood in the way.
 * @source pkg/controller/daemon/daemon_controller.go getNodesToDaemonPods; DS-5.5
 */
export function isLeftOut(pod: Pod, version: KubernetesVersion): boolean {
  return isTerminal(pod) && isTerminating(pod) && since(version, 'terminalTerminatingIgnored')
}

/** Whether the pod's hash label is the current one. */
export function hasHash(pod: Pod, hash: string): boolean {
  return pod.metadata.labels?.[controllerRevisionHashLabel] === hash
}

/**
 * Whether the pod was made from the current template, told by hash or, since 1.24, by template generation.
 * @source pkg/controller/daemon/util/daemonset_util.go IsPodUpdated; DS-10.3
 */
export function isPodUpdated(pod: Pod, rules: Pick<PodRules, 'version' | 'hash' | 'templateGeneration'>): boolean {
  if (rules.hash !== '' && hasHash(pod, rules.hash)) return true
  if (rules.templateGeneration === undefined || !since(rules.version, 'templateGenerationCounts')) return false
  return pod.metadata.labels?.[podTemplateGenerationLabel] === rules.templateGeneration
}

/**
 * The first millisecond (since 1970) at which a pod counts as available if it stays as it is; Infinity when it is not Ready.
 * @source pkg/api/v1/pod IsPodAvailable; DS-8.6
 */
export function availableFromMs(pod: Pod, { minReadySeconds, version }: Pick<PodRules, 'minReadySeconds' | 'version'>): number {
  const ready = podCondition(pod, 'Ready')
  if (ready?.status !== 'True') return Number.POSITIVE_INFINITY
  if (minReadySeconds === 0) return 0
  if (!ready.lastTransitionTime) return Number.POSITIVE_INFINITY
  const boundaryMs = parseTimestamp(ready.lastTransitionTime) + minReadySeconds * 1000
  return since(version, 'availableAtBoundary') ? boundaryMs : boundaryMs + 1
}
