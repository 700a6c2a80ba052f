import { parseFieldSelector, parseLabelSelector } from '#k8s/selector.ts'
import type { AnyObject, Kind } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { ListOptions, WatchedChange } from '#protocol/api-client.ts'
import { readSelector, selectableField } from './field-labels.ts'

/** Whether an object of the kind belongs to a selection. Throws BadRequest for selectors that cannot be read. */
export function matcherOf(
  kind: Kind,
  { namespace, labelSelector, fieldSelector }: ListOptions,
  version: KubernetesVersion,
): (object: AnyObject) => boolean {
  const labels = labelSelector ? readSelector(parseLabelSelector, labelSelector) : undefined
  const requirements = fieldSelector ? readSelector(parseFieldSelector, fieldSelector).requirements : []
  const fields = requirements.map((r) => ({ read: selectableField(kind, r.field, version), value: r.value, equal: r.operator !== '!=' }))
  return (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (!labels || labels.matches(object.metadata.labels ?? {})) &&
    fields.every((f) => (f.read(object) === f.value) === f.equal)
}

/** A write: on DELETED `object` is the last state, with the resourceVersion of the deletion. */
export interface Change extends WatchedChange {
  readonly old: AnyObject | undefined
}

/** A write as a watcher of a selection sees it: objects may enter and leave it; undefined when it is not told. @source apiserver/pkg/storage/cacher */
export function changeSeen({ type, object, old }: Change, matches: (object: AnyObject) => boolean): WatchedChange | undefined {
  const before = old !== undefined && matches(old)
  const after = type !== 'DELETED' && matches(object)
  if (after) return { type: before ? 'MODIFIED' : 'ADDED', object }
  if (!before) return undefined
  if (type === 'DELETED') return { type, object }
  const { resourceVersion } = object.metadata
  return { type: 'DELETED', object: { ...old, metadata: { ...old.metadata, resourceVersion } } as AnyObject }
}
