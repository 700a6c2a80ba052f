import { checkName } from '#k8s/api/check-name.ts'
import { noSuchPath } from '#k8s/api/request-object.ts'
import { ApiError, conflict, invalid, notFound } from '#k8s/api-error.ts'
import { applyDefaults } from '#k8s/defaults/index.ts'
import { findKind, groupResource, hasStatus, type Resource, resourceOf } from '#k8s/resources.ts'
import { decode } from '#k8s/schema/decode.ts'
import type { AnyObject, Deployment, Kind, KubeObject, Namespace, Pod } from '#k8s/types.ts'
import { validateCreate, validateStatusUpdate, validateUpdate } from '#k8s/validate/index.ts'
import { rareChecks } from '#k8s/validate/rare/load.ts'
import { validatePodResize } from '#k8s/validate/resize.ts'
import { since } from '#k8s/version.ts'
import type { ObjectRef, WriteOptions } from '#protocol/api-client.ts'
import { extend } from '#sim/extend.ts'
import type { Core } from '../core.ts'
import { admitNamespace, admitPriority } from './admission.ts'
import { createName } from './identity.ts'
import { fieldOwners } from './managed-fields/load.ts'
import type { FieldWriter } from './managed-fields/write-record.ts'
import { withOwnersOnce } from './owner-references.ts'
import { withSentResources } from './pod-resize.ts'
import { podSecurity } from './pod-security/load.ts'
import { wholeStatus } from './strategy.ts'
import { keyOf } from './tables.ts'
import { createObject, prepareCreate, prepareFinalize, prepareStatus, prepareUpdate, storeUpdate, tryWrite } from './writes.ts'

const withName = (object: AnyObject, name: string): AnyObject => ({ ...object, metadata: { ...object.metadata, name } }) as AnyObject

export type Owners = Pick<FieldWriter, 'base' | 'result' | 'sent' | 'isChange'>

const kindName = (r: Resource): string => (r.group ? `${r.kind}.${r.group}` : r.kind)

/** Kinds to which the server adds what nobody sent. */
const completed: readonly string[] = ['Namespace', 'Node', 'Pod', 'Service']

const sentOf = (object: AnyObject): AnyObject | undefined => (completed.includes(object.kind) ? object : undefined)

/** What is stored with the spec that was sent: maps that are empty in it are told as such, if only in what is refused. */
function asSent(after: AnyObject, sent: AnyObject): AnyObject {
  const { spec } = sent as Deployment
  return spec?.template ? ({ ...after, spec } as AnyObject) : after
}

const withGenerationOf = ({ metadata: { generation } }: AnyObject, object: AnyObject): AnyObject =>
  generation === undefined ? object : ({ ...object, metadata: { ...object.metadata, generation } } as AnyObject)

/** Refuses or reports fields nobody knows, as the client asked (DS-16.3). */
export function checkUnknown(core: Core, kind: string, unknown: readonly string[], options: WriteOptions): void {
  if (unknown.length === 0 || !since(core.version, 'serverSideFieldValidation')) return
  if (options.fieldValidation === 'Warn') for (const field of unknown) options.onWarning?.(`unknown field "${field}"`)
  if (options.fieldValidation !== 'Strict') return
  const list = unknown.map((field) => `unknown field "${field}"`).join(', ')
  throw new ApiError('BadRequest', `${kind} in version "v1" cannot be handled as a ${kind}: strict decoding error: ${list}`)
}

/** Each text is said once. @source apiserver/pkg/warning recorder */
function warn(texts: readonly string[], { onWarning }: WriteOptions): void {
  if (onWarning) for (const text of new Set(texts)) onWarning(text)
}

export const ownedOnce = (object: AnyObject, when: 'write' | 'patch', { onWarning = () => undefined }: WriteOptions): AnyObject =>
  withOwnersOnce(object, when, onWarning)

export function resourceOfManifest(object: KubeObject): Resource {
  const resource = findKind(object.kind)
  if (!resource) throw noSuchPath()
  return resource
}

