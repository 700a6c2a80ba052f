import { dns1123Subdomain, qualifiedName } from '../../name.ts'
import type { KubeEvent } from '../../types.ts'
import type { FieldErrors } from '../field-errors.ts'

const longest = { action: 128, reason: 128, message: 1024, reportingInstance: 128 } as const

function validateText(errors: FieldErrors, event: KubeEvent, field: keyof typeof longest): void {
  const text = event[field] ?? ''
  if (!text && field !== 'message') errors.required(field)
  if (text.length > longest[field]) errors.invalid(field, '', `can have at most ${longest[field]} characters`)
}

/** Events with a time of the newer API say who reports; those of the older one are only about what is in their namespace. @source pkg/apis/core/validation/events.go legacyValidateEvent */
export function validateEvent(errors: FieldErrors, event: KubeEvent): void {
  const { namespace = '' } = event.metadata
  const about = event.involvedObject?.namespace ?? ''
  const isAside = () => errors.invalid('involvedObject.namespace', about, 'does not match event.namespace')
  if (!event.eventTime) {
    if (about ? about !== namespace : namespace !== 'default') isAside()
  } else {
    if (!about && namespace !== 'kube-system') isAside()
    const controller = event.reportingComponent ?? ''
    if (!controller) errors.required('reportingController')
    errors.invalidEach('reportingController', controller, qualifiedName(controller, errors.version))
    validateText(errors, event, 'reportingInstance')
    validateText(errors, event, 'action')
    validateText(errors, event, 'reason')
    validateText(errors, event, 'message')
  }
  errors.invalidEach('namespace', namespace, dns1123Subdomain(namespace))
}
