import { matchesLabels } from '#k8s/selector.ts'
import { toleratesTaint } from '#k8s/taint.ts'
import type { Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { semanticEqual } from '#sim/equal.ts'
import { takesLess } from './cluster-event.ts'
import type { FilterName } from './filters/plugin.ts'

const unschedulableTaint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const

/** Tolerations can only be added. */
const hasNewTolerations = (pod: Pod, old: Pod): boolean => (pod.spec.tolerations?.length ?? 0) !== (old.spec.tolerations?.length ?? 0)

/** From 1.32 on: does what changed about the waiting pod help against this plugin's verdict? @source QueueingHintFn of each plugin */
const hints: Partial<Record<FilterName, (pod: Pod, old: Pod, version: KubernetesVersion) => boolean>> = {
  TaintToleration: hasNewTolerations,
  NodeUnschedulable: (pod, old) => hasNewTolerations(pod, old) && toleratesTaint(pod.spec.tolerations, unschedulableTaint),
  PodTopologySpread: (pod, old) =>
    (pod.spec.topologySpreadConstraints ?? []).some(
      ({ labelSelector, whenUnsatisfiable, nodeTaintsPolicy }) =>
        whenUnsatisfiable === 'DoNotSchedule' &&
        (matchesLabels(labelSelector, pod.metadata.labels) !== matchesLabels(labelSelector, old.metadata.labels) ||
          (nodeTaintsPolicy === 'Honor' && hasNewTolerations(pod, old))),
    ),
  NodeResourcesFit: (pod, old, version) => takesLess(version, pod, old),
  InterPodAffinity: (pod, old, version) => since(version, 'affinityHintsBothWays') && !semanticEqual(pod.metadata.labels, old.metadata.labels),
}

/** Anything but status, finalizers and bookkeeping changed. @source isPodUpdated */
function isPodUpdated(pod: Pod, old: Pod): boolean {
  const [a, b] = [old.metadata, pod.metadata]
  return (
    !semanticEqual(old.spec, pod.spec) ||
    a.deletionTimestamp !== b.deletionTimestamp ||
    !semanticEqual(a.labels, b.labels) ||
    !semanticEqual(a.annotations, b.annotations) ||
    !semanticEqual(a.ownerReferences, b.ownerReferences)
  )
}

/**
 * Whether an update of an unschedulable pod itself is worth another attempt: before 1.32 any, since then one that can help
 * against those who rejected it (`plugins`).
 * @source pkg/scheduler/internal/queue/scheduling_queue.go Update; SCH-7.8
 */
export function isOwnUpdateWorthRequeuing(version: KubernetesVersion, pod: Pod, old: Pod, plugins: readonly FilterName[]): boolean {
  return since(version, 'queueingHints') ? plugins.some((name) => hints[name]?.(pod, old, version)) : isPodUpdated(pod, old)
}
