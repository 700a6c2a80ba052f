import type { DaemonSet, Deployment, KubeObject, StatefulSet } from '#k8s/types.ts'
import type { PredictedWorkload } from '#protocol/prediction.ts'

/** How many pods a workload wants and how many are available, as its status says; undefined for objects of other kinds. */
export function workloadNumbers(object: KubeObject): Omit<PredictedWorkload, 'lowestAvailable' | 'availableBefore'> | undefined {
  const { kind, metadata } = object
  const { name, namespace = 'default' } = metadata
  if (kind === 'DaemonSet') {
    const { spec, status } = object as DaemonSet
    return {
      kind,
      namespace,
      name,
      desired: status?.desiredNumberScheduled ?? 0,
      available: status?.numberAvailable ?? 0,
      updated: status?.updatedNumberScheduled ?? 0,
      ...(spec.updateStrategy?.type === 'OnDelete' && { onDelete: true }),
    }
  }
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return undefined
  const { spec, status } = object as Deployment | StatefulSet
  return { kind, namespace, name, desired: spec.replicas ?? 1, available: status?.availableReplicas ?? 0, updated: status?.updatedReplicas ?? 0 }
}
