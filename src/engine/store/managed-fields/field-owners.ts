import { ApiError, invalid } from '#k8s/api-error.ts'
import { compareFields } from '#k8s/managed-fields/compare.ts'
import type { ManagedFieldsEntry } from '#k8s/managed-fields/entry.ts'
import { difference, type FieldSet, union } from '#k8s/managed-fields/field-set.ts'
import { mergeValues } from '#k8s/managed-fields/merge.ts'
import { applyOwners, fieldsOfConfig, ownersAfterUpdate, type Writer } from '#k8s/managed-fields/owners.ts'
import { schemaErrors } from '#k8s/managed-fields/schema-errors.ts'
import { shapeOfStruct } from '#k8s/managed-fields/shape.ts'
import { isObject, parsedJson } from '#k8s/patch/json.ts'
import { apiVersionOf, findKind, resourceOf } from '#k8s/resources.ts'
import { convertError } from '#k8s/schema/convert-error.ts'
import { otherKindRefusal } from '#k8s/schema/decode.ts'
import type { AnyObject, Kind, KubeObject } from '#k8s/types.ts'
import { beforeAdmission } from './before-admission.ts'
import { ownersOfEvent } from './event-owners.ts'
import { isProgram, statusOf, type WriteRecord, writeRecordOf } from './write-record.ts'

/** Whether nothing but the status is kept of the version before a write. */
const isPart = (before: AnyObject | undefined): boolean => before !== undefined && before.metadata?.uid === undefined

/** What was sent, as far as owners see it. */
function writtenOf({ manager, before, after }: WriteRecord): AnyObject {
  const object = after as AnyObject
  if (isPart(before)) return statusOf(object)
  return before === undefined && isProgram(manager) ? beforeAdmission(object) : object
}

function entriesOf(record: WriteRecord): readonly ManagedFieldsEntry[] {
  const chain: WriteRecord[] = []
  let entries: readonly ManagedFieldsEntry[] = []
  let isLost = false
  for (let at: WriteRecord | undefined = record; at; at = at.earlier) {
    if (at.entries) {
      entries = at.entries
      break
    }
    chain.push(at)
    isLost = !at.earlier && at.before !== undefined
    if (isLost && at.before?.kind === 'Event') entries = ownersOfEvent(at.before)
  }
  for (const write of chain.reverse()) {
    const { manager, subresource, time, before } = write
    // who had no owners when it was made or reset gets none before it is applied
    const isUntracked = before !== undefined && entries.length === 0 && !isLost
    if (!isUntracked) entries = ownersAfterUpdate(entries, before, writtenOf(write), { manager, operation: 'Update', subresource, time })
    // nothing it was made from needs to be kept
    Object.assign(write, { earlier: undefined, before: undefined, after: undefined, entries })
  }
  return entries
}

/** `metadata.managedFields` of a stored version of an object; empty when nobody wrote it. */
export function managedFieldsOf(object: AnyObject): ManagedFieldsEntry[] {
  const record = writeRecordOf(object)
  if (record) return [...entriesOf(record)]
  return object.kind === 'Event' ? ownersOfEvent(object) : []
}

const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration'

/** What was applied last, unless the annotation says anything else than a configuration of the object: anybody may write it. */
function lastConfigOf(live: AnyObject): KubeObject | undefined {
  const last = parsedJson(live.metadata.annotations?.[lastAppliedAnnotation] ?? '')
  if (!isObject(last) || last.kind !== live.kind || last.apiVersion !== live.apiVersion) return undefined
  const config = last as unknown as KubeObject
  return schemaErrors(config) === undefined ? config : undefined
}

/** What kubectl may take from those who stand for its own client-side apply. @source managedfields/internal lastAppliedManager */
function takenOver(live: AnyObject): FieldSet {
  const last = lastConfigOf(live)
  if (!last) return new Map()
  const shape = shapeOfStruct(live.kind)
  const { added, modified } = compareFields(live, mergeValues(live, last, shape) as object, shape)
  return difference(fieldsOfConfig(last), union(added, modified))
}

const sortedKeys = (_key: string, value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value

/** The annotation goes on telling what was applied last. @source managedfields/internal lastAppliedUpdater */
function withLastApplied(object: AnyObject, config: KubeObject): AnyObject {
  const { [lastAppliedAnnotation]: before, ...annotations } = config.metadata.annotations ?? {}
  const plain = config.metadata.annotations ? { ...config, metadata: { ...config.metadata, annotations } } : config
  const all = { ...object.metadata.annotations, [lastAppliedAnnotation]: `${JSON.stringify(plain, sortedKeys)}\n` }
  return { ...object, metadata: { ...object.metadata, annotations: all } }
}

/** The owners that an apply finds: what nobody is noted for belongs to whoever came before. @source managedfields/internal skipNonAppliedManager */
function ownersBefore(live: AnyObject, writer: Writer): ManagedFieldsEntry[] {
  const owners = managedFieldsOf(live)
  return owners.length > 0 ? owners : ownersAfterUpdate([], undefined, live, { ...writer, manager: 'before-first-apply', operation: 'Update' })
}

/**
 * What server-side apply makes of the live object (undefined: there is none), not decoded and not validated, and who owns what then.
 * Throws Conflict, and errors of the configuration.
 */
export function applyConfig(
  to: Kind,
  live: AnyObject | undefined,
  config: KubeObject,
  writer: Writer,
  force: boolean | undefined,
): { object: AnyObject; entries: ManagedFieldsEntry[]; isChanged: boolean } {
  const { kind = '', apiVersion, metadata } = config as Partial<KubeObject> & KubeObject
  const expected = apiVersionOf(resourceOf(to))
  if (apiVersion !== expected) {
    const sent = typeof apiVersion === 'string' ? apiVersion : ''
    throw new ApiError('BadRequest', `Incorrect version specified in apply patch. Specified patch version: ${sent}, expected: ${expected}`)
  }
  if (metadata.managedFields !== undefined) throw new ApiError('BadRequest', 'metadata.managedFields must be nil')
  const gvk = `${apiVersion.includes('/') ? '' : '/'}${apiVersion}, Kind=${kind}`
  const place = `(${metadata.namespace ?? ''}/${metadata.name ?? ''}; ${gvk})`
  const wrong = findKind(kind) ? schemaErrors(config) : `no corresponding type for ${gvk}`
  if (wrong !== undefined) throw new ApiError('Unknown', `failed to create typed patch object ${place}: ${wrong}`)
  const refusal = otherKindRefusal(to, config)
  if (refusal) throw refusal
  const isKubectl = writer.manager === 'kubectl'
  const mayTake = isKubectl && live ? takenOver(live) : undefined
  const applied = applyOwners(live ? ownersBefore(live, writer) : [], live, config, writer, { force, mayTake })
  const object = applied.object as AnyObject
  const unconverted = convertError(to, object)
  if (unconverted !== undefined)
    throw new ApiError(
      'Unknown',
      `failed to convert new object ${place} to proper version: unable to convert unstructured object to ${gvk}: ${unconverted}`,
    )
  const told = isKubectl && object.metadata.annotations?.[lastAppliedAnnotation] !== undefined
  return { ...applied, object: told ? withLastApplied(object, config) : object }
}

export function requireManager(manager: string | undefined): string {
  if (manager) return manager
  throw invalid('PatchOptions.meta.k8s.io', '', [
    { reason: 'FieldValueRequired', field: 'fieldManager', message: 'Required value: is required for apply patch' },
  ])
}
