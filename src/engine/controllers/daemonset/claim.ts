import { ApiError } from '#k8s/api-error.ts'
import { controllerOf, controllerRef, twoControllers } from '#k8s/owner.ts'
import { matchesLabels } from '#k8s/selector.ts'
import type { ControllerRevision, DaemonSet, KubeObject, Pod } from '#k8s/types.ts'
import type { ControlPlaneApi } from '../../component.ts'

/** How an object stands to a DaemonSet: owned; to be given up; to be taken over; none of its business. */
export type Claim = 'own' | 'release' | 'adopt' | 'foreign'

/**
 * Ownership by controller reference and labels; only living orphans are adopted.
 * @source pkg/controller/controller_ref_manager.go ClaimObject; DS-5.2, DS-9.1
 */
export function claimOf(object: KubeObject, ds: DaemonSet): Claim {
  const { namespace, labels, deletionTimestamp } = object.metadata
  if (namespace !== ds.metadata.namespace) return 'foreign'
  const owner = controllerOf(object)
  if (owner && owner.uid !== ds.metadata.uid) return 'foreign'
  const matches = matchesLabels(ds.spec.selector, labels)
  if (owner) return matches ? 'own' : 'release'
  return matches && !deletionTimestamp ? 'adopt' : 'foreign'
}

type Claimable = Pod | ControllerRevision

const resourceOf = (object: Claimable) => object.kind as 'Pod' | 'ControllerRevision'

/** The live object, or undefined when it is gone or another one of its name. */
function liveOf(api: ControlPlaneApi, object: Claimable): Claimable | undefined {
  const live = api.get(resourceOf(object), object.metadata.namespace ?? '', object.metadata.name)
  return live?.metadata.uid === object.metadata.uid ? live : undefined
}

const replaceOwners = (api: ControlPlaneApi, live: Claimable, ownerReferences: KubeObject['metadata']['ownerReferences']) =>
  api.update(resourceOf(live), { ...live, metadata: { ...live.metadata, ownerReferences } } as never)

/** Throws Error unless the DaemonSet still lives. @source controller_ref_manager.go RecheckDeletionTimestamp */
export function canAdopt(api: ControlPlaneApi, ds: DaemonSet): void {
  const { namespace = '', name, uid } = ds.metadata
  const live = api.get('DaemonSet', namespace, name)
  if (!live) throw new Error(`daemonsets.apps "${name}" not found`)
  if (live.metadata.uid !== uid) throw new Error(`original DaemonSet ${namespace}/${name} is gone: got uid ${live.metadata.uid}, wanted ${uid}`)
  const { deletionTimestamp } = live.metadata
  if (deletionTimestamp) throw new Error(`${namespace}/${name} has just been deleted at ${deletionTimestamp}`)
}

/** What the API server refuses. */
function refuseSecondController(object: Claimable, ds: DaemonSet): void {
  const first = controllerOf(object)
  if (!first) return
  const problem = twoControllers(`${first.kind}/${first.name}`, `DaemonSet/${ds.metadata.name}`)
  throw new Error(`${object.kind} "${object.metadata.name}" is invalid: metadata.ownerReferences: ${problem}`)
}

/**
 * Makes the DaemonSet the controller of an orphan. False when the object is gone by now; throws Error when the DaemonSet may not adopt,
 * or when somebody else has done so since the cache was told of the orphan.
 */
export function adopt(api: ControlPlaneApi, ds: DaemonSet, object: Claimable): boolean {
  const { namespace, name, uid } = object.metadata
  try {
    canAdopt(api, ds)
  } catch (error) {
    throw new Error(`can't adopt ${object.kind} ${namespace}/${name} (${uid}): ${(error as Error).message}`)
  }
  const live = liveOf(api, object)
  if (!live) return false
  const owners = live.metadata.ownerReferences ?? []
  if (owners.some((owner) => owner.uid === ds.metadata.uid)) return true
  refuseSecondController(live, ds)
  replaceOwners(api, live, [...owners, controllerRef(ds)])
  return true
}

/** Takes the DaemonSet's reference from an object that its selector no longer matches. */
export function release(api: ControlPlaneApi, ds: DaemonSet, object: Claimable): void {
  const live = liveOf(api, object)
  if (!live) return
  const owners = (live.metadata.ownerReferences ?? []).filter((owner) => owner.uid !== ds.metadata.uid)
  try {
    replaceOwners(api, live, owners)
  } catch (error) {
    // gone or no longer valid: nothing is left to release
    if (!(error instanceof ApiError && (error.reason === 'NotFound' || error.reason === 'Invalid'))) throw error
  }
}
