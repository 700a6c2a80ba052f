/** Tolerations of pods and taints of nodes. @source ValidateTolerations, validateNodeTaints; DS-15.39 */
import { labelValue, qualifiedName } from '../name.ts'
import type { Taint, Toleration } from '../types.ts'
import { since } from '../version.ts'
import type { FieldErrors } from './field-errors.ts'
import { taintValue, tolerationValue } from './go-value.ts'

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

function validateEffect(errors: FieldErrors, effect: string | undefined, path: string, required: boolean): void {
  if (effect) {
    if (!effects.includes(effect)) errors.notSupported(path, effect, effects)
  } else if (required) errors.required(path)
}

function validateValue(errors: FieldErrors, toleration: Toleration, path: string): void {
  const value = toleration.value ?? ''
  switch (toleration.operator) {
    case undefined:
    case '':
    case 'Equal': {
      const wrong = labelValue(value, errors.version)
      if (wrong.length) errors.invalid(path, value, wrong.join(';'))
      break
    }
    case 'Exists':
      if (value !== '') {
        const shown = since(errors.version, 'tolerationValueText') ? value : tolerationValue(toleration)
        errors.invalid(path, shown, "value must be empty when `operator` is 'Exists'")
      }
      break
    default:
      errors.notSupported(path, toleration.operator, ['Equal', 'Exists'])
  }
}

export function validateTolerations(errors: FieldErrors, tolerations: readonly Toleration[] | undefined, path: string): void {
  tolerations?.forEach((toleration, i) => {
    const at = `${path}[${i}]`
    const { key, operator, effect, tolerationSeconds } = toleration
    if (key) errors.invalidEach(`${at}.key`, key, qualifiedName(key, errors.version))
    if (!key && operator !== 'Exists') {
      errors.invalid(`${at}.operator`, operator ?? '', 'operator must be Exists when `key` is empty, which means "match all values and all keys"')
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      errors.invalid(`${at}.effect`, effect ?? '', "effect must be 'NoExecute' when `tolerationSeconds` is set")
    }
    validateValue(errors, toleration, `${at}.operator`)
    validateEffect(errors, effect, `${at}.effect`, false)
  })
}

/** Taints stand at `metadata.taints` in messages. */
export function validateNodeTaints(errors: FieldErrors, taints: readonly Taint[] | undefined): void {
  const seen = new Set<string>()
  taints?.forEach((taint, i) => {
    const at = `metadata.taints[${i}]`
    errors.invalidEach(`${at}.key`, taint.key ?? '', qualifiedName(taint.key ?? '', errors.version))
    const wrong = labelValue(taint.value ?? '', errors.version)
    if (wrong.length) errors.invalid(`${at}.value`, taint.value ?? '', wrong.join(';'))
    validateEffect(errors, taint.effect, `${at}.effect`, true)
    const identity = `${taint.key}:${taint.effect}`
    if (seen.has(identity)) errors.duplicate(at, taintValue(taint), 'taints must be unique by key and effect pair')
    seen.add(identity)
  })
}
