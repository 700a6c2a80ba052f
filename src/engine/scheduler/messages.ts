import type { Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { countReasons, type Diagnosis } from './diagnosis.ts'

export const noNodesMessage = 'no nodes available to schedule pods'

/** `1 Insufficient cpu, 2 node(s) were unschedulable`: sorted as plain text, so 10 comes before 2. SCH-6.4 */
export function joinReasons(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .join(', ')
}

/**
 * Text of a FailedScheduling event. `postFilter` = what preemption had to say, `''` when it said nothing.
 * @source pkg/scheduler/framework/types.go FitError.Error; SCH-6.5 to SCH-6.8
 */
export function fitErrorMessage(version: KubernetesVersion, diagnosis: Diagnosis, postFilter: string): string {
  const { nodeCount, preFilterMessage } = diagnosis
  const reasons = preFilterMessage ?? joinReasons(countReasons(diagnosis))
  const text = `0/${nodeCount} nodes are available:${reasons ? ` ${reasons}.` : ''}`
  if (!postFilter || !since(version, 'preemptionText')) return text
  const doubled = since(version, 'doubledFullStop') && !since(version, 'singleFullStop')
  return `${text} ${postFilter}${doubled ? '.' : ''}`
}

/** What stands behind the reasons: the words of the post-filter plugins, which end in a full stop. SCH-6.7, SCH-6.8 */
export function postFilterMessage(version: KubernetesVersion, preemption: string): string {
  return `${since(version, 'dynamicResourcesText') ? 'no new claims to deallocate, ' : ''}preemption: ${preemption}`
}

export const preemptionTexts = {
  notHelpful: 'Preemption is not helpful for scheduling',
  noVictims: 'No preemption victims found for incoming pod',
  never: 'not eligible due to preemptionPolicy=Never.',
  terminating: 'not eligible due to a terminating pod on the nominated node.',
} as const

/** Why preemption found no victims anywhere. */
export function noCandidatesMessage(nodeCount: number, counts: ReadonlyMap<string, number>): string {
  return `0/${nodeCount} nodes are available: ${joinReasons(counts)}.`
}

/** The Preempted event of a victim. SCH-8.4 */
export function preemptedMessage(version: KubernetesVersion, preemptor: Pod, nodeName: string): string {
  const { namespace, name, uid } = preemptor.metadata
  if (since(version, 'preemptedByUidText')) return `Preempted by pod ${uid} on node ${nodeName}`
  return since(version, 'preemptedByAPodText') ? `Preempted by a pod on node ${nodeName}` : `Preempted by ${namespace}/${name} on node ${nodeName}`
}

/** Events hold 1024 characters. SCH-6.2 */
export function truncateMessage(message: string): string {
  return message.length <= 1024 ? message : `${message.slice(0, 1020)} ...`
}
