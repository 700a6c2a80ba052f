import { toInt64 } from './requirement.ts'
import type { IntOrString } from './types.ts'

/** Go's strconv.Atoi accepts a sign and digits, nothing else. */
const integer = /^[+-]?[0-9]+$/

/**
 * What is wrong with the value, in the words of apimachinery; undefined when it can be scaled.
 * @source apimachinery/pkg/util/intstr getIntOrPercentValueSafely
 */
export function scaledValueError(value: IntOrString): string | undefined {
  if (typeof value === 'number') return undefined
  if (!value.endsWith('%')) return 'invalid value for IntOrString: invalid type: string is not a percentage'
  const digits = value.slice(0, -1)
  const isInteger = integer.test(digits)
  if (isInteger && toInt64(digits) !== undefined) return undefined
  const why = isInteger ? 'value out of range' : 'invalid syntax'
  return `invalid value for IntOrString: invalid value ${JSON.stringify(value)}: strconv.Atoi: parsing ${JSON.stringify(digits)}: ${why}`
}

/**
 * An integer as it is, a percentage of total rounded up or down; undefined when the value is neither (`scaledValueError` says why).
 * @source apimachinery/pkg/util/intstr GetScaledValueFromIntOrPercent
 */
export function scaledValue(value: IntOrString, total: number, roundUp: boolean): number | undefined {
  if (typeof value === 'number') return value
  if (scaledValueError(value) !== undefined) return undefined
  const product = Number(value.slice(0, -1)) * total
  return roundUp ? Math.ceil(product / 100) : Math.floor(product / 100)
}
