/** References to fields and resources of a pod, in environment variables and downward API volumes. DS-15.21, DS-15.27 */
import { qualifiedName } from '../name.ts'
import { canonicalQuantity, compareQuantities } from '../quantity.ts'
import { since } from '../version.ts'
import type { FieldErrors } from './field-errors.ts'

export interface FieldRef {
  apiVersion?: string
  fieldPath?: string
}

export interface ResourceFieldRef {
  containerName?: string
  resource?: string
  divisor?: string | number
}

/** What may refer: each has its own fields. */
export type Referrer = 'env' | 'volume'

const allPaths = [
  ...['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.restartPolicy'],
  ...['spec.schedulerName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.phase', 'status.podIP', 'status.podIPs'],
]
const pathsOf: Record<Referrer, readonly string[]> = {
  env: [
    ...['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs'],
    ...['status.podIP', 'status.podIPs'],
  ],
  volume: ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'],
}

/** `metadata.labels['key']`: the part before the brackets, and the key. @source pkg/fieldpath SplitMaybeSubscriptedPath */
const subscripted = /^(.*?)\['(.*)'\]$/

/** Why the API server does not know a field of a pod. @source pkg/apis/core/pods ConvertDownwardAPIFieldLabel */
function conversionError(errors: FieldErrors, { apiVersion = 'v1', fieldPath = '' }: FieldRef): string | undefined {
  if (apiVersion !== 'v1') return `unsupported pod version: ${apiVersion}`
  const subscript = subscripted.exec(fieldPath)
  if (subscript) {
    const known = subscript[1] === 'metadata.annotations' || subscript[1] === 'metadata.labels'
    return known ? undefined : `field label does not support subscript: ${fieldPath}`
  }
  const isKnown = fieldPath === 'status.hostIPs' ? since(errors.version, 'hostIps') : fieldPath === 'spec.host' || allPaths.includes(fieldPath)
  return isKnown ? undefined : `field label not supported: ${fieldPath}`
}

/** @source validateObjectFieldSelector */
export function validateFieldRef(errors: FieldErrors, ref: FieldRef, referrer: Referrer, path: string): void {
  const { fieldPath = '' } = ref
  if (!fieldPath) {
    errors.required(`${path}.fieldPath`)
    return
  }
  const wrong = conversionError(errors, ref)
  const subscript = subscripted.exec(fieldPath)
  if (wrong) errors.invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${wrong}`)
  else if (subscript) {
    const key = subscript[2] as string
    const checked = subscript[1] === 'metadata.annotations' ? key.toLowerCase() : key
    errors.invalidEach(path, key, qualifiedName(checked, errors.version))
  } else {
    const field = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath
    const supported = pathsOf[referrer].filter((known) => known !== 'status.hostIPs' || since(errors.version, 'hostIps'))
    if (!supported.includes(field)) errors.notSupported(`${path}.fieldPath`, field, supported)
  }
}

const resources = ['limits.cpu', 'limits.ephemeral-storage', 'limits.memory', 'requests.cpu', 'requests.ephemeral-storage', 'requests.memory']
const sizes = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei']
const divisors: Record<string, { allowed: readonly string[]; name: string }> = {
  cpu: { allowed: ['1m', '1'], name: 'cpu' },
  memory: { allowed: sizes, name: 'memory' },
  'ephemeral-storage': { allowed: sizes, name: 'local ephemeral storage' },
}

/** @source validateContainerResourceDivisor */
function validateDivisor(errors: FieldErrors, resource: string, divisor: string, path: string): void {
  const name = resource.replace(/^(requests|limits)\./, '')
  const known = name.startsWith('hugepages-') ? { allowed: sizes, name: 'hugepages' } : divisors[name]
  if (!known || compareQuantities(divisor, '0') === 0 || known.allowed.includes(canonicalQuantity(divisor))) return
  const values = known.allowed.length > 2 ? known.allowed.join(', ') : known.allowed.join(' and ')
  errors.invalid(`${path}.divisor`, resource, `only divisor's values ${values} are supported with the ${known.name} resource`)
}

/** @source validateContainerResourceFieldSelector */
export function validateResourceRef(errors: FieldErrors, ref: ResourceFieldRef, referrer: Referrer, path: string): void {
  const { containerName, resource = '', divisor = '0' } = ref
  if (referrer === 'volume' && !containerName) errors.required(`${path}.containerName`)
  else if (!resource) errors.required(`${path}.resource`)
  else if (!resources.includes(resource) && !/^(requests|limits)\.hugepages-/.test(resource))
    errors.notSupported(`${path}.resource`, resource, resources)
  validateDivisor(errors, resource, String(divisor), path)
}
