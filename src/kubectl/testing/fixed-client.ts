import { notFound } from '#k8s/api-error.ts'
import { groupResource, resourceOf } from '#k8s/resources.ts'
import { parseFieldSelector, parseLabelSelector } from '#k8s/selector.ts'
import type { AnyObject } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'

const fieldValue = (object: unknown, path: string): string => {
  const value = path.split('.').reduce((v: unknown, key) => (v as Record<string, unknown> | undefined)?.[key], object)
  return value === undefined || value === null ? '' : String(value)
}

/** An ApiClient over fixed objects, for tests of what only reads; writes throw. */
export function fixedClient(objects: readonly AnyObject[], { nowMs = 0, version = '1.33' } = {}): ApiClient {
  const readOnly = (): never => {
    throw new Error('fixed objects cannot be written')
  }
  const list: ApiClient['list'] = (kind, { namespace, labelSelector, fieldSelector } = {}) => {
    const labels = parseLabelSelector(labelSelector ?? '')
    const fields = parseFieldSelector(fieldSelector ?? '')
    const matches = (o: AnyObject) =>
      o.kind === kind &&
      (namespace === undefined || o.metadata.namespace === namespace) &&
      labels.matches(o.metadata.labels) &&
      fields.matches(Object.fromEntries(fields.requirements.map((r) => [r.field, fieldValue(o, r.field)])))
    return { items: objects.filter(matches), resourceVersion: '1' }
  }
  return {
    version,
    now: () => nowMs,
    list,
    get(ref) {
      const found = list(ref.kind, { namespace: ref.namespace }).items.find((o) => o.metadata.name === ref.name)
      if (!found) throw notFound(groupResource(resourceOf(ref.kind)), ref.name)
      return found
    },
    watch: () => () => undefined,
    create: readOnly,
    update: readOnly,
    patch: readOnly,
    delete: readOnly,
    evict: readOnly,
    managedFields: () => [],
    loadFieldOwners: () => undefined,
  }
}
