import type { ScalarNode } from './node.ts'
import { decoderError } from './yaml-error.ts'

/** A scalar as go-yaml has it: whole numbers are bigint, others number. */
export type GoScalar = string | boolean | null | bigint | number

const prefix = 'tag:yaml.org,2002:'
const ownTags = new Set(['bool', 'int', 'float', 'null', 'timestamp'].map((tag) => prefix + tag))

const words = new Map<string, GoScalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
])

/** What a scalar means. Throws YamlError where its tag says that it is something else. */
export function resolveScalar({ value, tag, isImplicit, line }: ScalarNode): GoScalar {
  if (tag === `${prefix}binary`) {
    const bytes = fromBase64(value)
    if (bytes === undefined) throw decoderError(line, '!!binary value contains invalid base64 data')
    return bytes
  }
  if (tag ? !ownTags.has(tag) : !isImplicit) return value
  const resolved = resolvePlain(value)
  const wanted = tag.slice(prefix.length)
  if (!wanted) return resolved
  if (wanted === 'timestamp' && isTimestamp(value)) return value
  const found = typeOf(resolved)
  if (found === wanted) return resolved
  if (wanted === 'float' && typeof resolved === 'bigint' && resolved <= 0x7fffffffffffffffn) return Number(resolved)
  throw decoderError(line, `cannot decode !!${found} \`${value}\` as a !!${wanted}`)
}

function typeOf(value: GoScalar): string {
  if (value === null) return 'null'
  return { string: 'str', boolean: 'bool', bigint: 'int', number: 'float' }[typeof value as 'string']
}

function resolvePlain(text: string): GoScalar {
  const word = words.get(text)
  if (word !== undefined) return word
  if (text[0] === '.') return /^\.\d+(e[-+]?\d+)?$/i.test(text) ? toFloat(text, text) : text
  if (!/^[-+\d]/.test(text)) return text
  const plain = text.replace(/_/g, '')
  const whole = toInteger(plain)
  if (whole !== undefined) return whole
  return /^[-+]?(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?$/i.test(plain) ? toFloat(plain, text) : text
}

/** A number too large for a float is a text. */
function toFloat(digits: string, text: string): number | string {
  const value = Number(digits)
  return Number.isFinite(value) ? value : text
}

const wholeNumber = /^([-+]?)(?:0x([\da-f]+)|0b([01]+)|0o?([0-7]+)|(0|[1-9]\d*))$/i

/** Of 64 bits, with sign or without. */
function toInteger(plain: string): bigint | undefined {
  const [, sign, hex, binary, octal, decimal] = wholeNumber.exec(plain) ?? []
  if (sign === undefined || plain.length > 100) return undefined
  const digits = hex ? `0x${hex}` : binary ? `0b${binary}` : octal ? `0o${octal}` : (decimal as string)
  const size = BigInt(digits)
  if (sign === '-') return size <= 1n << 63n ? -size : undefined
  return size < 1n << (sign ? 63n : 64n) ? size : undefined
}

const zoned = /^(\d{4})-(\d\d?)-(\d\d?)[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)$/
const unzoned = /^(\d{4})-(\d\d?)-(\d\d?)(?: (\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?$/

function isTimestamp(text: string): boolean {
  const parts = zoned.exec(text) ?? unzoned.exec(text)
  if (!parts) return false
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number]
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60
}

function fromBase64(text: string): string | undefined {
  const packed = text.replace(/[\r\n]/g, '')
  if (packed.length % 4 || !/^[\w+/]*={0,2}$/.test(packed) || packed.includes('_')) return undefined
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0))
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
