import { ApiError } from '#k8s/api-error.ts'
import { isTerminal } from '#k8s/pod.ts'
import { groupResource, type Resource, resources } from '#k8s/resources.ts'
import type { AnyObject, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { ControllerContext } from '../replicaset/controller-context.ts'

/** How long objects that are held by a finalizer are given, s. @source finalizerEstimateSeconds */
const finalizerEstimateSeconds = 15

/** What is left of a namespace's content after it was asked to go. */
export interface NamespaceRemains {
  /** Number of objects by resource (`pods`, `daemonsets.apps`). */
  counts: Map<string, number>
  /** Number of objects by the finalizer that holds them. */
  finalizers: Map<string, number>
  /** When it may be gone, s; 0 when nothing is left. */
  estimateSeconds: number
  /** Resources of which something is left although nothing is known to hold it. */
  unexpected: Resource[]
}

/** Namespaced resources, pods first. @source OrderedNamespaceDeletion */
const namespaced: readonly Resource[] = [
  ...resources.filter((resource) => resource.kind === 'Pod'),
  ...resources.filter((resource) => resource.namespaced && resource.kind !== 'Pod'),
]

/** The longest grace of the pods that still run; 0 when it is over already. @source estimateGracefulTerminationForPods */
function podEstimateSeconds(pods: readonly Pod[], deletingForMs: number): number {
  const graces = pods.filter((pod) => !isTerminal(pod)).map((pod) => pod.spec.terminationGracePeriodSeconds ?? 0)
  const longest = Math.max(0, ...graces)
  return deletingForMs >= longest * 1000 ? 0 : longest
}

function deleteAll({ api }: ControllerContext, { kind }: Resource, namespace: string): AnyObject[] {
  for (const { metadata } of api.list(kind, namespace)) {
    try {
      api.delete(kind, namespace, metadata.name, { propagation: 'Background' })
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === 'NotFound')) throw error
    }
  }
  return api.list(kind, namespace)
}

/**
 * Deletes all objects of a namespace and says what is left; since 1.33 the pods first, and the others only when no pod is left. deletingForMs = how long the namespace has been terminating.
 * @source pkg/controller/namespace/deletion/namespaced_resources_deleter.go deleteAllContent; GC-6.1
 */
export function deleteAllContent(context: ControllerContext, namespace: string, deletingForMs: number): NamespaceRemains {
  const remains: NamespaceRemains = { counts: new Map(), finalizers: new Map(), estimateSeconds: 0, unexpected: [] }
  for (const resource of namespaced) {
    const before = resource.kind === 'Pod' ? podEstimateSeconds(context.api.list('Pod', namespace), deletingForMs) : 0
    const left = deleteAll(context, resource, namespace)
    if (left.length === 0) continue
    remains.counts.set(groupResource(resource), left.length)
    const held = left.flatMap((object) => object.metadata.finalizers ?? [])
    for (const finalizer of held) remains.finalizers.set(finalizer, (remains.finalizers.get(finalizer) ?? 0) + 1)
    const estimate = before || (held.length > 0 ? finalizerEstimateSeconds : 0)
    if (estimate === 0) remains.unexpected.push(resource)
    remains.estimateSeconds = Math.max(remains.estimateSeconds, estimate)
    if (resource.kind === 'Pod' && since(context.version, 'podsOfNamespaceFirst')) return remains
  }
  return remains
}
