import type { AnyObject } from '#k8s/types.ts'
import type { Backend } from './request.ts'

/** The object with its managed fields, as clients get it. */
export function withOwners({ cluster }: Backend, object: AnyObject): AnyObject {
  const managedFields = cluster.client.managedFields(object)
  return managedFields.length > 0 ? ({ ...object, metadata: { ...object.metadata, managedFields } } as AnyObject) : object
}
