/**
 * Resource quantities (`500m`, `1.5Gi`, `1e3`) as exact numbers.
 *
 * Modelled: syntax, rounding up to nano, cap of binary quantities, canonical text, what becomes of values beyond int64. Numbers handed
 * out are JavaScript numbers: exact up to 2^53, which is far above what a node has.
 * @source apimachinery/pkg/api/resource/quantity.go ParseQuantity
 */

type Format = 'decimal' | 'exponent' | 'binary'

/** As upstream keeps it: value · 10^-scale; `big`: a number of any size, else an int64. */
interface Stored {
  readonly value: bigint
  readonly scale: number
  readonly big: boolean
}

interface Quantity {
  /** The amount in billionths. */
  nano: bigint
  stored: Stored
  format: Format
  canonical: string
}

const formatWrong = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
const suffixWrong = "unable to parse quantity's suffix"
const numberWrong = 'unable to parse numeric part of quantity'

const decimalExponents: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const binaryExponents: Record<string, number> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 }
const decimalSuffixes: Record<number, string> = { [-9]: 'n', [-6]: 'u', [-3]: 'm', 0: '', 3: 'k', 6: 'M', 9: 'G', 12: 'T', 15: 'P', 18: 'E' }
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const syntax = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*)([-+]?[0-9]*)$/
const billion = 1_000_000_000n
const maxInt64 = (1n << 63n) - 1n
/** What 64 bits hold of a number. */
const int64 = (value: bigint): bigint => BigInt.asIntN(64, value)
const nanoScale = 9
/** Beyond this an amount is cut, so that a hostile `1e999999999` cannot eat the machine. */
const maxExponent = 400

interface Suffix {
  format: Format
  /** Power of ten, or of 1024 for binary. */
  exponent: number
}

function interpretSuffix(suffix: string): Suffix | undefined {
  const binary = binaryExponents[suffix]
  if (binary !== undefined) return { format: 'binary', exponent: binary }
  const decimal = decimalExponents[suffix]
  if (decimal !== undefined) return { format: 'decimal', exponent: decimal }
  const exponent = /^[eE]([-+]?[0-9]+)$/.exec(suffix)
  if (!exponent) return undefined
  const wanted = BigInt(exponent[1]?.replace('+', '') ?? 0)
  return int64(wanted) === wanted ? { format: 'exponent', exponent: Number(BigInt.asIntN(32, wanted)) } : undefined
}

/** Away from zero: who asks for a little gets a little. */
function divideUp(value: bigint, by: bigint): bigint {
  const whole = value / by
  if (whole * by === value) return whole
  return value < 0n ? whole - 1n : whole + 1n
}

function scaleToNano(value: bigint, exponent: number): bigint {
  const shift = Math.max(-maxExponent, Math.min(maxExponent, exponent)) + nanoScale
  return shift >= 0 ? value * 10n ** BigInt(shift) : divideUp(value, 10n ** BigInt(-shift))
}

/** Strips factors of `base` from value: `[mantissa, times]`. */
function factorOut(value: bigint, base: bigint): [bigint, number] {
  let times = 0
  let rest = value
  while (rest !== 0n && rest % base === 0n) {
    rest /= base
    times++
  }
  return [rest, times]
}

function canonicalText(nano: bigint, format: Format): string {
  if (nano === 0n) return '0'
  const integral = nano % billion === 0n
  const whole = nano / billion
  if (format === 'binary' && integral && (whole <= -1024n || whole >= 1024n)) {
    const [mantissa, times] = factorOut(whole, 1024n)
    return `${mantissa}${binarySuffixes[times] ?? ''}`
  }
  return decimalText(nano, -nanoScale, format)
}

