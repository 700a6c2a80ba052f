import { isTerminal, podRequests } from '#k8s/pod.ts'
import { countedSpec, isResizing } from '#k8s/pod-resize.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { semanticEqual } from '#sim/equal.ts'
import type { WatchEvent } from '../component.ts'
import { type NodeChange, nodeSchedulingPropertiesChange } from './node-changes.ts'

/** A change of the cluster that may let a waiting pod be scheduled. Pods are those on nodes. */
export type ClusterEvent =
  | { readonly kind: 'NodeAdd' | 'NodeDelete'; readonly node: KubeNode }
  | { readonly kind: 'NodeUpdate'; readonly node: KubeNode; readonly old: KubeNode; readonly changes: readonly NodeChange[] }
  | { readonly kind: 'PodAdd' | 'PodUpdate' | 'PodDelete'; readonly pod: Pod; readonly old?: Pod }

/** The node the event happens on. */
export function eventNode(event: ClusterEvent): string {
  return 'node' in event ? event.node.metadata.name : (event.pod.spec.nodeName ?? '')
}

export function toNodeEvent(version: KubernetesVersion, { type, object: node, old }: WatchEvent<'Node'>): ClusterEvent | undefined {
  if (type !== 'MODIFIED' || !old) return { kind: type === 'DELETED' ? 'NodeDelete' : 'NodeAdd', node }
  const changes = nodeSchedulingPropertiesChange(version, old, node)
  return changes.length ? { kind: 'NodeUpdate', node, old, changes } : undefined
}

const occupies = (pod: Pod | undefined): boolean => pod?.spec.nodeName !== undefined && pod.spec.nodeName !== '' && !isTerminal(pod)

/** Whether a pod gave cpu or memory back. @source pkg/scheduler/framework/events.go extractPodScaleDown; SCH-7.7 */
export function takesLess(version: KubernetesVersion, pod: Pod, old: Pod): boolean {
  if (!since(version, 'podResize') || (pod.spec === old.spec && !isResizing(old))) return false
  const [now, before] = [podRequests(countedSpec(pod)), podRequests(countedSpec(old))]
  return now.cpuMillis < before.cpuMillis || now.memoryBytes < before.memoryBytes
}

/** A pod turning terminal counts as deleted (SCH-7.9); of updates only new labels matter, and from 1.32 on the start of a deletion. */
export function toPodEvent(version: KubernetesVersion, { type, object: pod, old }: WatchEvent<'Pod'>): ClusterEvent | undefined {
  // others were kept off the node for its sake
  const nominated = type === 'DELETED' && !pod.spec.nodeName && pod.status.nominatedNodeName
  if (nominated && since(version, 'queueingHints')) return { kind: 'PodDelete', pod: { ...pod, spec: { ...pod.spec, nodeName: nominated } } }
  const before = type === 'ADDED' ? false : type === 'DELETED' ? occupies(pod) || occupies(old) : occupies(old)
  const after = type !== 'DELETED' && occupies(pod)
  if (!before) return after ? { kind: 'PodAdd', pod } : undefined
  if (!after) return { kind: 'PodDelete', pod }
  if (old && takesLess(version, pod, old)) return { kind: 'PodUpdate', pod, old }
  if (pod.metadata === old?.metadata) return undefined
  const leaving = since(version, 'queueingHints') && pod.metadata.deletionTimestamp !== old?.metadata.deletionTimestamp
  return leaving || !semanticEqual(pod.metadata.labels, old?.metadata.labels) ? { kind: 'PodUpdate', pod, old } : undefined
}
