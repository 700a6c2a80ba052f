import type { StringMap } from './types.ts'

export type SelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt'

/** One parsed condition on a label. */
export interface SelectorRequirement {
  key: string
  operator: SelectorOperator
  values: readonly string[]
}

const decimal = /^[+-]?\d+$/
const min = -(1n << 63n)
const max = (1n << 63n) - 1n

/** The text as a signed 64-bit integer, undefined when it is none. @source Go strconv.ParseInt(text, 10, 64) */
export function toInt64(text: string | undefined): bigint | undefined {
  if (text === undefined || !decimal.test(text)) return undefined
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
  return value < min || value > max ? undefined : value
}

/** Whether a set of labels meets the requirement. @source labels.Requirement.Matches; SCH-4.4 */
export function requirementMatches(requirement: SelectorRequirement, labels: StringMap): boolean {
  const { operator, values } = requirement
  // a key may be one that every JavaScript object has: `constructor`
  const value = Object.hasOwn(labels, requirement.key) ? labels[requirement.key] : undefined
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default: {
      const actual = toInt64(value)
      const bound = toInt64(values[0])
      if (actual === undefined || bound === undefined) return false
      return operator === 'Gt' ? actual > bound : actual < bound
    }
  }
}