/** `mantissa` times ten to the `exponent`. */
function decimalText(value: bigint, power: number, format: Format): string {
  let [mantissa, times] = factorOut(value, 10n)
  let exponent = power + times
  while (exponent % 3 !== 0) {
    mantissa *= 10n
    exponent--
  }
  if (format === 'exponent') return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`
  // upstream loses the exponent for which there is no suffix
  return `${mantissa}${decimalSuffixes[exponent] ?? ''}`
}

/** Whether the text of an int64 is kept as written: the quick test of the API server, which lets `+1` and `1.123456789` through as they are. */
function keepsText(digits: string, { format, exponent }: Suffix, decimals: number): boolean {
  if (format === 'binary') return BigInt(digits) % 8n !== 0n
  return (exponent - decimals) % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0')
}

function writtenText(nano: bigint, { value, scale, big }: Stored, format: Format): string {
  return big || format === 'binary' || value === 0n ? canonicalText(nano, format) : decimalText(value, -scale, format)
}

/** Whether upstream keeps the number as an int64: it judges by the length of the text. */
function fitsInt64(digits: string, { format, exponent }: Suffix, decimals: number): boolean {
  if (format !== 'binary') return digits.length <= 18 && exponent - decimals >= -nanoScale
  return decimals === 0 && digits.length + exponent * 3 <= 14
}

function parse(text: string): Quantity | string {
  if (text === '') return formatWrong
  if (/^[+-]?0*$/.test(text)) return { nano: 0n, stored: { value: 0n, scale: 0, big: false }, format: 'decimal', canonical: '0' }
  const parts = syntax.exec(text)
  if (!parts) return formatWrong
  const [, sign, integer = '', fraction = '', letters, exponentDigits] = parts
  const suffix = interpretSuffix(`${letters}${exponentDigits}`)
  if (!suffix) return suffixWrong
  const digits = `${integer.replace(/^0+/, '') || '0'}${fraction}`
  const big = !fitsInt64(digits, suffix, fraction.length)
  if (big && integer === '' && fraction === '') return numberWrong
  let magnitude = BigInt(digits)
  let exponent = suffix.exponent
  if (suffix.format === 'binary') {
    magnitude *= 1024n ** BigInt(exponent)
    exponent = 0
  }
  let nano = scaleToNano(magnitude, exponent - fraction.length)
  let stored: Stored = { value: magnitude, scale: fraction.length - exponent, big }
  if (big && (magnitude > maxInt64 || stored.scale > nanoScale)) stored = { value: nano, scale: nanoScale, big }
  if (suffix.format === 'binary' && nano > maxInt64 * billion) {
    nano = maxInt64 * billion
    stored = { value: maxInt64, scale: 0, big }
  }
  if (sign === '-') {
    nano = -nano
    stored = { ...stored, value: -stored.value }
  }
  return {
    nano,
    stored,
    format: suffix.format,
    canonical: !big && keepsText(digits, suffix, fraction.length) ? text : writtenText(nano, stored, suffix.format),
  }
}

const parsed = new Map<string, Quantity | string>()
const maxCached = 10_000

function lookup(text: string): Quantity | string {
  let result = parsed.get(text)
  if (result === undefined) {
    if (parsed.size >= maxCached) parsed.clear()
    result = parse(text)
    parsed.set(text, result)
  }
  return result
}

/** Powers of ten by which an int64 is multiplied at once, with whatever 64 bits come of it; by others it is only as far as it fits. */
const stepsAtOnce: ReadonlySet<number> = new Set([0, 1, 2, 3, 6, 9])

/** @source scale_int.go scaledValue, amount.go AsScaledInt64 */
function scaleUp({ value, big }: Stored, by: number): bigint {
  if (big) return int64(int64(value) * (by > 18 ? -maxInt64 - 1n : 10n ** BigInt(by)))
  if (value === 0n || by > 18) return 0n
  const result = value * 10n ** BigInt(by)
  return stepsAtOnce.has(by) || int64(result) === result ? int64(result) : 0n
}

function scaleDown({ value, big }: Stored, by: number): bigint {
  const divisor = 10n ** BigInt(by)
  if (!big) return divideUp(value, divisor)
  const isSmall = value < maxInt64 && by < 19
  const dividend = isSmall ? int64(value) : value
  const rest = dividend % divisor
  const whole = dividend / divisor - (!isSmall && rest < 0n ? 1n : 0n)
  return int64(rest === 0n ? whole : whole + 1n)
}

/** In units of 10^-scale, rounded up. What does not fit an int64 is cut as upstream cuts it. */
function scaled(stored: Stored, scale: number): bigint {
  const down = stored.scale - scale
  return down > 0 ? scaleDown(stored, down) : scaleUp(stored, -down)
}

function amount(text: string): bigint {
  const quantity = lookup(text)
  return typeof quantity === 'string' ? 0n : quantity.nano
}

const millis = new Map<string, number>()
const values = new Map<string, number>()

function cached(cache: Map<string, number>, text: string, scale: number): number {
  let result = cache.get(text)
  if (result === undefined) {
    if (cache.size >= maxCached) cache.clear()
    const quantity = lookup(text)
    result = typeof quantity === 'string' ? 0 : Number(scaled(quantity.stored, scale))
    cache.set(text, result)
  }
  return result
}

/** Thousandths, rounded up (`0.1` → 100, `1n` → 1). Text that is no quantity counts as 0. */
export function toMilli(text: string): number {
  return cached(millis, text, 3)
}

/** Whole units, rounded up (`1Ki` → 1024, `1.5` → 2). Text that is no quantity counts as 0. */
export function toValue(text: string): number {
  return cached(values, text, 0)
}

export function isQuantity(text: string): boolean {
  return typeof lookup(text) !== 'string'
}

/** What the API server says about text that is no quantity; undefined when it is one. */
export function quantityError(text: string): string | undefined {
  const quantity = lookup(text)
  return typeof quantity === 'string' ? quantity : undefined
}

/** The text the API server gives back (`1.5` → `1500m`, `1024Ki` → `1Mi`); text that is no quantity comes back as it is. */
export function canonicalQuantity(text: string): string {
  const quantity = lookup(text)
  return typeof quantity === 'string' ? text : quantity.canonical
}

/** Rounded up to thousandths, as resource lists are stored (`100.5m` → `101m`). @source pkg/apis/core/v1/defaults.go SetDefaults_ResourceList */
export function roundUpToMilli(text: string): string {
  const quantity = lookup(text)
  if (typeof quantity === 'string' || quantity.nano % 1_000_000n === 0n) return canonicalQuantity(text)
  return canonicalText(divideUp(quantity.nano, 1_000_000n) * 1_000_000n, quantity.format)
}

/** Exact order of two quantities: negative, 0 or positive. */
export function compareQuantities(a: string, b: string): number {
  const difference = amount(a) - amount(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Exact sum, in the format of the first one that is not zero (`1Gi` + `512Mi` → `1536Mi`). */
export function addQuantities(a: string, b: string): string {
  const first = lookup(a)
  const second = lookup(b)
  const format = typeof first !== 'string' && first.nano !== 0n ? first.format : typeof second !== 'string' ? second.format : 'decimal'
  return canonicalText(amount(a) + amount(b), format)
}

/** `1500` → `1500m`, `2000` → `2`. */
export function formatMilli(milli: number): string {
  return canonicalText(BigInt(Math.ceil(milli)) * 1_000_000n, 'decimal')
}

/** Bytes with binary suffix (`1610612736` → `1536Mi`). */
export function formatBinary(bytes: number): string {
  return canonicalText(BigInt(Math.ceil(bytes)) * billion, 'binary')
}
