/** Name resolution of a pod: dnsConfig, host aliases. @source validatePodDNSConfig, ValidateHostAliases */
import { dns1123Subdomain, labelPattern, regexError } from '../../name.ts'
import type { PodSpec } from '../../types.ts'
import { type KubernetesVersion, since } from '../../version.ts'
import type { FieldErrors } from '../field-errors.ts'
import { stringsValue } from '../go-value.ts'

interface DnsConfig {
  nameservers?: string[]
  searches?: string[]
  options?: { name?: string }[]
}

interface HostAlias {
  ip?: string
  hostnames?: string[]
}

const decimalByte = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const ipv4 = new RegExp(`^${decimalByte}(\\.${decimalByte}){3}$`)

export const isIPv4 = (text: string): boolean => ipv4.test(text)

export function isIPv6(text: string): boolean {
  if (!text.includes(':')) return false
  const last = text.slice(text.lastIndexOf(':') + 1)
  const groups = ipv4.test(last) ? `${text.slice(0, -last.length)}0:0` : text
  const halves = groups.split('::')
  const parts = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (halves.length > 2 || !parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))) return false
  return halves.length === 2 ? parts.length < 8 : parts.length === 8
}

export function validateIp(errors: FieldErrors, ip: string, path: string): void {
  const text = since(errors.version, 'ipAddressText') ? 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)' : 'must be valid IP address'
  if (!isIPv4(ip) && !isIPv6(ip)) errors.invalid(path, ip, text)
}

const underscoredText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character"

/** As a subdomain, but parts may have underscores. @source IsDNS1123SubdomainWithUnderscore */
function underscoredSubdomain(value: string, version: KubernetesVersion): string[] {
  const part = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?'
  const pattern = `${part}(\\.${part})*`
  const shown = since(version, 'underscoreRegexText') ? pattern : `${labelPattern}(\\.${labelPattern})*`
  const isMatch = new RegExp(`^${pattern}$`).test(value)
  return [
    ...dns1123Subdomain(value).filter((error) => !error.startsWith('a lowercase')),
    ...(isMatch ? [] : [regexError(underscoredText, shown, 'example.com')]),
  ]
}

export function validateDns(errors: FieldErrors, spec: PodSpec, path: string): void {
  const config = (spec as { dnsConfig?: DnsConfig }).dnsConfig
  const { nameservers = [], searches = [], options = [] } = config ?? {}
  if (spec.dnsPolicy === 'None' && !nameservers.length) {
    if (!config) errors.required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')
    else errors.required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')
    return
  }
  if (nameservers.length > 3) errors.invalid(`${path}.nameservers`, stringsValue(nameservers), 'must not have more than 3 nameservers')
  nameservers.forEach((ip, i) => {
    validateIp(errors, ip, `${path}.nameservers[${i}]`)
  })
  const [most, longest] = since(errors.version, 'longDnsSearch') ? [32, 2048] : [6, 256]
  if (searches.length > most) errors.invalid(`${path}.searches`, stringsValue(searches), `must not have more than ${most} search paths`)
  if (searches.join(' ').length > longest) {
    const text = `must not have more than ${longest} characters (including spaces) in the search list`
    errors.invalid(`${path}.searches`, stringsValue(searches), text)
  }
  const isRelaxed = since(errors.version, 'relaxedDnsSearch')
  searches.forEach((search, i) => {
    const name = search.replace(/\.$/, '')
    if (search === '.' && isRelaxed) return
    errors.invalidEach(`${path}.searches[${i}]`, name, isRelaxed ? underscoredSubdomain(name, errors.version) : dns1123Subdomain(name))
  })
  options.forEach(({ name }, i) => {
    if (!name) errors.required(`${path}.options[${i}]`, 'must not be empty')
  })
}

export function validateHostAliases(errors: FieldErrors, spec: PodSpec, path: string): void {
  const indexed = since(errors.version, 'ipAddressText')
  const aliases = (spec as { hostAliases?: HostAlias[] }).hostAliases ?? []
  aliases.forEach(({ ip = '', hostnames = [] }, i) => {
    const at = indexed ? `${path}[${i}]` : path
    validateIp(errors, ip, `${at}.ip`)
    hostnames.forEach((name, j) => {
      errors.invalidEach(`${at}.hostnames${indexed ? `[${j}]` : ''}`, name, dns1123Subdomain(name))
    })
  })
}
