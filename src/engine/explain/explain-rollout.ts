import { isTerminating } from '#k8s/pod.ts'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import type { Explanation, Question, Reason, Remedy } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import { controllerName } from '../controllers/daemonset/constants.ts'
import type { DaemonSetControllerState } from '../controllers/daemonset/controller.ts'
import { keyOf } from '../controllers/daemonset/informer-cache.ts'
import { isPodUpdated, type NodeView } from '../controllers/daemonset/node-view.ts'
import { type RolloutMove, type RolloutPart, rolloutOfNode } from '../controllers/daemonset/rolling-update.ts'
import { updateLimits } from '../controllers/daemonset/update-limits.ts'
import { answer, code, plural } from './answer.ts'
import { type DaemonSetNow, daemonSetNow } from './daemon-set-now.ts'
import { refusalOf } from './missing-pod.ts'
import { podSecurityRemedies } from './pod-security-remedies.ts'
import { type PodTrouble, podTrouble } from './pod-trouble.ts'
import { rolloutRemedies } from './rollout-remedies.ts'
import { waitingFor } from './waiting-for.ts'

interface RolloutNode {
  readonly view: NodeView
  readonly part: RolloutPart
  /** Pods that are not terminating. */
  readonly living: readonly Pod[]
}

/** A node that takes up budget, or whose pod is not available yet, with what keeps it. */
interface Holder extends RolloutNode {
  readonly pod?: Pod
  readonly trouble?: PodTrouble
}

const mostNodes = 20

/** How far the rollout of a DaemonSet is, what it waits for, and what of its budget is used by which nodes: by the rules of its next step. */
export function explainRollout(cluster: Cluster, { namespace, daemonset }: Extract<Question, { about: 'rollout' }>): Explanation {
  const title = `How does the rollout of ${daemonset} go?`
  const set = cluster.core.state.tables.DaemonSet.get(`${namespace}/${daemonset}`)
  if (!set) return answer(title, `There is no DaemonSet ${daemonset} any more.`)
  const objects = [{ kind: 'DaemonSet' as const, namespace, name: daemonset }]
  if (set.metadata.deletionTimestamp)
    return answer(title, 'The DaemonSet is being deleted: its controller does nothing more for it.', {
      reasons: [{ verdict: 'no', text: 'a DaemonSet that is being deleted is not synced', rule: 'DS-3.4' }],
      objects,
    })
  const now = daemonSetNow(cluster, set)
  const nodes = now.views.map(
    (view): RolloutNode => ({ view, part: rolloutOfNode(view, now.rules, now.nowMs), living: view.pods.filter((pod) => !isTerminating(pod)) }),
  )
  const old = nodes.flatMap(({ living }) => living.filter((pod) => !isPodUpdated(pod, now.rules)))
  const strategy = set.spec.updateStrategy.type
  const { summary, reasons, remedies, held } = strategy === 'RollingUpdate' ? rolling(cluster, now, nodes, old) : onDelete(now, old)
  return answer(title, summary, {
    reasons: [...reasons, ...waitsForNews(cluster, set)],
    remedies,
    nodes: held.map(({ view }) => view.name),
    objects,
  })
}

interface Account {
  summary: string
  reasons: Reason[]
  remedies: Remedy[]
  held: readonly RolloutNode[]
}

function onDelete({ set, desired }: DaemonSetNow, old: readonly Pod[]): Account {
  const namespace = set.metadata.namespace
  if (old.length === 0) return { summary: everywhere(desired), reasons: [], remedies: [], held: [] }
  const names = old.map((pod) => pod.metadata.name)
  return {
    summary: `Nothing is replaced by itself: ${plural(old.length, 'pod')} of an older template ${old.length === 1 ? 'stays' : 'stay'} until somebody deletes ${old.length === 1 ? 'it' : 'them'}.`,
    reasons: [
      { verdict: 'no', text: `strategy ${code('OnDelete')}: a pod gets the new template only when it is deleted and made again`, rule: 'DS-11.1' },
    ],
    remedies: [
      { text: `Delete ${names[0]}, and its successor has the new template`, command: `kubectl delete pod ${names[0]} -n ${namespace}` },
      {
        text: 'Let the controller replace them one by one',
        command: `kubectl patch ds ${set.metadata.name} -n ${namespace} -p '{"spec":{"updateStrategy":{"type":"RollingUpdate"}}}'`,
      },
    ],
    held: [],
  }
}

