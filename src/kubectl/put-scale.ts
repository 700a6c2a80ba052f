import { notFound } from '#k8s/api-error.ts'
import { groupResource, resourceOf } from '#k8s/resources.ts'
import type { AnyObject, KubeObject } from '#k8s/types.ts'
import type { ApiClient, ObjectRef, WriteOptions } from '#protocol/api-client.ts'
import { checkSubresource } from './subresource.ts'

/**
 * The workload after a Scale was put to it: only if it is the one and the version that the Scale was read of, where that says so. A
 * Scale does not say whose it is: the path does.
 */
export function putScale(client: ApiClient, ref: ObjectRef, scale: KubeObject, options: WriteOptions): AnyObject {
  const resource = resourceOf(ref.kind)
  checkSubresource('scale', resource, client)
  const stored = client.get(ref)
  const { uid, resourceVersion } = scale.metadata
  if (uid && uid !== stored.metadata.uid) throw notFound(groupResource(resource), ref.name)
  const { replicas = 0 } = (scale as { spec?: { replicas?: number } }).spec ?? {}
  const patch = { metadata: { resourceVersion: resourceVersion || undefined }, spec: { replicas } }
  return client.patch(ref, 'merge', patch, { ...options, subresource: 'scale' })
}
