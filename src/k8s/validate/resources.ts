/** Requests and limits. @source ValidateResourceRequirements; DS-15.30 */
import { qualifiedName } from '../name.ts'
import { compareQuantities, toMilli, toValue } from '../quantity.ts'
import type { ResourceList, ResourceRequirements } from '../types.ts'
import { since } from '../version.ts'
import type { FieldErrors } from './field-errors.ts'

const containerResources = ['cpu', 'memory', 'ephemeral-storage']
/** Short names the API knows at all; quota names among them. */
const standardResources = new Set([
  ...containerResources,
  ...['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  ...['pods', 'resourcequotas', 'services', 'replicationcontrollers', 'secrets', 'configmaps', 'persistentvolumeclaims', 'storage'],
  ...['requests.storage', 'services.nodeports', 'services.loadbalancers'],
])
const integerResources = new Set(['pods', 'resourcequotas', 'services', 'replicationcontrollers', 'secrets', 'configmaps', 'persistentvolumeclaims'])

const isHugePages = (name: string): boolean => name.startsWith('hugepages-')
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/')
const isExtended = (name: string): boolean => !isNative(name) && !name.startsWith('requests.') && !qualifiedName(`requests.${name}`).length
/** Requests of these must equal their limits. */
const mayOvercommit = (name: string): boolean => isNative(name) && !isHugePages(name)

export function validateResourceName(errors: FieldErrors, name: string, path: string): void {
  const before = errors.causes.length
  errors.invalidEach(path, name, qualifiedName(name, errors.version))
  if (!errors.grewSince(before) && !name.includes('/') && !standardResources.has(name) && !isHugePages(name)) {
    errors.invalid(path, name, 'must be a standard resource type or fully qualified')
  }
}

function validateName(errors: FieldErrors, name: string, path: string): void {
  validateResourceName(errors, name, path)
  if (!name.includes('/')) {
    if (!containerResources.includes(name) && !isHugePages(name)) errors.invalid(path, name, 'must be a standard resource for containers')
  } else if (!isNative(name) && !isExtended(name)) errors.invalid(path, name, "doesn't follow extended resource name standard")
}

/** @source ValidateResourceQuantityValue */
export function validateQuantity(errors: FieldErrors, name: string, quantity: string, path: string): void {
  if (compareQuantities(quantity, '0') < 0) errors.invalid(path, quantity, 'must be greater than or equal to 0')
  if ((integerResources.has(name) || isExtended(name)) && toMilli(quantity) % 1000 !== 0) errors.invalid(path, quantity, 'must be an integer')
}

/** Huge pages come in whole ones. @source validateResourceQuantityHugePageValue */
function validatePages(errors: FieldErrors, name: string, quantity: string, path: string): void {
  if (!isHugePages(name)) return
  const size = toValue(name.slice('hugepages-'.length))
  if (size <= 0 || toValue(quantity) % size !== 0) errors.invalid(path, quantity, `${quantity} is not positive integer multiple of ${name}`)
}

export function validateResources(
  errors: FieldErrors,
  resources: ResourceRequirements | undefined,
  path: string,
  checkName: typeof validateName = validateName,
): void {
  if (!resources) return
  const { limits = {}, requests = {} } = resources
  const check = (list: ResourceList, at: string, then?: (name: string, quantity: string) => void): void => {
    for (const name of Object.keys(list).sort()) {
      const quantity = list[name] as string
      checkName(errors, name, `${at}[${name}]`)
      validateQuantity(errors, name, quantity, `${at}[${name}]`)
      then?.(name, quantity)
      validatePages(errors, name, quantity, `${at}[${name}]`)
    }
  }
  check(limits, `${path}.limits`)
  check(requests, `${path}.requests`, (name, quantity) => {
    const limit = Object.hasOwn(limits, name) ? limits[name] : undefined
    if (limit === undefined) {
      if (!mayOvercommit(name)) errors.required(`${path}.limits`, 'Limit must be set for non overcommitable resources')
      return
    }
    const order = compareQuantities(quantity, limit)
    const of = since(errors.version, 'limitInRequestText') ? ` of ${limit}` : ''
    if (order !== 0 && !mayOvercommit(name)) errors.invalid(`${path}.requests`, quantity, `must be equal to ${name} limit${of}`)
    else if (order > 0) errors.invalid(`${path}.requests`, quantity, `must be less than or equal to ${name} limit${of}`)
  })
  const names = [...Object.keys(limits), ...Object.keys(requests)]
  if (names.some(isHugePages) && !names.some((name) => name === 'cpu' || name === 'memory')) errors.forbidden(path, 'HugePages require cpu or memory')
}