function everywhere(desired: number): string {
  if (desired === 0) return 'No rollout is under way: no node should run a pod.'
  return `No rollout is under way: ${desired === 1 ? 'the one node that should run a pod runs' : `all ${desired} nodes that should run a pod run`} the newest template.`
}

/** What is done about a node whatever the budget. */
const freeMoves: Partial<Record<RolloutMove, { text: string; rule: string }>> = {
  replace: { text: 'is not available and so is deleted without regard to the budget', rule: 'DS-10.6' },
  surge: { text: 'is not available, so its node gets a new pod beside it without regard to the budget', rule: 'DS-10.10' },
  retire: { text: 'is deleted: its successor is available, or none is wanted there', rule: 'DS-10.10' },
}

/** What is done about a node, or will be. */
const moveTexts: Partial<Record<RolloutMove, { text: string; rule: string }>> = {
  ...freeMoves,
  sunset: { text: 'is on a node that should not run one any more; it is deleted once more pods are available than wanted', rule: 'DS-10.11' },
}

function rolling(cluster: Cluster, now: DaemonSetNow, nodes: readonly RolloutNode[], old: readonly Pod[]): Account {
  const { set, desired, rules } = now
  const limits = updateLimits(set.spec.updateStrategy, desired)
  const surges = rules.rolloutSurges
  const allowed = surges ? limits.maxSurge : limits.maxUnavailable
  const uses = ({ part }: RolloutNode) => (surges ? part.surging : part.unavailable) === 1
  const users = nodes.filter(uses)
  const used = users.length
  // a node may lack an available pod without taking up budget for a second one
  const lagging = surges ? nodes.filter((node) => !uses(node) && node.view.shouldRun && node.part.move === 'none' && node.part.available === 0) : []
  const held = [...users, ...lagging]
  const holders = held.slice(0, mostNodes).map((node) => holderOf(cluster, node, now))
  const waiting = nodes.filter(({ part }) => part.move === 'candidate').map(({ view }) => view.name)
  const unknown = nodes.find(({ part }) => part.move === 'unknown')?.view.name
  const free = nodes.filter(({ part }) => freeMoves[part.move])
  const reasons: Reason[] = [
    budgetReason(set, surges, allowed, used, desired),
    ...holders.map(holderReason),
    ...nodes.flatMap(moveReason).slice(0, mostNodes),
    ...waitingReason(waiting, allowed - used, surges),
  ]
  if (unknown !== undefined)
    reasons.push({
      verdict: 'no',
      text: `an old pod is bound to ${unknown}, a node that is gone; until PodGC removes it no step of a surge rollout is taken`,
      rule: 'DS-10.12',
    })
  const refusal = old.length > 0 || held.length > 0 ? refusalOf(cluster, set) : undefined
  if (refusal !== undefined) reasons.push(waitingFor({ why: 'refused', refusal }).reason)
  const revisions = cluster.core.indices.controlledBy('ControllerRevision', set.metadata.uid ?? '').length
  const remedies = rolloutRemedies(set, holders, { isUnderWay: old.length > 0, isRefused: refusal !== undefined, revisions })
  return { summary: summaryOf(), reasons, remedies: refusal === undefined ? remedies : [...remedies, ...podSecurityRemedies(cluster, set)], held }

  function summaryOf(): string {
    const by = namesOf(held.map(({ view }) => view.name))
    if (unknown !== undefined) return `It is stuck until the pod on ${unknown}, a node that is gone, is removed.`
    if (refusal !== undefined) return `It is stuck: the API server refuses the pods of the newest template; ${plural(old.length, 'old pod')} to go.`
    if (old.length === 0) return held.length === 0 ? everywhere(desired) : `Every pod has the newest template; not available yet: ${by}.`
    const left = `${plural(old.length, 'old pod')} to go`
    if (free.length > 0 || (waiting.length > 0 && used < allowed)) return `It goes on with the next sync, ${left}.`
    if (waiting.length > 0) return `It waits: the budget ${used === 0 ? 'is 0' : `of ${allowed} is used up by ${by}`}; ${left}.`
    return held.length > 0 ? `It waits for ${by}; ${left}.` : `It waits, ${left}.`
  }
}

