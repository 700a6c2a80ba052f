/** Pods: what a new one must be and what an update may change. @source ValidatePodCreate, ValidatePodUpdate */
import { canonicalJson } from '../hash.ts'
import { keyedAffinity } from '../label-keys.ts'
import { withoutEmptyParts } from '../schema/empty-parts.ts'
import type { Container, Pod, PodSpec, Toleration } from '../types.ts'
import { since } from '../version.ts'
import type { FieldErrors } from './field-errors.ts'
import { nullValue } from './go-value.ts'
import { validatePodAnnotations } from './metadata.ts'
import { validatePodSpec } from './pod-spec.ts'
import { rareChecks } from './rare/load.ts'
import { validateTolerations } from './taint.ts'

function validateImages(errors: FieldErrors, containers: readonly Container[] | undefined, path: string): void {
  containers?.forEach(({ image = '' }, i) => {
    if (image !== image.trim()) errors.invalid(`${path}[${i}].image`, image, 'must not have leading or trailing whitespace')
  })
}

export function validateSpec(errors: FieldErrors, pod: Pod): void {
  validatePodSpec(errors, pod.spec, 'spec', pod.metadata.name ?? '')
  validateImages(errors, pod.spec.containers, 'spec.containers')
  validateImages(errors, pod.spec.initContainers, 'spec.initContainers')
}

export function validatePod(errors: FieldErrors, pod: Pod): void {
  validatePodAnnotations(errors, pod, 'metadata.annotations')
  const affinity = keyedAffinity(pod.spec.affinity, pod.metadata.labels, errors.version)
  validateSpec(errors, affinity === pod.spec.affinity ? pod : { ...pod, spec: { ...pod.spec, affinity } })
  if (pod.spec.ephemeralContainers?.length) errors.forbidden('spec.ephemeralContainers', 'cannot be set on create')
  if (pod.spec.nodeName && pod.spec.schedulingGates?.length) {
    errors.forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared')
  }
  if (pod.metadata.annotations) rareChecks()?.validateProfilesMatch(errors, pod.metadata.annotations, pod.spec, 'spec')
}

function validateContainerCount(errors: FieldErrors, list: readonly Container[] = [], old: readonly Container[] = [], path: string): boolean {
  if (list.length === old.length) return true
  errors.forbidden(path, 'pod updates may not add or remove containers')
  return false
}

/** @source validateOnlyAddedTolerations */
function validateOnlyAddedTolerations(errors: FieldErrors, tolerations: readonly Toleration[] = [], old: readonly Toleration[] = []): void {
  const identity = ({ tolerationSeconds, ...rest }: Toleration): string => canonicalJson(rest)
  const present = new Set(tolerations.map(identity))
  const kept = old.every((toleration) => present.has(identity(toleration)))
  if (kept) validateTolerations(errors, tolerations, 'spec.tolerations')
  else errors.forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')
}

function validateDeadline(errors: FieldErrors, deadline: number | undefined, old: number | undefined): boolean {
  const path = 'spec.activeDeadlineSeconds'
  if (deadline === undefined) {
    if (old !== undefined) errors.invalid(path, nullValue, 'must not update from a positive integer to nil value')
    return true
  }
  if (deadline < 0 || deadline > 2_147_483_647) {
    errors.invalid(path, deadline, 'must be between 0 and 2147483647, inclusive')
    return false
  }
  if (old === undefined || deadline <= old) return true
  errors.invalid(path, deadline, 'must be less than or equal to previous value')
  return false
}

function updatableFields(errors: FieldErrors): string {
  const images = ['`spec.containers[*].image`', '`spec.initContainers[*].image`']
  const tolerations = '`spec.tolerations` (only additions to existing tolerations)'
  const grace = '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'
  if (since(errors.version, 'updatableFieldsList')) return [...images, '`spec.activeDeadlineSeconds`', tolerations, grace].join(',')
  return `${images.join(', ')}, \`spec.activeDeadlineSeconds\`, ${tolerations} or ${grace}`
}

/** The spec with everything an update may change taken from the old one. */
function munged(spec: PodSpec, old: PodSpec): PodSpec {
  const withOldImages = (list: Container[] | undefined, oldList: Container[] | undefined): Container[] | undefined =>
    list?.map((container, i) => ({ ...container, image: oldList?.[i]?.image }))
  const grace = (old.terminationGracePeriodSeconds ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1
  return {
    ...spec,
    containers: withOldImages(spec.containers, old.containers) ?? [],
    initContainers: withOldImages(spec.initContainers, old.initContainers),
    activeDeadlineSeconds: old.activeDeadlineSeconds,
    schedulingGates: old.schedulingGates,
    tolerations: old.tolerations,
    ...(grace && { terminationGracePeriodSeconds: old.terminationGracePeriodSeconds }),
    ...(old.schedulingGates?.length && {
      nodeSelector: old.nodeSelector,
      affinity: rareChecks()?.withOldNodeAffinity(spec.affinity, old.affinity) ?? old.affinity,
    }),
  }
}

/** The difference upstream appends to the last message is not shown: it is a dump of Go structs. */
export function validatePodUpdate(errors: FieldErrors, pod: Pod, old: Pod): void {
  const [annotations, before] = [pod.metadata.annotations, old.metadata.annotations]
  validatePodAnnotations(errors, pod, 'metadata.annotations', before)
  validateSpec(errors, pod)
  if (annotations !== before) rareChecks()?.validateAnnotationUpdates(errors, annotations ?? {}, before ?? {}, 'metadata.annotations')
  if (!validateContainerCount(errors, pod.spec.containers, old.spec.containers, 'spec.containers')) return
  if (!validateContainerCount(errors, pod.spec.initContainers, old.spec.initContainers, 'spec.initContainers')) return
  if (!validateDeadline(errors, pod.spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds)) return
  validateOnlyAddedTolerations(errors, pod.spec.tolerations, old.spec.tolerations)
  const gates = old.spec.schedulingGates ?? []
  pod.spec.schedulingGates?.forEach(({ name }, i) => {
    if (gates.some((gate) => gate.name === name)) return
    errors.forbidden(`spec.schedulingGates[${i}].name`, `only deletion is allowed, but found new scheduling gate '${name}'`)
  })
  if (gates.length > 0) rareChecks()?.validateGatedPlacement(errors, pod.spec, old.spec)
  if (canonicalJson(munged(withoutEmptyParts(pod.spec), old.spec)) !== canonicalJson(old.spec)) {
    errors.forbidden('spec', `pod updates may not change fields other than ${updatableFields(errors)}`)
  }
}
