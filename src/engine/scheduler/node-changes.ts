import type { Condition, KubeNode } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { semanticEqual } from '#sim/equal.ts'

/** What about a node changed, as far as scheduling is concerned. */
export type NodeChange = 'schedulable' | 'allocatable' | 'labels' | 'taints' | 'conditions'

const statuses = (conditions: readonly Condition[] | undefined) => Object.fromEntries((conditions ?? []).map(({ type, status }) => [type, status]))

/**
 * What a node update means to waiting pods; before 1.32 only the first that applies. Heartbeats mean nothing.
 * @source pkg/scheduler/eventhandlers.go nodeSchedulingPropertiesChange; SCH-7.6
 */
export function nodeSchedulingPropertiesChange(version: KubernetesVersion, before: KubeNode, after: KubeNode): NodeChange[] {
  const changes: NodeChange[] = []
  if (before.spec.unschedulable && !after.spec.unschedulable) changes.push('schedulable')
  if (!semanticEqual(before.status?.allocatable, after.status?.allocatable)) changes.push('allocatable')
  if (!semanticEqual(before.metadata.labels, after.metadata.labels)) changes.push('labels')
  if (!semanticEqual(before.spec.taints, after.spec.taints)) changes.push('taints')
  const [old, now] = [before.status?.conditions, after.status?.conditions]
  if (old !== now && !semanticEqual(statuses(old), statuses(now))) changes.push('conditions')
  return since(version, 'queueingHints') ? changes : changes.slice(0, 1)
}
