/** Security contexts of pods and containers, without the Windows options. @source ValidateSecurityContext, validatePodSpecSecurityContext */
import type { PodSpec } from '../types.ts'
import type { FieldErrors } from './field-errors.ts'
import { structValue } from './go-value.ts'
import { validateLocalPath } from './local-path.ts'
import { rareChecks } from './rare/load.ts'

interface Profile {
  type?: string
  localhostProfile?: string
}

interface SecurityContext {
  runAsUser?: number
  runAsGroup?: number
  procMount?: string
  privileged?: boolean
  allowPrivilegeEscalation?: boolean
  capabilities?: { add?: string[] }
  seccompProfile?: Profile
  appArmorProfile?: Profile
}

interface PodSecurityContext extends SecurityContext {
  fsGroup?: number
  supplementalGroups?: number[]
  fsGroupChangePolicy?: string
  sysctls?: { name?: string }[]
}

const idRange = 'must be between 0 and 2147483647, inclusive'

function validateId(errors: FieldErrors, id: number | undefined, path: string): void {
  if (id !== undefined && (id < 0 || id > 2_147_483_647)) errors.invalid(path, id, idRange)
}

const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined']

function validateSeccomp(errors: FieldErrors, profile: Profile | undefined, path: string): void {
  if (!profile) return
  if (!profile.type) errors.required(`${path}.type`, 'type is required when seccompProfile is set')
  else if (!profileTypes.includes(profile.type)) errors.notSupported(`${path}.type`, profile.type, profileTypes)
  const local = `${path}.localhostProfile`
  if (profile.type === 'Localhost') {
    if (profile.localhostProfile === undefined) errors.required(local, 'must be set when seccomp type is Localhost')
    else validateLocalPath(errors, profile.localhostProfile, local)
  } else if (profile.localhostProfile !== undefined) {
    errors.invalid(local, structValue('core.SeccompProfile', profile), 'can only be set when seccomp type is Localhost')
  }
}

/** `sharesUsers`: the pod has the users of its node. */
export function validateSecurityContext(errors: FieldErrors, context: unknown, path: string, sharesUsers: boolean): void {
  if (!context) return
  const given = context as SecurityContext
  validateId(errors, given.runAsUser, `${path}.runAsUser`)
  validateId(errors, given.runAsGroup, `${path}.runAsGroup`)
  if (given.procMount !== undefined && given.procMount !== 'Default' && given.procMount !== 'Unmasked') {
    errors.notSupported(`${path}.procMount`, given.procMount, ['Default', 'Unmasked'])
  }
  if (given.procMount === 'Unmasked' && sharesUsers)
    errors.invalid(`${path}.procMount`, given.procMount, '`hostUsers` must be false to use `Unmasked`')
  validateSeccomp(errors, given.seccompProfile, `${path}.seccompProfile`)
  if (given.allowPrivilegeEscalation === false) validateNoEscalation(errors, given, path)
  if (given.appArmorProfile) rareChecks()?.validateAppArmor(errors, given.appArmorProfile, `${path}.appArmorProfile`)
}

function validateNoEscalation(errors: FieldErrors, given: SecurityContext, path: string): void {
  const shown = structValue('core.SecurityContext', given)
  if (given.privileged) errors.invalid(path, shown, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true')
  if (given.capabilities?.add?.includes('CAP_SYS_ADMIN')) {
    errors.invalid(path, shown, 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN')
  }
}

export function validatePodSecurityContext(errors: FieldErrors, spec: PodSpec, path: string): void {
  if (!spec.securityContext) return
  const given = spec.securityContext as PodSecurityContext
  validateId(errors, given.fsGroup, `${path}.fsGroup`)
  validateId(errors, given.runAsUser, `${path}.runAsUser`)
  validateId(errors, given.runAsGroup, `${path}.runAsGroup`)
  given.supplementalGroups?.forEach((id, i) => {
    validateId(errors, id, `${path}.supplementalGroups[${i}]`)
  })
  if (spec.hostPID && (spec as { shareProcessNamespace?: boolean }).shareProcessNamespace) {
    errors.invalid(`${path}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled')
  }
  if (given.sysctls) rareChecks()?.validateSysctls(errors, given.sysctls, spec, `${path}.sysctls`)
  const policy = given.fsGroupChangePolicy
  if (policy !== undefined && policy !== 'Always' && policy !== 'OnRootMismatch') {
    errors.notSupported(`${path}.fsGroupChangePolicy`, policy, ['Always', 'OnRootMismatch'])
  }
  validateSeccomp(errors, given.seccompProfile, `${path}.seccompProfile`)
  if (given.appArmorProfile) rareChecks()?.validateAppArmor(errors, given.appArmorProfile, `${path}.appArmorProfile`)
}
