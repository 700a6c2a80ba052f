import { labelValue, qualifiedName } from '../name.ts'
import type { LabelSelector, LabelSelectorRequirement } from '../types.ts'
import { since } from '../version.ts'
import type { FieldErrors } from './field-errors.ts'
import { validateLabels } from './metadata.ts'

export const noValues = "must be specified when `operator` is 'In' or 'NotIn'"
export const unwantedValues = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
export const badOperator = 'not a valid selector operator'

function validateRequirement(errors: FieldErrors, r: LabelSelectorRequirement, path: string): void {
  if (r.operator === 'In' || r.operator === 'NotIn') {
    if (!r.values?.length) errors.required(`${path}.values`, noValues)
  } else if (r.operator === 'Exists' || r.operator === 'DoesNotExist') {
    if (r.values?.length) errors.forbidden(`${path}.values`, unwantedValues)
  } else errors.invalid(`${path}.operator`, r.operator ?? '', badOperator)
  errors.invalidEach(`${path}.key`, r.key ?? '', qualifiedName(r.key ?? '', errors.version))
  if (!since(errors.version, 'selectorValuesValidated')) return
  r.values?.forEach((value, i) => {
    errors.invalidEach(`${path}.values[${i}]`, value, labelValue(value, errors.version))
  })
}

/** @source apimachinery/pkg/apis/meta/v1/validation ValidateLabelSelector; DS-15.10, DS-15.11 */
export function validateLabelSelector(errors: FieldErrors, selector: LabelSelector | undefined, path: string): void {
  if (!selector) return
  validateLabels(errors, selector.matchLabels, `${path}.matchLabels`)
  selector.matchExpressions?.forEach((requirement, i) => {
    validateRequirement(errors, requirement, `${path}.matchExpressions[${i}]`)
  })
}
