import { controllerOf } from '#k8s/owner.ts'
import type { Pod } from '#k8s/types.ts'
import { keyOf } from './key.ts'
import type { Tables } from './tables.ts'

/** What a pod belongs to at the top: the Deployment behind its ReplicaSet, the DaemonSet, or the pod itself when nobody owns it. */
export interface Workload {
  kind: string
  namespace: string
  name: string
}

/** @param tables the mirror the pod is in; a ReplicaSet that is gone is named by cutting its hash off */
export function workloadOf(pod: Pod, tables: Pick<Tables, 'ReplicaSet'>): Workload {
  const namespace = pod.metadata.namespace ?? ''
  const owner = controllerOf(pod)
  if (!owner) return { kind: 'Pod', namespace, name: pod.metadata.name }
  if (owner.kind !== 'ReplicaSet') return { kind: owner.kind, namespace, name: owner.name }
  const replicaSet = tables.ReplicaSet.get(keyOf(namespace, owner.name))
  if (!replicaSet) return { kind: 'Deployment', namespace, name: owner.name.replace(/-[a-z0-9]+$/, '') }
  const deployment = controllerOf(replicaSet)
  return deployment ? { kind: deployment.kind, namespace, name: deployment.name } : { kind: 'ReplicaSet', namespace, name: owner.name }
}

export function workloadKey(workload: Workload): string {
  return `${workload.kind}/${keyOf(workload.namespace, workload.name)}`
}
