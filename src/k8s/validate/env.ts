/** Environment variables of a container. @source ValidateEnv, ValidateEnvFrom; DS-15.27 */
import { dns1123Subdomain, dotPrefix, envVarName } from '../name.ts'
import type { EnvVar } from '../types.ts'
import type { FieldErrors } from './field-errors.ts'
import { maskTrailingDash } from './metadata.ts'
import { type FieldRef, type ResourceFieldRef, validateFieldRef, validateResourceRef } from './pod-fields.ts'

interface KeySelector {
  name?: string
  key?: string
}

interface EnvVarSource {
  fieldRef?: FieldRef
  resourceFieldRef?: ResourceFieldRef
  configMapKeyRef?: KeySelector
  secretKeyRef?: KeySelector
  fileKeyRef?: { volumeName?: string; path?: string; key?: string }
}

interface EnvFromSource {
  prefix?: string
  configMapRef?: { name?: string }
  secretRef?: { name?: string }
}

const configMapKey = /^[-._a-zA-Z0-9]+$/
const configMapKeyText =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"

/** Why a text is no key of a ConfigMap or Secret. @source apimachinery/pkg/util/validation IsConfigMapKey */
export const configKeyError = (key: string): string | undefined => (configMapKey.test(key) ? undefined : configMapKeyText)

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
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source
  if (fieldRef) validateFieldRef(errors, fieldRef, 'env', `${path}.fieldRef`)
  if (resourceFieldRef) validateResourceRef(errors, resourceFieldRef, 'env', `${path}.resourceFieldRef`)
  if (configMapKeyRef) validateKeySelector(errors, configMapKeyRef, `${path}.configMapKeyRef`)
  if (secretKeyRef) validateKeySelector(errors, secretKeyRef, `${path}.secretKeyRef`)
  if (fileKeyRef) for (const field of ['volumeName', 'path', 'key'] as const) if (!fileKeyRef[field]) errors.required(`${path}.fileKeyRef.${field}`)
  const count = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(Boolean).length
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
  // what it may be is what a prefix of a name may be: it may end in a dash
  else errors.invalidEach(`${path}.name`, reference.name, dns1123Subdomain(maskTrailingDash(reference.name)))
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
