import { readSelector, selectableField } from '#engine/store/field-labels.ts'
import type { Route } from '#k8s/api/route.ts'
import type { Selection } from '#k8s/api/selection.ts'
import { parseFieldSelector, parseLabelSelector } from '#k8s/selector.ts'
import type { AnyObject } from '#k8s/types.ts'

/** Whether an object belongs to a selection. Throws BadRequest for selectors that cannot be read. */
export function matcherOf({ resource }: Route, { namespace, labelSelector, fieldSelector }: Selection): (object: AnyObject) => boolean {
  const labels = readSelector(parseLabelSelector, labelSelector ?? '')
  const fields = readSelector(parseFieldSelector, fieldSelector ?? '').requirements.map((r) => ({
    read: selectableField(resource.kind, r.field),
    value: r.value,
    equal: r.operator !== '!=',
  }))
  return (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    labels.matches(object.metadata.labels ?? {}) &&
    fields.every((f) => (f.read(object) === f.value) === f.equal)
}
