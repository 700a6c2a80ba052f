import { checkName } from '#k8s/api/check-name.ts'
import { ApiError, invalid, notFound } from '#k8s/api-error.ts'
import { applyDefaults } from '#k8s/defaults/index.ts'
import { isTerminal } from '#k8s/pod.ts'
import { withDisruptionTarget } from '#k8s/pod-condition.ts'
import { findKind, groupResource, hasStatus, type Resource, resourceOf } from '#k8s/resources.ts'
import { decode, decodePatched, strictPatchError } from '#k8s/schema/decode.ts'
import { quoteGo } from '#k8s/schema/go-format.ts'
import type { AnyObject, Kind, KubeObject, Namespace, Pod, StatusOf } from '#k8s/types.ts'
import { validateCreate, validateStatusUpdate, validateUpdate } from '#k8s/validate/index.ts'
import { rareChecks } from '#k8s/validate/rare/load.ts'
import { validatePodResize } from '#k8s/validate/resize.ts'
import { since } from '#k8s/version.ts'
import type { ApiClient, DeleteOptions, ListOptions, ObjectRef, WriteOptions } from '#protocol/api-client.ts'
import { extend } from '#sim/extend.ts'
import type { Core } from '../core.ts'
import { leaseNamespace, presentLease, presentNode } from '../kubelet/lease.ts'
import { admitNamespace, admitPriority } from './admission.ts'
import { admitDelete, deleteObject } from './delete.ts'
import { createName } from './identity.ts'
import { fieldOwners, loadFieldOwners } from './managed-fields/load.ts'
import type { FieldWriter } from './managed-fields/write-record.ts'
import { withOwnersOnce } from './owner-references.ts'
import { applyPatch } from './patch.ts'
import { withSentResources } from './pod-resize.ts'
import { podSecurity } from './pod-security/load.ts'
import { isLiveEvent } from './recorder.ts'
import { checkedScale, scaleOf, withScale } from './scale.ts'
import { changeSeen, matcherOf } from './selection.ts'
import { wholeStatus } from './strategy.ts'
import { keyOf } from './tables.ts'
import {
  asVersionOf,
  checkVersion,
  createObject,
  finalizeNamespace,
  mustGet,
  prepareCreate,
  prepareFinalize,
  prepareUpdate,
  updateObject,
  updateObjectStatus,
} from './writes.ts'

const withName = (object: AnyObject, name: string): AnyObject => ({ ...object, metadata: { ...object.metadata, name } }) as AnyObject

type Owners = Pick<FieldWriter, 'base' | 'result' | 'isChange'>

/** Managed fields that a client sends count instead of those before; `[{}]` and none at all begin anew. */
function sentOwners({ metadata }: KubeObject): Owners {
  return metadata?.managedFields ? { base: metadata.managedFields.filter((entry) => entry?.manager) } : {}
}

const isPatchOfOwners = (patch: unknown): boolean =>
  Array.isArray(patch) && patch.some((operation) => String(operation?.path).startsWith('/metadata/managedFields'))

const kindName = (r: Resource): string => (r.group ? `${r.kind}.${r.group}` : r.kind)

