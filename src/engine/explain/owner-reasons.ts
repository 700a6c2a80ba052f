import { controllerOf } from '#k8s/owner.ts'
import { isTerminal, isTerminating, targetNode } from '#k8s/pod.ts'
import { findKind } from '#k8s/resources.ts'
import { formatLabelSelector, matchesLabels } from '#k8s/selector.ts'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import type { Reason } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import { claimOf } from '../controllers/daemonset/claim.ts'
import { controllerRevisionHashLabel } from '../controllers/daemonset/constants.ts'
import { type DeletionCause, podsShouldBeOnNode } from '../controllers/daemonset/manage.ts'
import { isPodUpdated, type NodeView } from '../controllers/daemonset/node-view.ts'
import { nodeShouldRunDaemonPod } from '../controllers/daemonset/placement.ts'
import { code } from './answer.ts'
import { type DaemonSetNow, daemonSetNow } from './daemon-set-now.ts'
import { causeOfMissingPod } from './missing-pod.ts'
import { placementReasons } from './placement-reasons.ts'
import { resizedReasons } from './resize-reasons.ts'
import { waitingFor } from './waiting-for.ts'

const deletionTexts: Record<DeletionCause, { text: string; rule: string }> = {
  misplaced: { text: 'it may not stay on this node: the controller deletes it', rule: 'DS-6.3' },
  failed: { text: 'it has failed: the controller deletes it, then makes another', rule: 'DS-6.4' },
  succeeded: { text: 'it has finished: the controller deletes it, then makes another', rule: 'DS-6.5' },
  excess: { text: 'an older pod of the DaemonSet is on this node and is the one that stays: the controller deletes this one', rule: 'DS-6.8' },
  replaced: { text: 'its successor beside it has taken over: the controller deletes it', rule: 'DS-6.9' },
  lost: { text: 'the node it is meant for is gone and it is not bound: the controller deletes it', rule: 'DS-6.10' },
}

const ended: Reason = {
  verdict: 'open',
  text: 'it has ended and counts no more: its ReplicaSet makes another, and lets this one lie',
  rule: 'WC-2.5',
}

/** The DaemonSet that owns a pod, if it is the very one that is there now. */
export function daemonSetOf(cluster: Cluster, pod: Pod): DaemonSet | undefined {
  const owner = controllerOf(pod)
  const set = owner?.kind === 'DaemonSet' ? cluster.core.state.tables.DaemonSet.get(`${pod.metadata.namespace}/${owner.name}`) : undefined
  return set?.metadata.uid === owner?.uid ? set : undefined
}

/** Why a pod exists, stays or goes, as its owner's controller sees it. */
export function ownerReasons(cluster: Cluster, pod: Pod): Reason[] {
  const owner = controllerOf(pod)
  if (!owner)
    return [...madeReasons(cluster, pod), { verdict: 'open', text: 'it has no controller: when it is gone, nobody makes another', rule: 'GC-5.3' }]
  const set = daemonSetOf(cluster, pod)
  if (set) return daemonReasons(cluster, pod, set)
  if (isGone(cluster, pod, owner))
    return [{ verdict: 'no', text: `its owner, ${owner.kind} ${code(owner.name)}, is gone: the garbage collector deletes it`, rule: 'GC-2.1' }]
  return [
    { verdict: 'yes', text: `${owner.kind} ${code(owner.name)} made it; the scheduler chose the node`, rule: 'SCH-5' },
    ...(owner.kind === 'ReplicaSet' && isTerminal(pod) ? [ended] : []),
  ]
}

/** Who made a pod that has no controller any more, and why it is not that one's: its name and the label of its template tell. */
function madeReasons(cluster: Cluster, { metadata }: Pod): Reason[] {
  const { labels, generateName, namespace } = metadata
  const name = labels?.[controllerRevisionHashLabel] && generateName?.replace(/-$/, '')
  if (!name) return []
  const set = cluster.core.state.tables.DaemonSet.get(`${namespace}/${name}`)
  if (!set)
    return [
      {
        verdict: 'open',
        text: `DaemonSet ${code(name)} made it, and was deleted without it: its pods stayed as orphans, for one with a selector that matches to adopt`,
        rule: 'DS-12.3',
      },
    ]
  if (matchesLabels(set.spec.selector, labels)) return []
  const text = `DaemonSet ${code(name)} made it and let it go when its labels no longer matched the selector ${code(formatLabelSelector(set.spec.selector))}`
  return [{ verdict: 'open', text, rule: 'DS-5.2' }]
}

