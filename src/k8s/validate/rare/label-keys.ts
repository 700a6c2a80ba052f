import { qualifiedName } from '../../name.ts'
import type { LabelSelector, PodAffinityTerm } from '../../types.ts'
import type { FieldErrors } from '../field-errors.ts'

function validateNames(errors: FieldErrors, keys: readonly string[], selector: LabelSelector | undefined, path: string): void {
  if (keys.length && !selector) errors.forbidden(path, 'must not be specified when labelSelector is not set')
  else
    keys.forEach((key, i) => {
      errors.invalidEach(`${path}[${i}]`, key, qualifiedName(key, errors.version))
    })
}

/**
 * The selector of a pod has the values of its keys by then, so one more requirement about a key is one too many; a template's has not.
 * It is reported by the number of the key, without the name of the list.
 * @source validateMatchLabelKeysAndMismatchLabelKeys
 */
export function validateLabelKeys(errors: FieldErrors, term: PodAffinityTerm, path: string): void {
  const { matchLabelKeys = [], mismatchLabelKeys = [], labelSelector } = term
  validateNames(errors, matchLabelKeys, labelSelector, `${path}.matchLabelKeys`)
  validateNames(errors, mismatchLabelKeys, labelSelector, `${path}.mismatchLabelKeys`)
  const selected = new Set(Object.keys(labelSelector?.matchLabels ?? {}))
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    const i = matchLabelKeys.lastIndexOf(key)
    if (i >= 0 && selected.has(key)) errors.invalid(`${path}[${i}]`, key, 'exists in both matchLabelKeys and labelSelector')
    selected.add(key)
  }
  matchLabelKeys.forEach((key, i) => {
    if (mismatchLabelKeys.includes(key)) errors.invalid(`${path}.matchLabelKeys[${i}]`, key, 'exists in both matchLabelKeys and mismatchLabelKeys')
  })
}