function moveReason({ view, part }: RolloutNode): Reason[] {
  const move = moveTexts[part.move]
  const verdict = part.move === 'sunset' ? 'open' : 'yes'
  return move ? [{ verdict, text: `${view.name}: ${code(part.oldPod ?? '')} ${move.text}`, rule: move.rule }] : []
}

function holderOf(cluster: Cluster, node: RolloutNode, { rules }: DaemonSetNow): Holder {
  const pod = node.living.find((p) => isPodUpdated(p, rules)) ?? node.living[0] ?? node.view.pods[0]
  return { ...node, pod, trouble: pod && podTrouble(cluster, pod, rules) }
}

function holderReason({ view, pod, trouble, living }: Holder): Reason {
  // a node that is not wanted any more still counts against the budget
  const unwanted = view.shouldRun ? '' : view.exists ? '; the node is not even counted in DESIRED' : '; the node is gone'
  if (!pod) return { verdict: 'no', text: `${view.name}: it has no pod yet`, rule: 'DS-10.1' }
  if (living.length > 1 && !trouble) return { verdict: 'no', text: `${view.name}: it has ${living.length} pods, one too many`, rule: 'DS-10.4' }
  return {
    verdict: 'no',
    text: `${view.name}: ${code(pod.metadata.name)} ${trouble?.text ?? 'is there'}${unwanted}`,
    rule: unwanted ? 'WC-5.9' : (trouble?.rule ?? 'DS-10.7'),
  }
}

function budgetReason(set: DaemonSet, surges: boolean, allowed: number, used: number, desired: number): Reason {
  const name = surges ? 'maxSurge' : 'maxUnavailable'
  const value = set.spec.updateStrategy.rollingUpdate?.[name]
  const percent = typeof value === 'string' ? ` (${value} of ${plural(desired, 'node')}, rounded up)` : ''
  const what = surges ? 'may have a new pod beside the old one that is not available yet' : 'may be without an available pod'
  return {
    verdict: used < allowed ? 'yes' : 'open',
    text: `budget: ${code(name)} ${allowed}${percent}: so many nodes ${what}; ${used} used`,
    rule: 'DS-10.2',
  }
}

function waitingReason(waiting: readonly string[], left: number, surges: boolean): Reason[] {
  const rule = surges ? 'DS-10.10' : 'DS-10.6'
  const next = waiting.slice(0, Math.max(0, left))
  const later = waiting.slice(next.length)
  return [
    ...(next.length > 0 ? [{ verdict: 'yes' as const, text: `next, within the budget: ${namesOf(next)}`, rule }] : []),
    ...(later.length > 0 ? [{ verdict: 'open' as const, text: `waiting for budget, their pods being available: ${namesOf(later)}`, rule }] : []),
  ]
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown
}

/** Earlier writes that the controller has not seen yet keep it from the next step (DS-2). */
function waitsForNews(cluster: Cluster, set: DaemonSet): Reason[] {
  const waited = (cluster.componentState(controllerName) as DaemonSetControllerState).expectations.get(keyOf(set))
  if (!waited || (waited.add <= 0 && waited.del <= 0)) return []
  return [{ verdict: 'open', text: 'the controller waits for the news of what it did before', rule: 'DS-2.4' }]
}
