/** Annotations that are older than the fields of today: profiles of seccomp and AppArmor, marks of mirror pods. */

import { placedContainers } from '../../placed-containers.ts'
import { mirrorPodAnnotation } from '../../pod.ts'
import type { PodSpec, StringMap } from '../../types.ts'
import type { FieldErrors } from '../field-errors.ts'
import { validateLocalPath } from '../local-path.ts'
import type { AppArmorProfile } from './app-armor.ts'

interface Profiles {
  seccompProfile?: AppArmorProfile
  appArmorProfile?: AppArmorProfile
}

const podSeccomp = 'seccomp.security.alpha.kubernetes.io/pod'
const seccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/'
const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/'
const local = 'localhost/'
const runtimeDefaults = ['runtime/default', 'docker/default']

/** @source ValidateSeccompProfile */
function validateSeccompText(errors: FieldErrors, profile: string, path: string): void {
  if (runtimeDefaults.includes(profile) || profile === 'unconfined') return
  if (profile.startsWith(local)) validateLocalPath(errors, profile.slice(local.length), path)
  else errors.invalid(path, profile, 'must be a valid seccomp profile')
}

const isAppArmorText = (profile: string): boolean => ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith(local)

/** @source ValidatePodSpecificAnnotations, without the cost of a deletion */
export function validateProfileAnnotations(errors: FieldErrors, annotations: StringMap, spec: PodSpec, path: string): void {
  const keys = Object.keys(annotations).sort()
  for (const key of keys) if (key === podSeccomp) validateSeccompText(errors, annotations[key] as string, `${path}.${key}`)
  for (const key of keys) if (key.startsWith(seccompPrefix)) validateSeccompText(errors, annotations[key] as string, `${path}.${key}`)
  for (const key of keys) {
    if (!key.startsWith(appArmorPrefix)) continue
    const [name, profile] = [key.slice(appArmorPrefix.length), annotations[key] as string]
    if (!placedContainers(spec, '').some(({ container }) => container.name === name)) errors.invalid(`${path}[${key}]`, name, 'container not found')
    if (!isAppArmorText(profile)) errors.invalid(`${path}[${key}]`, profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`)
  }
}

/** What an annotation says differs from what the field beside it says. */
function validateMatch(errors: FieldErrors, what: string, annotation: string, profile: AppArmorProfile, path: string): void {
  const { type, localhostProfile } = profile
  const defaults = what === 'seccomp' ? runtimeDefaults : runtimeDefaults.slice(0, 1)
  const isSameType =
    (type === 'Unconfined' && annotation === 'unconfined') ||
    (type === 'RuntimeDefault' && defaults.includes(annotation)) ||
    (type === 'Localhost' && annotation.startsWith(local)) ||
    !['Unconfined', 'RuntimeDefault', 'Localhost'].includes(type ?? '')
  if (!isSameType) errors.forbidden(`${path}.type`, `${what} type in annotation and field must match`)
  else if (type === 'Localhost' && annotation.slice(local.length) !== localhostProfile)
    errors.forbidden(`${path}.localhostProfile`, `${what} profile in annotation and field must match`)
}

/** @source validateSeccompAnnotationsAndFields, validateAppArmorAnnotationsAndFieldsMatchOnCreate */
export function validateProfilesMatch(errors: FieldErrors, annotations: StringMap, spec: PodSpec, path: string): void {
  const ofPod = (spec.securityContext ?? {}) as Profiles
  const containers = placedContainers(spec, path).map(({ container, at }) => {
    const own = (container.securityContext ?? {}) as Profiles
    return { own, name: container.name, at: `${at}.securityContext` }
  })
  const { [podSeccomp]: wanted } = annotations
  if (wanted !== undefined && ofPod.seccompProfile) {
    validateMatch(errors, 'seccomp', wanted, ofPod.seccompProfile, `${path}.securityContext.seccompProfile`)
  }
  for (const { own, name, at } of containers) {
    const annotation = annotations[seccompPrefix + name]
    if (annotation !== undefined && own.seccompProfile) validateMatch(errors, 'seccomp', annotation, own.seccompProfile, `${at}.seccompProfile`)
  }
  if ((spec as { os?: { name?: string } }).os?.name === 'windows') return
  for (const { own, name, at } of containers) {
    const profile = own.appArmorProfile ?? ofPod.appArmorProfile
    const annotation = annotations[appArmorPrefix + name]
    if (annotation !== undefined && profile) validateMatch(errors, 'apparmor', annotation, profile, `${at}.appArmorProfile`)
  }
}

/** @source ValidatePodSpecificAnnotationUpdates */
export function validateAnnotationUpdates(errors: FieldErrors, annotations: StringMap, old: StringMap, path: string): void {
  const refuse = (key: string, verb: string): void => {
    if (key.startsWith(appArmorPrefix)) errors.forbidden(`${path}[${key}]`, `may not ${verb} AppArmor annotations`)
    if (key === mirrorPodAnnotation) errors.forbidden(`${path}[${key}]`, `may not ${verb} mirror pod annotation`)
  }
  for (const key of Object.keys(old).sort()) if (annotations[key] !== old[key]) refuse(key, 'remove or update')
  for (const key of Object.keys(annotations).sort()) if (old[key] === undefined) refuse(key, 'add')
}
