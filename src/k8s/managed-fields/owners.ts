/**
 * Who owns which fields of an object: what `metadata.managedFields` says.
 *
 * Not modelled: several API versions of a kind (there is one of each).
 * @source apimachinery/pkg/util/managedfields, structured-merge-diff/merge
 */

import { ApiError } from '../api-error.ts'
import { templateGenerationAnnotation } from '../template-generation.ts'
import type { DaemonSet } from '../types.ts'
import { capUpdaters } from './cap-updaters.ts'
import { compareFields } from './compare.ts'
import type { ManagedFieldsEntry } from './entry.ts'
import { difference, type FieldSet, fromFieldsV1, intersection, pathsOf, pathText, toFieldsV1, union } from './field-set.ts'
import { mergeValues, removeFields } from './merge.ts'
import { type Shape, shapeOfStruct } from './shape.ts'
import { toFieldSet, withNamedFields } from './to-field-set.ts'

/** Who writes, by which operation, to which part, when (RFC 3339). */
export interface Writer {
  manager: string
  operation: 'Apply' | 'Update'
  subresource?: string
  time: string
}

interface Owner extends Omit<Writer, 'time'> {
  time?: string
  fields: FieldSet
}

type Owned = { apiVersion: string; kind: string }

/** Fields that nobody owns. @source managedfields/internal stripMetaManager */
const ownerless: FieldSet = fromFieldsV1({
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    '.': {},
    ...Object.fromEntries(
      ['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'clusterName', 'generation', 'managedFields', 'resourceVersion'].map((f) => [
        `f:${f}`,
        {},
      ]),
    ),
  },
})

/** Parts of an object that are there, empty, before it is created: Go's zero values. */
const template = { metadata: { creationTimestamp: null }, spec: { containers: null } }
const zero: Record<string, object> = {
  DaemonSet: { metadata: {}, spec: { selector: null, template, updateStrategy: {} }, status: {} },
  Deployment: { metadata: {}, spec: { selector: null, template, strategy: {} }, status: {} },
  ReplicaSet: { metadata: {}, spec: { selector: null, template }, status: {} },
  StatefulSet: { metadata: {}, spec: { selector: null, template, serviceName: '', updateStrategy: {} }, status: {} },
  Pod: { metadata: {}, spec: { containers: null }, status: {} },
  Event: {
    metadata: {},
    involvedObject: {},
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
    reportingComponent: '',
    reportingInstance: '',
  },
}

/** The object that a create is compared with. */
const nothing = (kind: string): object => zero[kind] ?? { metadata: {}, spec: {}, status: {} }

function isSame(a: Pick<Writer, 'manager' | 'operation' | 'subresource'>, b: typeof a): boolean {
  return a.manager === b.manager && a.operation === b.operation && (a.subresource ?? '') === (b.subresource ?? '')
}

const isOwner = ({ fields }: Owner): boolean => fields.size > 0

function read(entries: readonly ManagedFieldsEntry[]): Owner[] {
  return entries.map(({ manager, operation, subresource, time, fieldsV1 }) => ({
    manager,
    operation,
    ...(subresource && { subresource }),
    time,
    fields: fromFieldsV1(fieldsV1 ?? {}),
  }))
}

/** Appliers first, then by time. @source managedfields/internal sortEncodedManagedFields */
function write(owners: readonly Owner[], apiVersion: string): ManagedFieldsEntry[] {
  const order = ({ operation, time = '', manager, subresource = '' }: Owner) => [operation, time, manager, subresource].join('\0')
  return [...owners]
    .filter(isOwner)
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ manager, operation, subresource, time, fields }) => ({
      apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1: toFieldsV1(fields),
      manager,
      operation,
      ...(subresource && { subresource }),
      ...(time && { time }),
    }))
}

/** Part of the object that a write through this part cannot change. */
const untouched = (subresource: string | undefined): FieldSet => fromFieldsV1(subresource === 'status' ? { 'f:spec': {} } : { 'f:status': {} })

/** What others still own after a write: not what it changed, not what is gone. */
function withoutTaken(owners: readonly Owner[], taken: FieldSet, removed: FieldSet): Owner[] {
  return owners.map((owner) => ({ ...owner, fields: difference(difference(owner.fields, taken), removed) }))
}

/** A set without what lies in or below the fields of `parts`. */
const outside = (set: FieldSet, parts: FieldSet): FieldSet => new Map([...set].filter(([element]) => !parts.get(element)?.own))

/** What of a written set can be owned. */
const ownable = (set: FieldSet, { subresource }: Pick<Writer, 'subresource'>): FieldSet => difference(outside(set, untouched(subresource)), ownerless)

/** What was written, before the server counted the templates of a DaemonSet. */
function asSent<T extends Owned>(before: T | undefined, after: T): T {
  const { metadata: old } = (before ?? {}) as Partial<DaemonSet>
  const { metadata } = after as unknown as DaemonSet
  const count = old?.annotations?.[templateGenerationAnnotation]
  if (after.kind !== 'DaemonSet' || !count || !metadata) return after
  return { ...after, metadata: { ...metadata, annotations: { ...metadata.annotations, [templateGenerationAnnotation]: count } } }
}

