import { dns1123Subdomain } from '../../name.ts'
import { compareQuantities } from '../../quantity.ts'
import type { LabelSelector } from '../../types.ts'
import type { FieldErrors } from '../field-errors.ts'
import { validateQuantity } from '../resources.ts'

export interface ClaimSpec {
  accessModes?: string[]
  selector?: LabelSelector
  resources?: { requests?: Record<string, string> }
  storageClassName?: string
  volumeMode?: string
}

type CheckSelector = (errors: FieldErrors, selector: LabelSelector, path: string) => void

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']
const volumeModes = ['Block', 'Filesystem']

/** What a claim for storage asks for. Where its data comes from is not checked. @source ValidatePersistentVolumeClaimSpec */
export function validateClaimSpec(errors: FieldErrors, spec: ClaimSpec, path: string, checkSelector: CheckSelector): void {
  const modes = spec.accessModes ?? []
  if (modes.length === 0) errors.required(`${path}.accessModes`, 'at least 1 access mode is required')
  if (spec.selector) checkSelector(errors, spec.selector, `${path}.selector`)
  for (const mode of modes) if (!accessModes.includes(mode)) errors.notSupported(`${path}.accessModes`, mode, accessModes)
  if (modes.includes('ReadWriteOncePod') && modes.some((mode) => mode !== 'ReadWriteOncePod' && accessModes.includes(mode))) {
    errors.forbidden(`${path}.accessModes`, 'may not use ReadWriteOncePod with other access modes')
  }
  const storage = spec.resources?.requests?.storage
  const at = `${path}.resources[storage]`
  if (storage === undefined) errors.required(at)
  else {
    validateQuantity(errors, 'storage', storage, at)
    if (compareQuantities(storage, '0') <= 0) errors.invalid(at, storage, 'must be greater than zero')
  }
  if (spec.storageClassName) errors.invalidEach(`${path}.storageClassName`, spec.storageClassName, dns1123Subdomain(spec.storageClassName))
  if (spec.volumeMode !== undefined && !volumeModes.includes(spec.volumeMode)) {
    errors.notSupported(`${path}.volumeMode`, spec.volumeMode, volumeModes)
  }
}
