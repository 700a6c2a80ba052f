import { isTerminating } from '#k8s/pod.ts'
import type { DaemonSetUpdateStrategy, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { burstReplicas } from './constants.ts'
import { availableFromMs, compareNodes, isPodUpdated, type NodeView, type OrderedNode, type PodRules } from './node-view.ts'
import { OrderedSet } from './ordered-set.ts'
import { updateLimits } from './update-limits.ts'

/**
 * What may be done about a node in a rollout. `candidate` = it waits for budget. Whatever the budget: `replace` = its old pod, not available,
 * goes; `surge` = it gets a new pod beside one that is not available; `retire` = its old pod goes, as the new one is available or none is
 * wanted there. `sunset` = its old pod goes without successor once there are pods enough; `unknown` = its old pod is on a node that is
 * gone, which stops a surge rollout.
 */
export type RolloutMove = 'none' | 'replace' | 'candidate' | 'surge' | 'retire' | 'sunset' | 'unknown'

/** A node's part in a rollout: what may be done there, and what it uses of the budget. */
export interface RolloutPart {
  readonly move: RolloutMove
  readonly oldPod?: string
  readonly unavailable: 0 | 1
  readonly surging: 0 | 1
  /** Has an available pod (surge only, DS-10.11). */
  readonly available: 0 | 1
}

export const idle: RolloutPart = { move: 'none', unavailable: 0, surging: 0, available: 0 }
const unavailable: RolloutPart = { ...idle, unavailable: 1 }

interface UpdatedPods {
  readonly excess: boolean
  readonly newPod?: Pod
  readonly oldPod?: Pod
}

/** The one new and the one old pod of a node, terminating ones left aside. @source update.go findUpdatedPodsOnNode; DS-10.4 */
function findUpdatedPodsOnNode(pods: readonly Pod[], rules: PodRules): UpdatedPods {
  let newPod: Pod | undefined
  let oldPod: Pod | undefined
  for (const pod of pods) {
    if (isTerminating(pod)) continue
    if (isPodUpdated(pod, rules)) {
      if (newPod) return { excess: true }
      newPod = pod
    } else {
      if (oldPod) return { excess: true }
      oldPod = pod
    }
  }
  return { excess: false, newPod, oldPod }
}

const isAvailable = (pod: Pod, rules: PodRules, nowMs: number): boolean => availableFromMs(pod, rules) <= nowMs

function partWithoutSurge({ excess, newPod, oldPod }: UpdatedPods, rules: PodRules, nowMs: number): RolloutPart {
  if (excess || Boolean(newPod) === Boolean(oldPod)) return unavailable
  if (newPod) return isAvailable(newPod, rules, nowMs) ? idle : unavailable
  const old = oldPod as Pod
  if (isAvailable(old, rules, nowMs)) return { ...idle, move: 'candidate', oldPod: old.metadata.name }
  return { ...idle, move: 'replace', oldPod: old.metadata.name, unavailable: since(rules.version, 'oldUnavailableCounts') ? 1 : 0 }
}

function partWithSurge({ excess, newPod, oldPod }: UpdatedPods, view: NodeView, rules: PodRules, nowMs: number): RolloutPart {
  if (excess) return { ...idle, surging: 1 }
  const counted = oldPod ?? newPod
  const available = counted && isAvailable(counted, rules, nowMs) ? 1 : 0
  if (!oldPod) return { ...idle, available }
  const part = { ...idle, oldPod: oldPod.metadata.name, available } as const
  if (newPod) return isAvailable(newPod, rules, nowMs) ? { ...part, move: 'retire' } : { ...part, surging: 1 }
  if (since(rules.version, 'surgeSunset')) {
    if (!view.exists) return { ...part, move: 'unknown' }
    if (!view.shouldRun) return { ...part, move: available ? 'sunset' : 'retire' }
  }
  return { ...part, move: available ? 'candidate' : 'surge' }
}

/**
 * A node's part in a rollout: nodes with pods and nodes that should have one take part.
 * @source pkg/controller/daemon/update.go rollingUpdate; DS-10.4 to DS-10.12
 */
export function rolloutOfNode(view: NodeView, rules: PodRules, nowMs: number): RolloutPart {
  if (view.pods.length === 0 && !view.shouldRun) return idle
  const pods = findUpdatedPodsOnNode(view.pods, rules)
  return rules.rolloutSurges ? partWithSurge(pods, view, rules, nowMs) : partWithoutSurge(pods, rules, nowMs)
}

export interface RolloutNode extends OrderedNode {
  readonly rollout: RolloutPart
}

type Moves = { readonly [M in Exclude<RolloutMove, 'none'>]: OrderedSet<RolloutNode> }

/** The state of a rollout over all nodes. Kept by adding and removing single nodes. */
export interface RolloutTally {
  readonly counts: { readonly unavailable: number; readonly surging: number; readonly available: number }
  readonly moves: Moves
  add(node: RolloutNode): void
  remove(node: RolloutNode): void
}

export function createRolloutTally(): RolloutTally {
  const counts = { unavailable: 0, surging: 0, available: 0 }
  const set = () => new OrderedSet<RolloutNode>(compareNodes)
  const moves: Moves = { replace: set(), candidate: set(), surge: set(), retire: set(), sunset: set(), unknown: set() }
  const visit = (node: RolloutNode, sign: 1 | -1) => {
    const { move, unavailable, surging, available } = node.rollout
    counts.unavailable += sign * unavailable
    counts.surging += sign * surging
    counts.available += sign * available
    if (move !== 'none') moves[move][sign === 1 ? 'add' : 'delete'](node)
  }
  return { counts, moves, add: (node) => visit(node, 1), remove: (node) => visit(node, -1) }
}

/** What one sync of a rollout is to create and delete. */
export interface RolloutPlan {
  readonly nodesNeedingPods: readonly string[]
  readonly podsToDelete: readonly string[]
}

const nothingToDo: RolloutPlan = { nodesNeedingPods: [], podsToDelete: [] }

/**
 * One step of a rolling update; the budget goes to the first candidates in node order. Throws Error when a surge rollout meets an old pod
 * on a node that is gone.
 * @param desired nodes that should run a pod
 * @source pkg/controller/daemon/update.go rollingUpdate; DS-10.6, DS-10.10 to DS-10.12
 */
export function rollingUpdate({ counts, moves }: RolloutTally, strategy: DaemonSetUpdateStrategy, desired: number): RolloutPlan {
  const { maxSurge, maxUnavailable } = updateLimits(strategy, desired)
  const first = (set: OrderedSet<RolloutNode>, count: number) => set.first(Math.min(count, burstReplicas))
  const oldPods = (nodes: readonly RolloutNode[]) => nodes.map((node) => node.rollout.oldPod as string)
  if (maxSurge === 0) {
    if (moves.replace.size + moves.candidate.size === 0) return nothingToDo
    const budget = maxUnavailable - counts.unavailable
    return { nodesNeedingPods: [], podsToDelete: oldPods([...first(moves.replace, burstReplicas), ...first(moves.candidate, budget)]) }
  }
  const [unknown] = moves.unknown.first(1)
  if (unknown) throw new Error(`couldn't get node for nodeName "${unknown.name}": node "${unknown.name}" not found`)
  const surge = [...first(moves.surge, burstReplicas), ...first(moves.candidate, maxSurge - counts.surging)]
  return {
    nodesNeedingPods: surge.map((node) => node.name),
    podsToDelete: oldPods([...first(moves.retire, burstReplicas), ...first(moves.sunset, counts.available - desired)]),
  }
}
