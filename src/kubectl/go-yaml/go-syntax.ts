import { quoteGo } from '#k8s/schema/go-format.ts'
import { GoMap, type GoValue } from './decode.ts'
import type { GoScalar } from './resolve.ts'

/** A number as Go prints it with `%v`, from as few digits as tell it from others of its size. */
export function formatFloat(number: number, bits: 32 | 64): string {
  const value = bits === 32 ? Math.fround(number) : number
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [mantissa = '', power = ''] = (bits === 64 ? value.toExponential() : shortest32(value)).split('e')
  const exponent = Number(power)
  const digits = mantissa.replace(/[-.]/g, '')
  if (exponent < -4 || exponent >= 6) return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  const sign = value < 0 ? '-' : ''
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const rest = digits.slice(exponent + 1)
  return sign + whole + (rest && `.${rest}`)
}

function shortest32(single: number): string {
  for (let places = 0; places < 9; places++) {
    const text = single.toExponential(places)
    if (Math.fround(Number(text)) === single) return Number(text).toExponential()
  }
  return single.toExponential()
}

/** A value as Go prints it with `%#v`, as errors about odd map keys have it. */
export function goSyntax(value: GoValue): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`
  if (value instanceof GoMap) {
    const pairs = [...value.entries].sort(([a], [b]) => inOrder(a, b)).map(([key, one]) => `${goSyntax(key)}:${goSyntax(one.value)}`)
    return `map[interface {}]interface {}{${pairs.join(', ')}}`
  }
  if (value === null) return 'interface {}(nil)'
  if (typeof value === 'string') return quoteGo(value)
  if (typeof value === 'number') return formatFloat(value, 64)
  return isUnsigned(value) ? `0x${value.toString(16)}` : String(value)
}

/** A whole number that is too large for one with a sign. */
export const isUnsigned = (value: GoValue): boolean => typeof value === 'bigint' && value > 0x7fffffffffffffffn

const inOrder = (a: GoScalar, b: GoScalar): number => {
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1)
  if (typeof a !== typeof b) return typeof a < typeof b ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}
