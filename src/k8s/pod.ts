/** What a pod's object says about its state: readiness, end of life, where it belongs. Resources are in pod-resources.ts. */
import { parseTimestamp } from './time.ts'
import type { Condition, Pod, PodSpec } from './types.ts'
import { type KubernetesVersion, since } from './version.ts'

export { nonZeroRequests, type PodRequests, podRequests, qosClass } from './pod-resources.ts'

/** Marks what stands for a static pod of a node. */
export const mirrorPodAnnotation = 'kubernetes.io/config.mirror'

/** The pod's condition of a type, if it has one. */
export function podCondition(pod: Pod, type: string): Condition | undefined {
  const conditions = pod.status?.conditions
  if (!conditions) return undefined
  for (const condition of conditions) if (condition.type === type) return condition
  return undefined
}

/** Condition Ready is True. @source IsPodReady */
export function isPodReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True'
}

const nothingObserved = {}

/**
 * The generation of the pod as `observedGeneration`, for a status or a condition that is about it; nothing before 1.34.
 * @source pkg/api/v1/pod CalculatePodConditionObservedGeneration; KL-3.5
 */
export function observedGeneration({ metadata: { generation } }: Pick<Pod, 'metadata'>, version: KubernetesVersion): { observedGeneration?: number } {
  return generation !== undefined && since(version, 'podObservedGeneration') ? { observedGeneration: generation } : nothingObserved
}

/** What keeps the scheduler from looking at a pod; before 1.27 nothing did. SCH-1.5 */
export function schedulingGatesOf({ schedulingGates }: Pick<PodSpec, 'schedulingGates'>, version: KubernetesVersion): readonly { name: string }[] {
  return (since(version, 'schedulingGates') && schedulingGates) || []
}

/** Succeeded or Failed: it never runs again. @source IsPodTerminal */
export function isTerminal(pod: Pod): boolean {
  const phase = pod.status?.phase
  return phase === 'Succeeded' || phase === 'Failed'
}

/** Deletion was asked for and the object still exists. */
export function isTerminating(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined
}

/** Neither terminal nor terminating. @source controller.IsPodActive */
export function isActive(pod: Pod): boolean {
  return !isTerminal(pod) && !isTerminating(pod)
}

/**
 * Ready for minReadySeconds; at exactly that many seconds only since 1.34. nowMs = milliseconds since 1970.
 * @source IsPodAvailable; DS-8.6
 */
export function isPodAvailable(pod: Pod, minReadySeconds: number | undefined, nowMs: number, version: KubernetesVersion): boolean {
  const ready = podCondition(pod, 'Ready')
  if (ready?.status !== 'True') return false
  if (!minReadySeconds) return true
  if (!ready.lastTransitionTime) return false
  const availableAtMs = parseTimestamp(ready.lastTransitionTime) + minReadySeconds * 1000
  return since(version, 'availableAtBoundary') ? availableAtMs <= nowMs : availableAtMs < nowMs
}

/**
 * The node a daemon pod is on or meant for: bound node, or the one its affinity pins it to; undefined when neither says.
 * @source pkg/controller/daemon/util GetTargetNodeName; DS-5.4
 */
export function targetNode(pod: Pod): string | undefined {
  return pod.spec.nodeName ? pod.spec.nodeName : wantedNode(pod)
}

/** The one node that a pod's affinity names, as the DaemonSet controller writes it. */
export function wantedNode(pod: Pod): string | undefined {
  const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  for (const term of terms ?? []) {
    for (const field of term.matchFields ?? []) {
      if (field.key === 'metadata.name' && field.operator === 'In') return field.values?.length === 1 ? field.values[0] : undefined
    }
  }
  return undefined
}