function isGone(cluster: Cluster, pod: Pod, { kind, name, uid }: { kind: string; name: string; uid: string }): boolean {
  const resource = findKind(kind)
  if (!resource) return false
  const { namespace } = pod.metadata
  const tables: Partial<Record<string, ReadonlyMap<string, { metadata: { uid?: string } }>>> = cluster.core.state.tables
  return tables[kind]?.get(resource.namespaced ? `${namespace}/${name}` : name)?.metadata.uid !== uid
}

function daemonReasons(cluster: Cluster, pod: Pod, set: DaemonSet): Reason[] {
  if (claimOf(pod, set) === 'release')
    return [
      {
        verdict: 'no',
        text: `its labels no longer match the selector of ${code(set.metadata.name)}, which lets it go and makes another`,
        rule: 'DS-5.2',
      },
    ]
  const now = daemonSetNow(cluster, set)
  const view = now.views.find(({ pods }) => pods.includes(pod))
  const node = cluster.core.state.tables.Node.get(targetNode(pod) ?? '')
  return [
    ...(node ? placementReasons(nodeShouldRunDaemonPod(node, set.spec.template), set, node) : []),
    ...(view ? fateReasons(cluster, pod, view, now) : []),
    ...revisionReasons(pod, now),
    ...resizedReasons(pod, set, now.rules),
  ]
}

/** Why the status does not tell of pods that may stay where none would be made: nothing has woken a sync. */
export function staleNumbers({ status }: DaemonSet, views: readonly NodeView[], version: KubernetesVersion): Reason[] {
  const isUntold = !status.numberMisscheduled && views.some((v) => v.exists && v.pods.length > 0 && !v.shouldRun && v.shouldContinueRunning)
  if (!isUntold || !since(version, 'nodeQueue')) return []
  const text =
    'the numbers tell of it only later: since 1.33 such a taint wakes no sync of the DaemonSet; the next one, whatever wakes it, corrects them'
  return [{ verdict: 'open', text, rule: 'DS-1.14' }]
}

function fateReasons(cluster: Cluster, pod: Pod, view: NodeView, { set, rules, nowMs }: DaemonSetNow): Reason[] {
  if (isTerminating(pod) || set.metadata.deletionTimestamp) return []
  const deletion = podsShouldBeOnNode(view, rules, nowMs).deletions.find((d) => d.pod === pod)
  const node = cluster.core.state.tables.Node.get(view.name)
  if (deletion?.because === 'failed' && node) {
    const cause = causeOfMissingPod(cluster, set, node)
    if (cause.why === 'backOff') return [waitingFor(cause).reason]
  }
  if (deletion) return [{ verdict: 'no', ...deletionTexts[deletion.because] }]
  if (!view.exists || view.shouldRun || !view.shouldContinueRunning) return []
  const text = 'an untolerated NoSchedule taint keeps new pods away but lets this one stay: it counts as misscheduled, not as desired'
  return [{ verdict: 'open', text, rule: 'DS-4.6' }, ...staleNumbers(set, [view], cluster.options.version)]
}

function revisionReasons(pod: Pod, { set, rules }: DaemonSetNow): Reason[] {
  if (isPodUpdated(pod, rules)) return [{ verdict: 'yes', text: 'it is made from the newest template', rule: 'DS-10.3' }]
  if (set.spec.updateStrategy.type === 'OnDelete')
    return [{ verdict: 'open', text: 'it is made from an older template, and stays until somebody deletes it (`OnDelete`)', rule: 'DS-11.1' }]
  return [{ verdict: 'open', text: 'it is made from an older template: a rollout replaces it', rule: 'DS-10.3' }]
}
