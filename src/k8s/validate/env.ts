/** Environment variables of a container. @source ValidateEnv, ValidateEnvFrom; DS-15.27 */
import { dns1123Subdomain, dotPrefix, envVarName, qualifiedName } from '../name.ts'
import type { EnvVar } from '../types.ts'
import { since } from '../version.ts'
import type { FieldErrors } from './field-errors.ts'

interface KeySelector {
  name?: string
  key?: string
}

interface EnvVarSource {
  fieldRef?: { fieldPath?: string }
  resourceFieldRef?: { resource?: string }
  configMapKeyRef?: KeySelector
  secretKeyRef?: KeySelector
}

interface EnvFromSource {
  prefix?: string
  configMapRef?: { name?: string }
  secretRef?: { name?: string }
}

const fieldPaths = [
  ...['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs'],
  ...['status.podIP', 'status.podIPs'],
]
/** Fields of a pod that have a name here but cannot be had as an environment variable. */
const otherPaths = ['metadata.annotations', 'metadata.labels', 'spec.restartPolicy', 'spec.schedulerName', 'status.phase']
const resources = ['limits.cpu', 'limits.ephemeral-storage', 'limits.memory', 'requests.cpu', 'requests.ephemeral-storage', 'requests.memory']
const configMapKey = /^[-._a-zA-Z0-9]+$/
const configMapKeyText =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"

function validateFieldRef(errors: FieldErrors, fieldPath: string, path: string): void {
  const subscript = /^(metadata\.(?:annotations|labels))\['(.*)'\]$/.exec(fieldPath)
  const supported = since(errors.version, 'hostIps') ? fieldPaths : fieldPaths.filter((known) => known !== 'status.hostIPs')
  if (!fieldPath) errors.required(`${path}.fieldPath`)
  else if (subscript) {
    const key = subscript[2] as string
    const checked = subscript[1] === 'metadata.annotations' ? key.toLowerCase() : key
    errors.invalidEach(path, key, qualifiedName(checked, errors.version))
  } else if (otherPaths.includes(fieldPath)) errors.notSupported(`${path}.fieldPath`, fieldPath, supported)
  else if (!supported.includes(fieldPath)) {
    errors.invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: field label not supported: ${fieldPath}`)
  }
}

function validateKeySelector(errors: FieldErrors, { name = '', key = '' }: KeySelector, path: string): void {
  errors.invalidEach(`${path}.name`, name, dns1123Subdomain(name))
  if (!key) errors.required(`${path}.key`)
  else {
    if (!configMapKey.test(key)) errors.invalid(`${path}.key`, key, configMapKeyText)
    errors.invalidEach(`${path}.key`, key, dotPrefix(key))
  }
}

function validateSource(errors: FieldErrors, env: EnvVar, path: string): void {
  const source = env.valueFrom as EnvVarSource
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = source
  if (fieldRef) validateFieldRef(errors, fieldRef.fieldPath ?? '', `${path}.fieldRef`)
  if (resourceFieldRef) {
    const resource = resourceFieldRef.resource ?? ''
    const at = `${path}.resourceFieldRef.resource`
    if (!resource) errors.required(at)
    else if (!resources.includes(resource) && !/^(requests|limits)\.hugepages-/.test(resource)) errors.notSupported(at, resource, resources)
  }
  if (configMapKeyRef) validateKeySelector(errors, configMapKeyRef, `${path}.configMapKeyRef`)
  if (secretKeyRef) validateKeySelector(errors, secretKeyRef, `${path}.secretKeyRef`)
  const count = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef].filter(Boolean).length
  if (count === 0) errors.invalid(path, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`')
  else if (env.value) errors.invalid(path, '', 'may not be specified when `value` is not empty')
  else if (count > 1) errors.invalid(path, '', 'may not have more than one field specified at a time')
}

export function validateEnv(errors: FieldErrors, env: readonly EnvVar[] | undefined, path: string): void {
  env?.forEach((variable, i) => {
    const at = `${path}[${i}]`
    if (!variable.name) errors.required(`${at}.name`)
    else errors.invalidEach(`${at}.name`, variable.name, envVarName(variable.name, errors.version))
    if (variable.valueFrom) validateSource(errors, variable, `${at}.valueFrom`)
  })
}

function validateReference(errors: FieldErrors, reference: { name?: string }, path: string): void {
  if (!reference.name) errors.required(`${path}.name`)
  else errors.invalidEach(`${path}.name`, reference.name, dns1123Subdomain(reference.name))
}

export function validateEnvFrom(errors: FieldErrors, list: readonly unknown[] | undefined, path: string): void {
  ;(list as EnvFromSource[] | undefined)?.forEach(({ prefix, configMapRef, secretRef }, i) => {
    const at = `${path}[${i}]`
    if (prefix) errors.invalidEach(`${at}.prefix`, prefix, envVarName(prefix, errors.version))
    if (configMapRef) validateReference(errors, configMapRef, `${at}.configMapRef`)
    if (secretRef) validateReference(errors, secretRef, `${at}.secretRef`)
    if (!configMapRef && !secretRef) errors.invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`')
    if (configMapRef && secretRef) errors.invalid(path, '', 'may not have more than one field specified at a time')
  })
}
