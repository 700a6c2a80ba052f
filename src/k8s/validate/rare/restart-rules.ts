import type { Container } from '../../types.ts'
import { since } from '../../version.ts'
import type { FieldErrors } from '../field-errors.ts'

const policies = ['Always', 'Never', 'OnFailure']
const mostRules = 20
const mostValues = 255

/** Texts as seen from a server of 1.36.1. @source validateContainerRestartPolicy */
export function validateRestartRules(errors: FieldErrors, container: Container, path: string): void {
  const { restartPolicy, restartPolicyRules: rules = [] } = container
  if (restartPolicy !== undefined && !policies.includes(restartPolicy)) errors.notSupported(`${path}.restartPolicy`, restartPolicy, policies)
  if (restartPolicy === undefined && rules.length) errors.required(`${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used')
  const list = `${path}.restartPolicyRules`
  if (rules.length > mostRules) errors.tooMany(list, rules.length, mostRules)
  const actions = ['Restart', ...(since(errors.version, 'restartAllContainers') ? ['RestartAllContainers'] : [])]
  rules.forEach(({ action = '', exitCodes }, i) => {
    const at = `${list}[${i}]`
    if (!actions.includes(action)) errors.notSupported(`${at}.action`, action, actions)
    if (!exitCodes) {
      errors.required(`${at}.exitCodes`, 'must be specified')
      return
    }
    const { operator = '', values = [] } = exitCodes
    if (operator !== 'In' && operator !== 'NotIn') errors.notSupported(`${at}.exitCodes.operator`, operator, ['In', 'NotIn'])
    if (values.length > mostValues) errors.tooMany(`${at}.exitCodes.values`, values.length, mostValues)
  })
}
