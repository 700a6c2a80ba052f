import type { FieldErrors } from '../field-errors.ts'

export interface AppArmorProfile {
  type?: string
  localhostProfile?: string
}

const types = ['Localhost', 'RuntimeDefault', 'Unconfined']
const longestPath = 4095
const mustBeSet = 'must be set when AppArmor type is Localhost'

function validateLocalProfile(errors: FieldErrors, name: string | undefined, path: string): void {
  if (name === undefined) {
    errors.required(path, mustBeSet)
    return
  }
  if (name.trim() !== name) errors.invalid(path, name, 'must not be padded with whitespace')
  else if (name === '') errors.required(path, mustBeSet)
  if (new TextEncoder().encode(name).length > longestPath) errors.tooLong(path, longestPath)
}

/** @source ValidateAppArmorProfileField */
export function validateAppArmor(errors: FieldErrors, profile: AppArmorProfile | undefined, path: string): void {
  if (!profile) return
  const { type = '', localhostProfile } = profile
  const local = `${path}.localhostProfile`
  if (type === 'Localhost') validateLocalProfile(errors, localhostProfile, local)
  else if (type === '') errors.required(`${path}.type`, 'type is required when appArmorProfile is set')
  else if (!types.includes(type)) errors.notSupported(`${path}.type`, type, types)
  else if (localhostProfile !== undefined) errors.invalid(local, localhostProfile, 'can only be set when AppArmor type is Localhost')
}
