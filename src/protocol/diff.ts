import type { AnyObject, Kind } from '#k8s/types.ts'

/** Names an object that is gone. `namespace` is `''` for cluster-scoped kinds. */
export interface RemovedObject {
  kind: Kind
  namespace: string
  name: string
  uid: string
}

/** What changed between two frames. `updated` objects are whole objects, not patches. */
export interface ObjectDiff {
  added: AnyObject[]
  updated: AnyObject[]
  removed: RemovedObject[]
}
