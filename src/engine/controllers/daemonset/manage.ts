import { isPodReady, isTerminal, isTerminating } from '#k8s/pod.ts'
import type { EventType, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { Backoff } from './backoff.ts'
import { burstReplicas } from './constants.ts'
import { availableFromMs, compareNodes, hasHash, type NodeView, type OrderedNode, type PodRules } from './node-view.ts'
import { OrderedSet } from './ordered-set.ts'

/** Why a pod has to go. `lost` = meant for a node that is gone and not bound to it; `replaced` = its surge successor took over. */
export type DeletionCause = 'misplaced' | 'failed' | 'succeeded' | 'excess' | 'replaced' | 'lost'

export interface Deletion {
  readonly pod: Pod
  readonly because: DeletionCause
}

/** What a DaemonSet has to do about one node. Holds until its pods, its verdicts or the rules change, or a pod becomes available. */
export interface NodeWork {
  readonly create: boolean
  readonly deletions: readonly Deletion[]
}

export const noWork: NodeWork = { create: false, deletions: [] }
const createOne: NodeWork = { create: true, deletions: [] }

const each = (pods: readonly Pod[], because: DeletionCause): NodeWork =>
  pods.length === 0 ? noWork : { create: false, deletions: pods.map((pod) => ({ pod, because })) }

/** Of the running pods of a node under a surge strategy, those that are too many (DS-6.9). */
function surplusWithSurge(running: readonly Pod[], rules: PodRules, nowMs: number): Deletion[] {
  const isNew = (pod: Pod) => hasHash(pod, rules.hash)
  const oldestNew = running.find(isNew)
  const oldestOld = running.find((pod) => !isNew(pod))
  const surplus: Deletion[] = running.filter((pod) => pod !== oldestNew && pod !== oldestOld).map((pod) => ({ pod, because: 'excess' }))
  if (oldestNew && oldestOld && (!isPodReady(oldestOld) || availableFromMs(oldestNew, rules) <= nowMs))
    surplus.push({ pod: oldestOld, because: 'replaced' })
  return surplus
}

/**
 * Which pods a node lacks and which it has too many, by the first case that fits (DS-6.1 to DS-6.10). Failed pods are named without regard
 * to their back-off; `manage` holds them back.
 * @source pkg/controller/daemon/daemon_controller.go podsShouldBeOnNode, getUnscheduledPodsWithoutNode; DS-6
 */
export function podsShouldBeOnNode(view: NodeView, rules: PodRules, nowMs: number): NodeWork {
  const { pods, shouldRun } = view
  if (pods.length === 0) return shouldRun ? createOne : noWork
  const only = pods.length === 1 ? pods[0] : undefined
  if (only && view.shouldContinueRunning && !isTerminal(only) && !isTerminating(only)) return noWork
  if (!view.exists)
    return each(
      pods.filter((pod) => !pod.spec.nodeName),
      'lost',
    )
  const living = pods.filter((pod) => !isTerminating(pod))
  if (!view.shouldContinueRunning) return each(living, 'misplaced')

  const deletions: Deletion[] = []
  const running: Pod[] = []
  const replacesSucceeded = since(rules.version, 'succeededPodsDeleted')
  for (const pod of living) {
    const phase = pod.status.phase
    if (phase === 'Failed') deletions.push({ pod, because: 'failed' })
    else if (phase === 'Succeeded' && replacesSucceeded) deletions.push({ pod, because: 'succeeded' })
    else running.push(pod)
  }
  if (rules.surge) deletions.push(...surplusWithSurge(running, rules, nowMs))
  else for (const pod of running.slice(1)) deletions.push({ pod, because: 'excess' })
  const create = rules.surge && running.length === 0 && shouldRun
  return create || deletions.length > 0 ? { create, deletions } : noWork
}

export interface ManagedNode extends OrderedNode {
  readonly work: NodeWork
}

/** The nodes there is work on. Kept by adding and removing single nodes. */
export interface ManageTally {
  readonly creations: OrderedSet<ManagedNode>
  readonly deletions: OrderedSet<ManagedNode>
  /** Nodes with failed or succeeded pods to delete: each sync speaks of all of them. */
  readonly ended: OrderedSet<ManagedNode>
  add(node: ManagedNode): void
  remove(node: ManagedNode): void
}

const noNodes: readonly ManagedNode[] = []

const hasEnded = ({ because }: Deletion) => because === 'failed' || because === 'succeeded'

export function createManageTally(): ManageTally {
  const [creations, deletions, ended] = [0, 0, 0].map(() => new OrderedSet<ManagedNode>(compareNodes)) as [
    OrderedSet<ManagedNode>,
    OrderedSet<ManagedNode>,
    OrderedSet<ManagedNode>,
  ]
  const visit = (node: ManagedNode, verb: 'add' | 'delete') => {
    if (node.work.create) creations[verb](node)
    if (node.work.deletions.length === 0) return
    deletions[verb](node)
    if (node.work.deletions.some(hasEnded)) ended[verb](node)
  }
  return { creations, deletions, ended, add: (node) => visit(node, 'add'), remove: (node) => visit(node, 'delete') }
}

/** What one sync is to create, delete and say. */
export interface ManagePlan {
  /** At most 250, as are the pods: the rest is for later syncs (DS-7.1). */
  readonly nodesNeedingPods: readonly string[]
  readonly podsToDelete: readonly string[]
  readonly events: readonly { readonly type: EventType; readonly reason: string; readonly message: string }[]
  /** Full back-offs of the failed pods that were left alone, ms. */
  readonly requeueAfterMs: readonly number[]
}

const nothingToDo: ManagePlan = { nodesNeedingPods: [], podsToDelete: [], events: [], requeueAfterMs: [] }

/**
 * One pass over the nodes with work, in node order. Failed pods in back-off are left alone; the back-off of the others advances.
 * @param backoffKey id of a node's back-off
 * @source pkg/controller/daemon/daemon_controller.go manage; DS-6
 */
export function manage(tally: ManageTally, backoff: Backoff, backoffKey: (nodeName: string) => string): ManagePlan {
  const { creations, deletions, ended } = tally
  if (creations.size + deletions.size === 0) return nothingToDo
  const events: { type: EventType; reason: string; message: string }[] = []
  const requeueAfterMs: number[] = []
  const held = new Set<Pod>()
  for (const { name: nodeName, work } of ended.size > 0 ? ended.values() : noNodes) {
    const key = backoffKey(nodeName)
    for (const { pod, because } of work.deletions) {
      const { namespace, name } = pod.metadata
      if (because === 'failed') {
        if (backoff.isInBackOff(key)) {
          held.add(pod)
          requeueAfterMs.push(backoff.get(key))
          continue
        }
        backoff.next(key)
        const message = `Found failed daemon pod ${namespace}/${name} on node ${nodeName}, will try to kill it`
        events.push({ type: 'Warning', reason: 'FailedDaemonPod', message })
      } else if (because === 'succeeded') {
        const message = `Found succeeded daemon pod ${namespace}/${name} on node ${nodeName}, will try to delete it`
        events.push({ type: 'Normal', reason: 'SucceededDaemonPod', message })
      }
    }
  }
  const nodesNeedingPods = creations.first(burstReplicas).map((node) => node.name)
  return { nodesNeedingPods, podsToDelete: firstDeletions(tally, held), events, requeueAfterMs }
}

function firstDeletions(tally: ManageTally, held: ReadonlySet<Pod>): string[] {
  const names: string[] = []
  if (tally.deletions.size === 0) return names
  for (const { work } of tally.deletions.values()) {
    for (const { pod } of work.deletions) if (!held.has(pod)) names.push(pod.metadata.name)
    if (names.length >= burstReplicas) return names.slice(0, burstReplicas)
  }
  return names
}