/** Owners after an update (or create, patch): whoever changed a field owns it. @source merge.Updater.Update */
export function ownersAfterUpdate<T extends Owned>(
  entries: readonly ManagedFieldsEntry[],
  before: T | undefined,
  after: T,
  writer: Writer,
): ManagedFieldsEntry[] {
  const { added, modified, removed } = compareFields(before ?? nothing(after.kind), asSent(before, after), shapeOfStruct(after.kind))
  const taken = ownable(union(added, modified), writer)
  const owners = withoutTaken(read(entries), taken, removed)
  if (taken.size > 0) {
    const own = owners.find((owner) => isSame(owner, writer))
    if (own) Object.assign(own, { time: writer.time, fields: union(own.fields, taken) })
    else owners.push({ ...writer, fields: taken })
  }
  return write(capUpdaters(owners.filter(isOwner)), after.apiVersion)
}

function ownerText({ manager, operation, subresource }: Owner, apiVersion: string): string {
  const name = `${JSON.stringify(manager)}${subresource ? ` with subresource ${JSON.stringify(subresource)}` : ''}`
  return operation === 'Update' ? `${name} using ${apiVersion}` : name
}

/** @source managedfields/internal NewConflictError */
function conflictError(conflicts: readonly { owner: Owner; fields: FieldSet }[], apiVersion: string): ApiError {
  const found = conflicts
    .map(({ owner, fields }) => ({ who: ownerText(owner, apiVersion), paths: pathsOf(fields).map(pathText) }))
    .sort((a, b) => (a.who < b.who ? -1 : 1))
  const causes = found.flatMap(({ who, paths }) => paths.map((field) => ({ reason: 'FieldManagerConflict', field, message: `conflict with ${who}` })))
  const text =
    causes.length === 1
      ? `1 conflict: ${causes[0]?.message}: ${causes[0]?.field}`
      : `${causes.length} conflicts: ${found.map(({ who, paths }) => [`conflicts with ${who}:`, ...paths.map((p) => `- ${p}`)].join('\n')).join('\n')}`
  return new ApiError('Conflict', `Apply failed with ${text}`, { causes })
}

/** Without what the applier owned before and does not apply any more, unless somebody else owns it. @source merge.Updater.prune */
function prune(merged: object, last: FieldSet, owners: readonly Pick<Owner, 'fields'>[], shape: Shape): object {
  const named = (set: FieldSet) => withNamedFields(set, shape)
  const fieldsOf = (value: unknown) => named(toFieldSet((value ?? {}) as object, shape))
  const before = fieldsOf(merged)
  const pruned = fieldsOf(removeFields(merged, named(last), shape))
  const owned = owners.reduce((all, { fields }) => union(all, named(fields)), pruned)
  const kept = fieldsOf(removeFields(merged, difference(before, owned), shape))
  return removeFields(merged, intersection(difference(before, kept), named(last)), shape) as object
}

export interface AppliedOwners<T> {
  object: T
  entries: ManagedFieldsEntry[]
  /** Whether anything but owners differs from the live object. */
  isChanged: boolean
}

/**
 * Server-side apply: the live object with the applied configuration over it, without what the applier gave up, and its owners.
 * Throws Conflict when others own what it changes, unless forced. `mayTake` = fields that are taken without force.
 * @source merge.Updater.Apply
 */
export function applyOwners<T extends Owned>(
  entries: readonly ManagedFieldsEntry[],
  live: T | undefined,
  config: object,
  writer: Writer,
  { force = false, mayTake = new Map() as FieldSet }: { force?: boolean; mayTake?: FieldSet } = {},
): AppliedOwners<T> {
  const base = (live ?? nothing((config as Owned).kind)) as T
  const { kind, apiVersion } = config as Owned
  const shape = shapeOfStruct(kind)
  const owners = read(entries)
  const last = owners.find((owner) => isSame(owner, writer))
  const others = owners.filter((owner) => owner !== last)
  const applied = outside(toFieldSet(config, shape), untouched(writer.subresource))
  const fields = ownable(applied, writer)
  const own: Owner = { ...writer, fields }
  const merged = mergeValues(base, config, shape) as object
  const object = (last ? prune(merged, last.fields, [{ fields: applied }, ...others], shape) : merged) as T
  const { added, modified, removed } = compareFields(base, object, shape)
  const taken = union(added, modified)
  const conflicts = others
    .map((owner) => ({ owner, fields: difference(intersection(owner.fields, taken), mayTake) }))
    .filter(({ fields: contested }) => contested.size > 0)
  if (!force && conflicts.length > 0) throw conflictError(conflicts, apiVersion)
  const isOld = last && difference(last.fields, fields).size === 0 && difference(fields, last.fields).size === 0
  const isChanged = taken.size > 0 || removed.size > 0
  if (isOld && !isChanged) own.time = last.time
  return { object, entries: write([...withoutTaken(others, taken, removed), own], apiVersion), isChanged }
}

/** The fields of a configuration, for `mayTake`. */
export function fieldsOfConfig(config: Owned): FieldSet {
  return ownable(toFieldSet(config, shapeOfStruct(config.kind)), {})
}
