import type { FieldErrors } from '../field-errors.ts'
import { stringsValue } from '../go-value.ts'
import { isIPv4, isIPv6 } from './network.ts'

/** Which family the range is of; undefined when it is none. */
function cidrFamily(text: string): 4 | 6 | undefined {
  const [address = '', bits, ...more] = text.split('/')
  if (more.length || !/^\d{1,3}$/.test(bits ?? '')) return undefined
  if (isIPv4(address)) return Number(bits) <= 32 ? 4 : undefined
  return isIPv6(address) && Number(bits) <= 128 ? 6 : undefined
}

/** The ranges of a node's pods, one of each family. @source ValidateNode */
export function validatePodCIDRs(errors: FieldErrors, cidrs: readonly string[]): void {
  const path = 'spec.podCIDRs'
  const families = cidrs.map(cidrFamily)
  families.forEach((family, i) => {
    if (!family) errors.invalid(`${path}[${i}]`, stringsValue(cidrs), 'must be valid CIDR')
  })
  if (cidrs.length < 2) return
  const isDual = families.includes(4) && families.includes(6)
  if (!isDual || cidrs.length > 2) errors.invalid(path, stringsValue(cidrs), 'may specify no more than one CIDR for each IP family')
  cidrs.forEach((cidr, i) => {
    if (cidrs.indexOf(cidr) < i) errors.duplicate(`${path}[${i}]`, cidr)
  })
}
