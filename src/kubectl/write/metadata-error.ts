import { decodeInClient } from '#k8s/schema/decode.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'

const jsonType = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value)

/**
 * Why a manifest's metadata cannot be read, in the words of Go's JSON decoder; undefined when it can.
 * @source apimachinery unstructured metadataOnlyObject; DS-16.4
 */
export function metadataError(value: Record<string, unknown>, client: Pick<ApiClient, 'version'>): string | undefined {
  const cannot = (bad: unknown, field: string, type: string): string =>
    `json: cannot unmarshal ${jsonType(bad)} into Go struct field metadataOnlyObject.${field} of type ${type}`
  const { apiVersion, metadata } = value
  if (apiVersion !== undefined && apiVersion !== null && typeof apiVersion !== 'string')
    return cannot(apiVersion, `${clientSince(client, 'embeddedFields') ? 'TypeMeta.' : ''}apiVersion`, 'string')
  if (metadata === undefined || metadata === null) return undefined
  if (typeof metadata !== 'object' || Array.isArray(metadata)) return cannot(metadata, 'metadata', 'v1.ObjectMeta')
  return decodeInClient('Namespace', { metadata }, client.version as KubernetesVersion).error
}
