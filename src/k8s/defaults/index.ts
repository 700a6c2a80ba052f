import type { AnyObject, Kind, Kinds } from '../types.ts'
import type { KubernetesVersion } from '../version.ts'
import { defaultEvent, defaultLease, defaultNamespace, defaultNode, defaultPriorityClass, defaultService } from './core.ts'
import { defaultPod } from './pod.ts'
import { defaultDaemonSet, defaultDeployment, defaultReplicaSet, defaultStatefulSet } from './workload.ts'

type Defaulter<K extends Kind> = (object: Kinds[K], version: KubernetesVersion) => Kinds[K]

/** Kinds with defaults; the others have none. */
const defaulters: { [K in Kind]?: Defaulter<K> } = {
  DaemonSet: defaultDaemonSet,
  Deployment: defaultDeployment,
  Event: defaultEvent,
  Lease: defaultLease,
  Namespace: defaultNamespace,
  Node: defaultNode,
  Pod: defaultPod,
  PriorityClass: defaultPriorityClass,
  ReplicaSet: defaultReplicaSet,
  Service: defaultService,
  StatefulSet: defaultStatefulSet,
}

/**
 * The object as the API server stores it: what the user left out filled in, quantities in canonical form. The same object when nothing
 * was missing. Fields that need the cluster (priority, addresses, 300-second tolerations) are admission's.
 */
export function applyDefaults<T extends AnyObject>(object: T, version: KubernetesVersion): T {
  const defaulter = defaulters[object.kind as Kind] as ((object: AnyObject, version: KubernetesVersion) => AnyObject) | undefined
  return defaulter ? (defaulter(object, version) as T) : object
}
