import { apiVersionOf, findKind } from '#k8s/resources.ts'
import type { KubeObject, OwnerReference } from '#k8s/types.ts'
import type { ControllerContext } from '../replicaset/controller-context.ts'

export const foregroundFinalizer = 'foregroundDeletion'
export const orphanFinalizer = 'orphan'

export const hasFinalizer = (object: KubeObject, finalizer: string): boolean => object.metadata.finalizers?.includes(finalizer) ?? false

/** Marked for foreground deletion: it waits for its dependents. @source node.isDeletingDependents */
export function isDeletingDependents(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined && hasFinalizer(object, foregroundFinalizer)
}

/**
 * The owner a reference points at; `absent` when there is none with that uid, `unknown` when it cannot be told: a kind that is not
 * modelled, or a namespaced owner of a cluster-scoped object. Owners live in the dependent's namespace or in none.
 * @source pkg/controller/garbagecollector/garbagecollector.go isDangling; GC-1.1, GC-2.2
 */
export function findOwner({ api }: ControllerContext, dependent: KubeObject, reference: OwnerReference): KubeObject | 'absent' | 'unknown' {
  const resource = findKind(reference.kind)
  if (!resource || apiVersionOf(resource) !== reference.apiVersion) return 'unknown'
  const { namespace } = dependent.metadata
  if (resource.namespaced && !namespace) return 'unknown'
  const owner = api.get(resource.kind, resource.namespaced ? (namespace ?? '') : '', reference.name)
  return owner?.metadata.uid === reference.uid ? owner : 'absent'
}

/** Says in an event that an owner of this uid lives in another namespace, or in one at all, and so does not count. */
export function reportForeignOwner(context: ControllerContext, dependent: KubeObject, reference: OwnerReference): void {
  const resource = findKind(reference.kind)
  if (!resource?.namespaced) return
  const { namespace = '' } = dependent.metadata
  if (!context.api.list(resource.kind).some((object) => object.metadata.uid === reference.uid)) return
  const { apiVersion, kind, name, uid } = reference
  const text = `ownerRef [${apiVersion}/${kind}, namespace: ${namespace}, name: ${name}, uid: ${uid}] does not exist in namespace "${namespace}"`
  context.record(dependent, 'Warning', 'OwnerRefInvalidNamespace', text)
}

export interface ClassifiedReferences {
  /** Owners that live on, or may. */
  solid: OwnerReference[]
  /** Owners that do not exist. */
  dangling: OwnerReference[]
  /** Owners in foreground deletion. */
  waiting: OwnerReference[]
}

/** @source garbagecollector.go classifyReferences; GC-1.2 */
export function classifyReferences(context: ControllerContext, dependent: KubeObject): ClassifiedReferences {
  const classified: ClassifiedReferences = { solid: [], dangling: [], waiting: [] }
  for (const reference of dependent.metadata.ownerReferences ?? []) {
    const owner = findOwner(context, dependent, reference)
    if (owner === 'absent') {
      reportForeignOwner(context, dependent, reference)
      classified.dangling.push(reference)
    } else if (owner !== 'unknown' && isDeletingDependents(owner)) classified.waiting.push(reference)
    else classified.solid.push(reference)
  }
  return classified
}
