import { selectableField } from '#engine/store/field-labels.ts'
import { ApiError } from '#k8s/api-error.ts'
import { parseFieldSelector, parseLabelSelector } from '#k8s/selector.ts'
import type { AnyObject } from '#k8s/types.ts'
import type { Route } from './route.ts'

/** Which objects of a collection a request is about. */
export interface Selection {
  namespace: string | undefined
  labelSelector: string | undefined
  fieldSelector: string | undefined
}

/** Reads a malformed selector's plain Error as the BadRequest that the API server answers. */
export function asBadRequest<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof ApiError || error instanceof TypeError || error instanceof RangeError) throw error
    throw new ApiError('BadRequest', (error as Error).message)
  }
}

/** The selection of a list or watch; one object's own path selects it by name. */
export function selectionOf({ namespace, name }: Route, query: URLSearchParams): Selection {
  const fieldSelector = query.get('fieldSelector') || undefined
  return {
    namespace,
    labelSelector: query.get('labelSelector') || undefined,
    fieldSelector: name === undefined ? fieldSelector : `metadata.name=${name}`,
  }
}

/** Whether an object belongs to a selection. Throws BadRequest for selectors that cannot be read. */
export function matcherOf({ resource }: Route, { namespace, labelSelector, fieldSelector }: Selection): (object: AnyObject) => boolean {
  return asBadRequest(() => {
    const labels = parseLabelSelector(labelSelector ?? '')
    const fields = parseFieldSelector(fieldSelector ?? '').requirements.map((r) => ({
      read: selectableField(resource.kind, r.field),
      value: r.value,
      equal: r.operator !== '!=',
    }))
    return (object) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      labels.matches(object.metadata.labels ?? {}) &&
      fields.every((f) => (f.read(object) === f.value) === f.equal)
  })
}
