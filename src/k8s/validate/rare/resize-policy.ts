import type { FieldErrors } from '../field-errors.ts'

interface ResizePolicy {
  resourceName?: string
  restartPolicy?: string
}

const policies = ['NotRequired', 'RestartContainer']

function validateChoice(errors: FieldErrors, value: string, choices: readonly string[], path: string): void {
  if (value === '') errors.required(path)
  else if (!choices.includes(value)) errors.notSupported(path, value, choices)
}

/** Most is reported by the path of the list. @source validateResizePolicy */
export function validateResizePolicy(errors: FieldErrors, list: readonly ResizePolicy[], path: string, podRestartPolicy: string | undefined): void {
  const seen = new Set<string>()
  list.forEach(({ resourceName = '', restartPolicy = '' }, i) => {
    if (seen.has(resourceName)) errors.duplicate(`${path}[${i}]`, resourceName)
    seen.add(resourceName)
    validateChoice(errors, resourceName, ['cpu', 'memory'], path)
    validateChoice(errors, restartPolicy, policies, path)
    if (podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired')
      errors.invalid(path, restartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'")
  })
}
