import type { ApiClient } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'

const types: Record<string, string> = {
  name: 'string',
  generateName: 'string',
  namespace: 'string',
  uid: 'types.UID',
  resourceVersion: 'string',
  generation: 'int64',
  labels: 'map[string]string',
  annotations: 'map[string]string',
  finalizers: '[]string',
}

const jsonType = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value)

/**
 * Why a manifest's metadata cannot be read, in the words of Go's JSON decoder; undefined when it can.
 * @source apimachinery unstructured metadataOnlyObject; DS-16.4
 */
export function metadataError(value: Record<string, unknown>, client: Pick<ApiClient, 'version'>): string | undefined {
  const cannot = (bad: unknown, field: string, type: string): string =>
    `json: cannot unmarshal ${jsonType(bad)} into Go struct field ${field} of type ${type}`
  const { apiVersion, metadata } = value
  if (apiVersion !== undefined && apiVersion !== null && typeof apiVersion !== 'string')
    return cannot(apiVersion, `metadataOnlyObject.${clientSince(client, 'embeddedFields') ? 'TypeMeta.' : ''}apiVersion`, 'string')
  if (metadata === undefined || metadata === null) return undefined
  if (typeof metadata !== 'object' || Array.isArray(metadata)) return cannot(metadata, 'metadataOnlyObject.metadata', 'v1.ObjectMeta')
  for (const [name, field] of Object.entries(metadata)) {
    const type = types[name]
    if (!type || field === null) continue
    const path = `ObjectMeta.metadata.${name}`
    if (type.startsWith('map') || type.startsWith('[]')) {
      if (jsonType(field) !== (type.startsWith('map') ? 'object' : 'array')) return cannot(field, path, type)
      for (const item of Object.values(field)) if (item !== null && typeof item !== 'string') return cannot(item, path, 'string')
    } else if (jsonType(field) !== (type === 'int64' ? 'number' : 'string')) return cannot(field, path, type)
  }
  return undefined
}
