/** Numbers of a rolling update: integers or percentages. @source pkg/apis/apps/validation; DS-15.54 */
import type { IntOrString } from '../types.ts'
import type { FieldErrors } from './field-errors.ts'
import { intOrStringValue } from './go-value.ts'

const percent = /^[0-9]+%$/
const percentText =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"

const isPercent = (value: IntOrString): value is string => typeof value === 'string' && percent.test(value)

/** @source ValidatePositiveIntOrPercent */
export function validatePositiveIntOrPercent(errors: FieldErrors, value: IntOrString, path: string): void {
  if (typeof value === 'number') errors.nonNegative(path, value)
  else if (!isPercent(value)) errors.invalid(path, intOrStringValue(value), percentText)
}

/** Text that is no number counts as 0. @source getIntOrPercentValue */
export function intOrPercentValue(value: IntOrString): number {
  if (typeof value === 'number') return value
  if (isPercent(value)) return Number(value.slice(0, -1))
  return /^[+-]?[0-9]+$/.test(value) ? Number(value) : 0
}

/** @source IsNotMoreThan100Percent */
export function validateAtMost100Percent(errors: FieldErrors, value: IntOrString, path: string): void {
  if (isPercent(value) && intOrPercentValue(value) > 100) errors.invalid(path, intOrStringValue(value), 'must not be greater than 100%')
}
