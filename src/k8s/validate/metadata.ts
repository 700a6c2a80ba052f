/** Names, labels, annotations, owners and finalizers of any object. @source apimachinery/pkg/api/validation/objectmeta.go; DS-15.1 … DS-15.6 */
import { deletionCostAnnotation, parseDeletionCost } from '../deletion-cost.ts'
import { dns1035Label, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../name.ts'
import { twoControllers } from '../owner.ts'
import { mirrorPodAnnotation } from '../pod.ts'
import type { Kind, KubeObject, Namespace, ObjectMeta, PodTemplateSpec, StringMap } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'
import type { FieldErrors } from './field-errors.ts'
import { stringsValue } from './go-value.ts'
import { rareChecks } from './rare/load.ts'

type NameCheck = (name: string) => string[]

const labelNames = new Set<Kind>(['Namespace'])

/** What may be part of a URL. @source apimachinery/pkg/api/validation/path IsValidPathSegmentName */
function pathSegment(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  return ['/', '%'].filter((character) => name.includes(character)).map((character) => `may not contain '${character}'`)
}

function nameCheckOf(kind: Kind, version: KubernetesVersion): NameCheck {
  if (kind === 'Event') return pathSegment
  if (kind === 'Service') return dns1035Label
  const isLabel = labelNames.has(kind) || (kind === 'StatefulSet' && since(version, 'statefulSetNameIsLabel'))
  return isLabel ? (name) => dns1123Label(name, version) : dns1123Subdomain
}

/** Keys and values of a set of labels, at the path of the set. @source ValidateLabels */
export function validateLabels(errors: FieldErrors, labels: StringMap | undefined, path: string): void {
  for (const key of Object.keys(labels ?? {}).sort()) {
    const value = labels?.[key] ?? ''
    errors.invalidEach(path, key, qualifiedName(key, errors.version))
    errors.invalidEach(path, value, labelValue(value, errors.version))
  }
}

const annotationsLimit = 256 * 1024

/** @source ValidateAnnotations; DS-15.6 */
export function validateAnnotations(errors: FieldErrors, annotations: StringMap | undefined, path: string): void {
  let size = 0
  for (const key of Object.keys(annotations ?? {}).sort()) {
    errors.invalidEach(path, key, qualifiedName(key.toLowerCase(), errors.version))
    size += new TextEncoder().encode(`${key}${annotations?.[key]}`).length
  }
  if (size > annotationsLimit) errors.tooLong(path, annotationsLimit)
}

const legacyFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion']

const isUnknownFinalizer = (name: string): boolean => !name.includes('/') && !legacyFinalizers.includes(name)
const unknownFinalizer = 'name is neither a standard finalizer name nor is it fully qualified'

function validateFinalizers(errors: FieldErrors, finalizers: readonly string[] | undefined): void {
  const path = 'metadata.finalizers'
  for (const name of finalizers ?? []) errors.invalidEach(path, name, qualifiedName(name, errors.version))
  finalizers?.forEach((name, i) => {
    if (isUnknownFinalizer(name)) errors.invalid(`${path}[${i}]`, name, unknownFinalizer)
  })
  if (finalizers?.includes('orphan') && finalizers.includes('foregroundDeletion'))
    errors.invalid(path, stringsValue(finalizers), 'finalizer orphan and foregroundDeletion cannot be both set')
}

/** Of a new namespace, all at the path of the list. @source pkg/apis/core/validation ValidateNamespace */
export function validateFinalizersOfNew(errors: FieldErrors, { spec }: Partial<Pick<Namespace, 'spec'>>): void {
  for (const name of spec?.finalizers ?? []) validateFinalizer(errors, name, 'spec.finalizers')
}

/** @source pkg/apis/core/validation ValidateNamespaceFinalizeUpdate */
export function validateNamespaceFinalizers(errors: FieldErrors, { spec }: Pick<Namespace, 'spec'>): void {
  spec.finalizers?.forEach((name, i) => {
    validateFinalizer(errors, name, `spec.finalizers[${i}]`)
  })
}

function validateFinalizer(errors: FieldErrors, name: string, path: string): void {
  errors.invalidEach(path, name, qualifiedName(name, errors.version))
  if (isUnknownFinalizer(name)) errors.invalid(path, name, unknownFinalizer)
}

function validateOwnerReferences(errors: FieldErrors, meta: ObjectMeta): void {
  const path = 'metadata.ownerReferences'
  const controllers: string[] = []
  for (const reference of meta.ownerReferences ?? []) {
    const { apiVersion, kind, name, uid } = reference
    // of what is no group and version there is no version
    if (!/^([^/]*\/)?[^/]+$/.test(apiVersion ?? '')) errors.invalid(`${path}.apiVersion`, apiVersion ?? '', 'version must not be empty')
    if (!kind) errors.invalid(`${path}.kind`, kind ?? '', 'kind must not be empty')
    if (!name) errors.invalid(`${path}.name`, name ?? '', 'name must not be empty')
    if (!uid) errors.invalid(`${path}.uid`, uid ?? '', 'uid must not be empty')
    if (apiVersion === 'v1' && kind === 'Event') {
      const fields = `APIVersion:"v1", Kind:"Event", Name:${JSON.stringify(name)}, UID:${JSON.stringify(uid)}`
      const go = `v1.OwnerReference{${fields}, Controller:(*bool)(nil), BlockOwnerDeletion:(*bool)(nil)}`
      errors.invalid(path, { go, json: JSON.stringify(reference) }, '/v1, Kind=Event is disallowed from being an owner')
    }
    if (reference.controller) controllers.push(`${kind}/${name}`)
  }
  if (controllers.length > 1) {
    const [first = '', second = ''] = controllers
    errors.invalid(path, { go: '[]v1.OwnerReference{…}', json: JSON.stringify(meta.ownerReferences) }, twoControllers(first, second))
  }
}

function validateCommon(errors: FieldErrors, meta: ObjectMeta): void {
  validateLabels(errors, meta.labels, 'metadata.labels')
  validateAnnotations(errors, meta.annotations, 'metadata.annotations')
  validateOwnerReferences(errors, meta)
  validateFinalizers(errors, meta.finalizers)
}

/** A trailing dash is fine in a prefix: what follows will make it a valid name. */
export const maskTrailingDash = (name: string): string => (name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name)

const isCost = (text: string | undefined): boolean => text === undefined || parseDeletionCost(text) !== undefined

/** Annotations of pods that have to say something certain; what was wrong before may stay so. @source ValidatePodSpecificAnnotations */
export function validatePodAnnotations(errors: FieldErrors, { metadata, spec }: PodTemplateSpec, path: string, old: StringMap = {}): void {
  const { annotations } = metadata ?? {}
  if (!annotations) return
  const { [deletionCostAnnotation]: cost, [mirrorPodAnnotation]: mirrored } = annotations
  if (mirrored !== undefined && !spec.nodeName)
    errors.invalid(`${path}[${mirrorPodAnnotation}]`, mirrored, 'must set spec.nodeName if mirror pod annotation is set')
  if (cost !== undefined && !isCost(cost) && isCost(old[deletionCostAnnotation]))
    errors.invalid(`${path}[${deletionCostAnnotation}]`, cost, 'must be a 32bit integer')
  rareChecks()?.validateProfileAnnotations(errors, annotations, spec, path)
}

/** @source ValidateObjectMeta */
export function validateObjectMeta(errors: FieldErrors, object: KubeObject, namespaced: boolean): void {
  const meta = object.metadata ?? {}
  const check = nameCheckOf(object.kind as Kind, errors.version)
  if (meta.generateName) errors.invalidEach('metadata.generateName', meta.generateName, check(maskTrailingDash(meta.generateName)))
  if (meta.name) errors.invalidEach('metadata.name', meta.name, check(meta.name))
  else if (!meta.generateName) errors.required('metadata.name', 'name or generateName is required')
  if (namespaced && meta.namespace) errors.invalidEach('metadata.namespace', meta.namespace, dns1123Label(meta.namespace, errors.version))
  if (!namespaced && meta.namespace) errors.forbidden('metadata.namespace', 'not allowed on this type')
  validateCommon(errors, meta)
}

function validateIdentity(errors: FieldErrors, next: ObjectMeta, old: ObjectMeta): void {
  const { uid, deletionTimestamp, deletionGracePeriodSeconds: grace } = next
  const immutable = 'field is immutable'
  if (uid && uid !== old.uid) errors.invalid('metadata.uid', uid, immutable)
  if (deletionTimestamp && deletionTimestamp !== old.deletionTimestamp) {
    const go = `${deletionTimestamp.replace('T', ' ').replace('Z', '')} +0000 UTC`
    errors.invalid('metadata.deletionTimestamp', { go, json: JSON.stringify(deletionTimestamp) }, immutable)
  }
  if (grace !== undefined && grace !== old.deletionGracePeriodSeconds) errors.invalid('metadata.deletionGracePeriodSeconds', grace, immutable)
}

/** Other fields that no update may change are kept by the store. @source ValidateObjectMetaUpdate */
export function validateObjectMetaUpdate(errors: FieldErrors, object: KubeObject, old: KubeObject): void {
  if (old.metadata.deletionTimestamp) {
    const added = (object.metadata.finalizers ?? []).filter((name) => !old.metadata.finalizers?.includes(name))
    if (added.length) {
      const list = `[]string{${added.map((name) => JSON.stringify(name)).join(', ')}}`
      errors.forbidden('metadata.finalizers', `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`)
    }
  }
  validateIdentity(errors, object.metadata, old.metadata)
  validateCommon(errors, object.metadata)
}