/** Refuses or reports fields nobody knows, as the client asked (DS-16.3). */
function checkUnknown(core: Core, kind: string, unknown: readonly string[], options: WriteOptions): void {
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

const ownedOnce = (object: AnyObject, when: 'write' | 'patch', { onWarning = () => undefined }: WriteOptions): AnyObject =>
  withOwnersOnce(object, when, onWarning)

function resourceOfManifest(object: KubeObject): Resource {
  const resource = findKind(object.kind)
  if (!resource) throw new ApiError('NotFound', 'the server could not find the requested resource')
  return resource
}

/** The API for whoever is outside the control plane: decoding, defaults, validation and admission, then the store. */
export function createClient(core: Core, by: string): ApiClient {
  const table = (kind: Kind) => core.state.tables[kind] as ReadonlyMap<string, AnyObject>

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
    const written = options.dryRun ? prepareCreate(core, named) : writing(options, owners, () => createObject(core, by, named))
    warn(podSecurity()?.podSecurityWarnings(core, written) ?? [], options)
    return written
  }

  const replaceStatus = (sent: AnyObject, options: WriteOptions, owners: Owners): AnyObject => {
    if (!hasStatus(sent.kind as Kind)) throw new ApiError('NotFound', 'the server could not find the requested resource')
    const object = { ...sent, status: wholeStatus(sent.kind as Kind, (sent as Pod).status) } as AnyObject
    const before = mustGet(core, object.kind as Kind, object.metadata.namespace, object.metadata.name)
    checkVersion(object, before)
    const causes = validateStatusUpdate(object, before, core.version)
    if (causes.length) throw invalid(kindName(resourceOf(before.kind as Kind)), before.metadata.name, causes)
    const { status } = object as { status?: StatusOf<AnyObject> }
    if (options.dryRun) return { ...before, status } as AnyObject
    return writing(options, owners, () => updateObjectStatus(core, by, object, status))
  }

  const replace = (sent: AnyObject, options: WriteOptions, owners: Owners = {}): AnyObject => {
    if (options.subresource === 'status') return replaceStatus(sent, options, owners)
    const isResize = options.subresource === 'resize'
    const object = isResize ? withSentResources(core, sent) : sent
    const held = options.subresource === 'finalize' ? (object as Namespace) : undefined
    const { before, after } = held ? prepareFinalize(core, held) : prepareUpdate(core, object)
    const causes = isResize ? validatePodResize(after as Pod, before as Pod, core.version) : validateUpdate(after, before, core.version)
    if (causes.length) throw invalid(kindName(resourceOf(before.kind as Kind)), before.metadata.name, causes)
    warn(rareChecks()?.warningsOnUpdate(after, before, core.version) ?? [], options)
    if (!options.subresource) {
      podSecurity()?.admitPodSecurity(core, after, before)
      warn(podSecurity()?.podSecurityWarnings(core, after, before) ?? [], options)
    }
    return options.dryRun
      ? asVersionOf(before, after)
      : writing(options, owners, () => (held ? finalizeNamespace(core, by, held) : updateObject(core, by, object)))
  }

  /** Server-side apply: of an object that is there, or of a new one. */
  const apply = (ref: ObjectRef, config: KubeObject, options: WriteOptions): AnyObject => {
    const { applyConfig, managedFieldsOf, requireManager } = fieldOwners()
    const manager = requireManager(options.fieldManager)
    const live = (table(ref.kind) as Map<string, AnyObject>).get(keyOf(ref.namespace, ref.name))
    const whole = { ...config, metadata: { ...config?.metadata, name: ref.name, ...(ref.namespace && { namespace: ref.namespace }) } }
    const writer = { manager, operation: 'Apply' as const, subresource: options.subresource, time: core.timestamp() }
    const { object, entries } = applyConfig(ref.kind, live, whole, writer, options.force)
    const made = ownedOnce(read(object, { ...options, fieldValidation: 'Ignore' }), 'patch', options)
    if (!live) return insert(made, options, { result: entries })
    const isChange = JSON.stringify(entries) !== JSON.stringify(managedFieldsOf(live))
    return replace(made, options, { result: entries, isChange })
  }

  /** Leases and nodes are stored without their heartbeats, which are arithmetic. */
  const shown = (object: AnyObject): AnyObject => {
    const { nowMs, tables } = core.state
    const { epochMs } = core.options
    if (object.kind === 'Lease') return presentLease(object, nowMs, epochMs)
    return object.kind === 'Node' ? presentNode(object, tables.Lease.get(keyOf(leaseNamespace, object.metadata.name)), nowMs, epochMs) : object
  }

  const find = ({ kind, namespace, name }: ObjectRef): AnyObject => {
    const found = mustGet(core, kind, namespace, name)
    if (kind === 'Event' && !isLiveEvent(core, found)) throw notFound(groupResource(resourceOf(kind)), name)
    return found
  }

  const get = (ref: ObjectRef): AnyObject => shown(find(ref))

  return {
    version: core.version,
    now: () => core.epochNow(),
    get,
    list(kind, options: ListOptions = {}) {
      const matches = matcherOf(kind, options, core.version)
      const items: AnyObject[] = []
      for (const object of table(kind).values()) {
        if (matches(object) && (kind !== 'Event' || isLiveEvent(core, object))) items.push(object)
      }
      const key = (o: AnyObject) => keyOf(o.metadata.namespace, o.metadata.name)
      const sorted = items.map((o) => [key(o), o] as const).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
      return { items: sorted.map(([, o]) => shown(o)), resourceVersion: String(core.state.resourceVersion) }
    },
    watch(kind, options, tell) {
      const matches = matcherOf(kind, options, core.version)
      return core.listen((type, object, old) => {
        const change = object.kind === kind ? changeSeen({ type, object, old }, matches) : undefined
        if (change) tell({ type: change.type, object: shown(change.object) })
      })
    },
    create(object, options = {}) {
      return insert(ownedOnce(read(object, options), 'write', options), options)
    },
    update(object, options = {}) {
      if (options.subresource === 'scale') return replace(withScale(core, object), options)
      const resource = resourceOfManifest(object)
      const { namespace = 'default', name = '' } = object.metadata ?? ({} as Partial<KubeObject['metadata']>)
      mustGet(core, resource.kind, resource.namespaced ? namespace : undefined, name)
      return replace(ownedOnce(read(object, options), 'write', options), options, sentOwners(object))
    },
    patch(ref, type, patch, options = {}) {
      if (type === 'apply') return apply(ref, patch as KubeObject, options)
      const stored = ref.kind === 'Lease' ? get(ref) : find(ref)
      if (options.subresource === 'scale') {
        const scale = applyPatch(scaleOf(stored), type === 'strategic' ? 'merge' : type, patch, 'Scale')
        checkName(scale, ref.name, ref.namespace)
        return replace(withScale(core, checkedScale(scale), stored), options)
      }
      const ofOwners = type === 'json' && isPatchOfOwners(patch)
      const target = ofOwners ? { ...stored, metadata: { ...stored.metadata, managedFields: fieldOwners().managedFieldsOf(stored) } } : stored
      const next = applyPatch(target, type, patch, ref.kind)
      const decoded = decodePatched(ref.kind, next, core.version, { type, body: patch })
      checkName(decoded.object, ref.name, ref.namespace)
      if (decoded.unknownFields.length && options.fieldValidation === 'Strict' && since(core.version, 'serverSideFieldValidation'))
        throw strictPatchError(decoded.unknownFields, patch)
      if (options.fieldValidation === 'Warn') checkUnknown(core, ref.kind, decoded.unknownFields, options)
      const { managedFields, ...own } = decoded.object.metadata ?? ({} as KubeObject['metadata'])
      const metadata = { ...own, ...(ref.namespace && { namespace: ref.namespace }) }
      if (own.uid && own.uid !== stored.metadata.uid) {
        const cause = { reason: 'FieldValueInvalid', field: 'metadata.uid', message: `Invalid value: ${quoteGo(own.uid)}: field is immutable` }
        throw invalid(kindName(resourceOf(ref.kind)), ref.name, [cause])
      }
      const patched = applyDefaults({ ...decoded.object, apiVersion: stored.apiVersion, kind: stored.kind, metadata } as AnyObject, core.version)
      const made = ownedOnce(patched, 'patch', options)
      return replace(made, options, ofOwners ? { result: managedFields ?? [], isChange: true } : sentOwners(next))
    },
    delete(ref, options: DeleteOptions = {}) {
      const object = get(ref)
      const request = {
        gracePeriodSeconds: options.gracePeriodSeconds,
        uid: options.preconditions?.uid,
        resourceVersion: options.preconditions?.resourceVersion,
        propagation: options.propagationPolicy,
      }
      if (!options.dryRun) return deleteObject(core, by, object, request)
      admitDelete(object, request)
      return object
    },
    managedFields: (object) =>
      fieldOwners().managedFieldsOf(object.kind === 'Lease' ? mustGet(core, 'Lease', object.metadata.namespace, object.metadata.name) : object),
    loadFieldOwners,
    evict(ref, options: DeleteOptions = {}) {
      const pod = get(ref) as Pod
      if (options.dryRun) return
      let target: AnyObject = pod
      if (since(core.version, 'disruptionConditions') && !isTerminal(pod) && !pod.metadata.deletionTimestamp) {
        const status = withDisruptionTarget(
          pod,
          { reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' },
          core.version,
          core.timestamp(),
        )
        target = writing({ subresource: 'status' }, {}, () => updateObjectStatus(core, 'kube-apiserver', pod, status, 'marked for eviction'))
      }
      deleteObject(core, by, target, { gracePeriodSeconds: options.gracePeriodSeconds, uid: options.preconditions?.uid })
    },
  }
}