/** What a client outside the control plane writes: decoding, defaults, validation and admission, then the store. */
export function createClientWrites(core: Core, by: string) {
  /** Does a write in the name of the client's field manager. */
  const writing = <T>(options: WriteOptions, owners: Owners, work: () => T): T => {
    core.fieldWriter = { manager: options.fieldManager || 'kubectl', subresource: options.subresource, ...owners }
    try {
      return work()
    } finally {
      core.fieldWriter = undefined
    }
  }

  /** Decoded and defaulted, or BadRequest. */
  const read = (object: KubeObject, options: WriteOptions): AnyObject => {
    const resource = resourceOfManifest(object)
    const decoded = decode(resource.kind, object, core.version)
    checkUnknown(core, resource.kind, decoded.unknownFields, options)
    const made = decoded.object as AnyObject
    const { managedFields, namespace = 'default', ...metadata } = made.metadata ?? ({} as AnyObject['metadata'])
    // of what is in no namespace it is forgotten
    return applyDefaults(extend(made, { metadata: extend(metadata, resource.namespaced ? { namespace } : {}) }) as AnyObject, core.version)
  }

  const insert = (made: AnyObject, options: WriteOptions, owners: Owners = {}): AnyObject => {
    const { namespace, name, generateName } = made.metadata
    const kind = made.kind as Kind
    if (namespace) admitNamespace(core, kind, namespace, name || generateName || '')
    // a generated name is there before anything is checked
    const named = name || !generateName ? made : withName(made, createName(core, kind, namespace, made.metadata))
    // what admission changes comes before what is checked
    if (named.kind === 'Pod') admitPriority(core, named)
    const causes = validateCreate(named, core.version)
    if (causes.length) throw invalid(kindName(resourceOf(kind)), named.metadata.name ?? '', causes)
    warn(rareChecks()?.warningsOnCreate(named, core.version) ?? [], options)
    const written = writing(options, { ...owners, sent: sentOf(named) }, () =>
      options.dryRun ? tryWrite(core, by, undefined, prepareCreate(core, named)) : createObject(core, by, named),
    )
    warn(podSecurity()?.podSecurityWarnings(core, written) ?? [], options)
    return written
  }

  const replaceStatus = (sent: AnyObject, options: WriteOptions, owners: Owners): AnyObject => {
    if (!hasStatus(sent.kind as Kind)) throw noSuchPath()
    const { before, after } = prepareStatus(core, { ...sent, status: wholeStatus(sent.kind as Kind, (sent as Pod).status) } as AnyObject)
    const causes = validateStatusUpdate(after, before, core.version)
    if (causes.length) throw invalid(kindName(resourceOf(before.kind as Kind)), before.metadata.name, causes)
    return writing(options, owners, () => (options.dryRun ? tryWrite(core, by, before, after) : storeUpdate(core, by, 'status', before, after)))
  }

  /** `isCounted`: a real server does not see that a Deployment's annotation changed when an apply changes nothing else. */
  const replace = (sent: AnyObject, options: WriteOptions, owners: Owners = {}, isCounted = true): AnyObject => {
    if (options.subresource === 'status') return replaceStatus(sent, options, owners)
    const isResize = options.subresource === 'resize'
    const object = isResize ? withSentResources(core, sent) : sent
    const held = options.subresource === 'finalize' ? (object as Namespace) : undefined
    const { before, after: prepared } = held ? prepareFinalize(core, held) : prepareUpdate(core, object)
    const after = isCounted ? prepared : withGenerationOf(before, prepared)
    const causes = isResize
      ? validatePodResize(after as Pod, before as Pod, core.version)
      : validateUpdate(asSent(after, object), before, core.version)
    if (causes.length) throw invalid(kindName(resourceOf(before.kind as Kind)), before.metadata.name, causes)
    warn(rareChecks()?.warningsOnUpdate(after, before, core.version) ?? [], options)
    if (!options.subresource) {
      podSecurity()?.admitPodSecurity(core, after, before)
      warn(podSecurity()?.podSecurityWarnings(core, after, before) ?? [], options)
    }
    return writing(options, { ...owners, sent: sentOf(object) }, () =>
      options.dryRun ? tryWrite(core, by, before, after) : storeUpdate(core, by, 'update', before, after),
    )
  }

  /** Server-side apply: of an object that is there, or of a new one. */
  const apply = (ref: ObjectRef, config: KubeObject, options: WriteOptions): AnyObject => {
    const { applyConfig, managedFieldsOf, requireManager } = fieldOwners()
    const manager = requireManager(options.fieldManager)
    const live = (core.state.tables[ref.kind] as ReadonlyMap<string, AnyObject>).get(keyOf(ref.namespace, ref.name))
    const resource = groupResource(resourceOf(ref.kind))
    if (!live && options.subresource) throw notFound(resource, ref.name)
    const whole = { ...config, metadata: { ...(ref.namespace && { namespace: ref.namespace }), ...config?.metadata } } as KubeObject
    const writer = { manager, operation: 'Apply' as const, subresource: options.subresource, time: core.timestamp() }
    const { object, entries, isChanged } = applyConfig(ref.kind, live, whole, writer, options.force)
    const made = ownedOnce(read(object, { ...options, fieldValidation: 'Ignore' }), 'patch', options)
    const { uid } = made.metadata
    if (!live && uid) throw conflict(resource, ref.name, `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`)
    checkName(made, ref.name, ref.namespace)
    if (!live) return insert(made, options, { result: entries })
    const ownersChange = JSON.stringify(entries) !== JSON.stringify(managedFieldsOf(live))
    return replace(made, options, { result: entries, isChange: ownersChange }, isChanged)
  }

  return { read, insert, replace, apply, writing }
}
