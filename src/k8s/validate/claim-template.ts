import type { FieldErrors } from './field-errors.ts'
import { validateLabelSelector } from './label-selector.ts'
import { rareChecks } from './rare/load.ts'

/** What claims are made from; of it the spec. */
export function validateClaimTemplate(errors: FieldErrors, template: { spec?: object }, path: string): void {
  rareChecks()?.validateClaimSpec(errors, template.spec ?? {}, `${path}.spec`, validateLabelSelector)
}
