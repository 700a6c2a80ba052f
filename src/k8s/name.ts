/**
 * Syntax of names, labels and ports: each check returns the list of what is wrong, empty when the text is fine.
 * Texts are those of 1.23 to 1.34 unless a newer version is given.
 * @source apimachinery/pkg/util/validation; DS-15.1 … DS-15.5, DS-15.81
 */
import { readsAsLabelValue, readsAsNamePart, readsAsSubdomain } from './name-syntax.ts'
import { type ChangeName, type KubernetesVersion, since } from './version.ts'

/** Whether the given version, if any, has the change. */
const has = (version: KubernetesVersion | undefined, change: ChangeName): boolean => version !== undefined && since(version, change)

export function maxLengthError(length: number): string {
  return `must be no more than ${length} characters`
}

/** `message (e.g. 'a',  or 'b', regex used for validation is '…')`, with the two spaces upstream prints. */
export function regexError(message: string, pattern: string, ...examples: string[]): string {
  return `${message} (e.g. ${examples.map((example) => `'${example}'`).join(',  or ')}, regex used for validation is '${pattern}')`
}

export const labelPattern = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const label1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const label1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/

const byteLength = (text: string): number => new TextEncoder().encode(text).length

const dns1123LabelText = regexError(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  labelPattern,
  'my-name',
  '123-abc',
)
const dns1123SubdomainText = regexError(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  `${labelPattern}(\\.${labelPattern})*`,
  'example.com',
)
const dns1035LabelText = regexError(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  '[a-z]([-a-z0-9]*[a-z0-9])?',
  'my-name',
  'abc-123',
)
const qualifiedNameExpectation = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
const qualifiedNameRegexText = regexError(qualifiedNameExpectation, '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]', 'MyName', 'my.name', '123-abc')
const labelValueText = regexError(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?',
  'MyValue',
  'my_value',
  '12345',
)

/** At most 63 lower-case letters, digits and `-`. @source IsDNS1123Label */
export function dns1123Label(value: string, version?: KubernetesVersion): string[] {
  const errors: string[] = []
  if (byteLength(value) > 63) errors.push(maxLengthError(63))
  if (!label1123.test(value)) {
    const onlyDots = has(version, 'dotsInContainerNameText') && readsAsSubdomain(value)
    errors.push(onlyDots ? 'must not contain dots' : dns1123LabelText)
  }
  return errors
}

/** A label that starts with a letter: the name of a Service. @source IsDNS1035Label */
export function dns1035Label(value: string): string[] {
  const errors: string[] = []
  if (byteLength(value) > 63) errors.push(maxLengthError(63))
  if (!label1035.test(value)) errors.push(dns1035LabelText)
  return errors
}

/** At most 253 characters, labels joined by dots. @source IsDNS1123Subdomain */
export function dns1123Subdomain(value: string): string[] {
  const errors: string[] = []
  if (byteLength(value) > 253) errors.push(maxLengthError(253))
  if (!readsAsSubdomain(value)) errors.push(dns1123SubdomainText)
  return errors
}

const tooLongForLabel = (version: KubernetesVersion | undefined): string =>
  has(version, 'bytesText') ? 'must be no more than 63 bytes' : maxLengthError(63)

/** A label key: optional subdomain prefix, `/`, name. @source IsQualifiedName */
export function qualifiedName(value: string, version?: KubernetesVersion): string[] {
  const errors: string[] = []
  const parts = value.split('/')
  if (parts.length > 2) {
    const start = has(version, 'labelKeyText') ? 'a valid label key' : 'a qualified name'
    return [`${start} ${qualifiedNameRegexText} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  }
  if (parts.length === 2) {
    const prefix = parts[0] as string
    if (prefix === '') errors.push('prefix part must be non-empty')
    else errors.push(...dns1123Subdomain(prefix).map((error) => `prefix part ${error}`))
  }
  const name = parts[parts.length - 1] as string
  if (name === '') errors.push('name part must be non-empty')
  else if (byteLength(name) > 63) errors.push(`name part ${tooLongForLabel(version)}`)
  if (!readsAsNamePart(name)) errors.push(`name part ${qualifiedNameRegexText}`)
  return errors
}

/** A label value: at most 63 characters, may be empty. @source IsValidLabelValue */
export function labelValue(value: string, version?: KubernetesVersion): string[] {
  const errors: string[] = []
  if (byteLength(value) > 63) errors.push(tooLongForLabel(version))
  if (!readsAsLabelValue(value)) errors.push(labelValueText)
  return errors
}

/** The name of a container port. @source IsValidPortName; DS-15.25 */
export function portName(value: string, version?: KubernetesVersion): string[] {
  const errors: string[] = []
  if (byteLength(value) > 15) errors.push(maxLengthError(15))
  if (!/^[-a-z0-9]+$/.test(value)) errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(value)) {
    errors.push(
      has(version, 'portNameLetterText') ? 'must contain at least one letter (a-z)' : 'must contain at least one letter or number (a-z, 0-9)',
    )
  }
  if (value.includes('--')) errors.push('must not contain consecutive hyphens')
  if (value !== '' && (value.startsWith('-') || value.endsWith('-'))) errors.push('must not begin or end with a hyphen')
  return errors
}

/** The name of an environment variable. @source IsEnvVarName, IsRelaxedEnvVarName; DS-15.27 */
export function envVarName(value: string, version?: KubernetesVersion): string[] {
  const errors: string[] = []
  if (has(version, 'relaxedEnvNames')) {
    if (value === '') errors.push('environment variable name must be non-empty')
    const allowed = /^[ -<>-~]+$/
    if (!allowed.test(value)) errors.push("a valid environment variable name must consist only of printable ASCII characters other than '='")
    return errors
  }
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(value)) {
    const text = "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit"
    errors.push(regexError(text, '[-._a-zA-Z][-._a-zA-Z0-9]*', 'my.env-name', 'MY_ENV.NAME', 'MyEnvName1'))
  }
  return [...errors, ...dotPrefix(value)]
}

/** A name that reads like a folder above. @source hasChDirPrefix */
export function dotPrefix(value: string): string[] {
  if (value === '.') return ["must not be '.'"]
  if (value === '..') return ["must not be '..'"]
  return value.startsWith('..') ? ["must not start with '..'"] : []
}

/** The alphabet of generated names and hashes: no vowels, nothing that reads like another character. NM-1.1 */
export const safeAlphabet = 'bcdfghjklmnpqrstvwxz2456789'

/** Five random characters; `random(below)` gives a whole number under `below`. NM-1.1 */
export function generateSuffix(random: (below: number) => number): string {
  let suffix = ''
  for (let i = 0; i < 5; i++) suffix += safeAlphabet[random(safeAlphabet.length)]
  return suffix
}

/** The name for `generateName`: the base cut to 58 characters, then a suffix. NM-1.2 */
export function generateName(base: string, random: (below: number) => number): string {
  return `${base.slice(0, 58)}${generateSuffix(random)}`
}
