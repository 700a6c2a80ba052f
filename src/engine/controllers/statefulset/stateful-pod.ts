/**
 * Names, labels and look of a StatefulSet's pods.
 *
 * Simplified: PersistentVolumeClaims are not objects here. A pod's volumes name its claims, and the controller remembers which
 * claims it has announced, so that the events are right.
 */
import { controllerRef } from '#k8s/owner.ts'
import { isPodAvailable, isPodReady } from '#k8s/pod.ts'
import type { ControllerRevision, Pod, PodTemplateSpec, StatefulSet, Volume } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'

export const revisionLabel = 'controller-revision-hash'
const podNameLabel = 'statefulset.kubernetes.io/pod-name'
const podIndexLabel = 'apps.kubernetes.io/pod-index'

const identity = /^(.*)-([0-9]+)$/

/** The pod's ordinal, −1 when its name has none. @source stateful_set_utils.go getParentNameAndOrdinal */
export function ordinalOf(pod: Pod): number {
  const parts = identity.exec(pod.metadata.name)
  const ordinal = parts ? Number(parts[2]) : -1
  return ordinal <= 2_147_483_647 ? ordinal : -1
}

/** Whether the name is one of the set's. @source isMemberOf */
export function isMemberOf(set: StatefulSet, pod: Pod): boolean {
  return identity.exec(pod.metadata.name)?.[1] === set.metadata.name
}

export const podNameFor = (set: StatefulSet, ordinal: number): string => `${set.metadata.name}-${ordinal}`

export const startOrdinal = (set: StatefulSet): number => set.spec.ordinals?.start ?? 0

export const replicasOf = (set: StatefulSet): number => set.spec.replicas ?? 1

export const revisionNameOf = (pod: Pod): string => pod.metadata.labels?.[revisionLabel] ?? ''

export const isRunningAndReady = (pod: Pod): boolean => pod.status.phase === 'Running' && isPodReady(pod)

export function isRunningAndAvailable(pod: Pod, minReadySeconds: number | undefined, nowMs: number, version: KubernetesVersion): boolean {
  return pod.status.phase === 'Running' && isPodAvailable(pod, minReadySeconds, nowMs, version)
}

/** Whether the pod has its set's names on it; labels may be lost by hand. @source identityMatches */
export function identityMatches(pod: Pod): boolean {
  return pod.metadata.labels?.[podNameLabel] === pod.metadata.name
}

function identityLabels(name: string, ordinal: number, version: KubernetesVersion): Record<string, string> {
  return { [podNameLabel]: name, ...(since(version, 'podIndexLabel') && { [podIndexLabel]: String(ordinal) }) }
}

/** The pod with its set's names on it again. @source updateIdentity */
export function withIdentity(pod: Pod, version: KubernetesVersion): Pod {
  const labels = { ...pod.metadata.labels, ...identityLabels(pod.metadata.name, ordinalOf(pod), version) }
  return { ...pod, metadata: { ...pod.metadata, labels } }
}

/** Names of the set's claim templates. */
export function claimTemplateNames(set: StatefulSet): string[] {
  return (set.spec.volumeClaimTemplates ?? []).map((claim) => (claim as { metadata?: { name?: string } }).metadata?.name ?? '')
}

/** `CLAIM-SET-i` */
export const claimNameFor = (set: StatefulSet, claim: string, ordinal: number): string => `${claim}-${podNameFor(set, ordinal)}`

function volumesOf(set: StatefulSet, template: PodTemplateSpec, ordinal: number): Volume[] | undefined {
  const claims = claimTemplateNames(set)
  if (claims.length === 0) return template.spec.volumes
  const own = claims.map((name) => ({ name, persistentVolumeClaim: { claimName: claimNameFor(set, name, ordinal), readOnly: false } }))
  return [...own, ...(template.spec.volumes ?? []).filter((volume) => !claims.includes(volume.name))]
}

/** The pod of an ordinal, made from the template of a revision. @source newStatefulSetPod; WC-4.1 */
export function newStatefulSetPod(set: StatefulSet, revision: ControllerRevision, ordinal: number, version: KubernetesVersion): Omit<Pod, 'status'> {
  const { $patch: _, ...template } = revision.data.spec.template
  const name = podNameFor(set, ordinal)
  const { labels, annotations, finalizers } = template.metadata ?? {}
  const volumes = volumesOf(set, template, ordinal)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace,
      labels: { ...labels, ...identityLabels(name, ordinal, version), [revisionLabel]: revision.metadata.name },
      ...(annotations && { annotations }),
      ...(finalizers && { finalizers }),
      ownerReferences: [controllerRef(set)],
    },
    spec: { ...template.spec, hostname: name, ...(set.spec.serviceName && { subdomain: set.spec.serviceName }), ...(volumes && { volumes }) },
  }
}

/**
 * Whether a missing pod of this ordinal is made from the current revision and not from the update revision: below the partition, or,
 * without a partition, while the rollout has not reached it.
 * @source stateful_set_utils.go isCurrentRevisionNeeded
 */
export function needsCurrentRevision(set: StatefulSet, ordinal: number): boolean {
  const { type = 'RollingUpdate', rollingUpdate } = set.spec.updateStrategy ?? {}
  if (rollingUpdate) return ordinal < startOrdinal(set) + (rollingUpdate.partition ?? 0)
  return type === 'RollingUpdate' && ordinal < startOrdinal(set) + (set.status.currentReplicas ?? 0)
}
