import { toMilli, toValue } from '#k8s/quantity.ts'
import type { Container, Pod } from '#k8s/types.ts'

interface EnvSource {
  fieldRef?: { apiVersion?: string; fieldPath: string }
  resourceFieldRef?: { resource: string; divisor?: string }
  secretKeyRef?: { name: string; key: string; optional?: boolean }
  configMapKeyRef?: { name: string; key: string; optional?: boolean }
}

/** The value of a downward-API field for this pod: kubectl reads only these itself. @source kubectl/pkg/describe EnvValueRetriever */
function podField(pod: Pod | undefined, path: string): string {
  const names = { 'metadata.name': 'name', 'metadata.namespace': 'namespace', 'metadata.uid': 'uid' } as const
  return path in names ? (pod?.metadata[names[path as keyof typeof names]] ?? '') : ''
}

function resourceValue({ resource, divisor }: { resource: string; divisor?: string }, { resources }: Container): string {
  const [where = '', name = ''] = resource.split('.')
  const quantity = (where === 'limits' ? resources?.limits : resources?.requests)?.[name] ?? '0'
  const unit = divisor && divisor !== '0' ? divisor : '1'
  const value = name === 'cpu' ? Math.ceil(toMilli(quantity) / toMilli(unit)) : Math.ceil(toValue(quantity) / toValue(unit))
  return value === 0 && (resource === 'limits.cpu' || resource === 'limits.memory') ? 'node allocatable' : String(value)
}

/** What stands behind an environment variable that is not a plain value; undefined for an unknown source. */
export function envValueText(valueFrom: unknown, container: Container, pod: Pod | undefined): string | undefined {
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom as EnvSource
  if (fieldRef) return `${podField(pod, fieldRef.fieldPath)} (${fieldRef.apiVersion ?? ''}:${fieldRef.fieldPath})`
  if (resourceFieldRef) return `${resourceValue(resourceFieldRef, container)} (${resourceFieldRef.resource})`
  if (secretKeyRef) {
    return `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name}'>\tOptional: ${secretKeyRef.optional ?? false}`
  }
  if (configMapKeyRef) {
    return `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name}'>\tOptional: ${configMapKeyRef.optional ?? false}`
  }
  return undefined
}

interface EnvFromSource {
  prefix?: string
  configMapRef?: { name: string; optional?: boolean }
  secretRef?: { name: string; optional?: boolean }
}

/** A line of `Environment Variables from`. @source kubectl/pkg/describe describeContainerEnvFrom */
export function envFromText(source: unknown): string {
  const { prefix, configMapRef, secretRef } = source as EnvFromSource
  const from = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : ''
  const ref = configMapRef ?? secretRef
  return `${ref?.name ?? ''}\t${from}${prefix ? ` with prefix '${prefix}'` : ''}\tOptional: ${ref?.optional ?? false}\n`
}
