import { checkName } from '#k8s/api/check-name.ts'
import { checkManager } from '#k8s/api/request-options.ts'
import { notFound } from '#k8s/api-error.ts'
import { applyDefaults } from '#k8s/defaults/index.ts'
import { isTerminal } from '#k8s/pod.ts'
import { withDisruptionTarget } from '#k8s/pod-condition.ts'
import { groupResource, resourceOf } from '#k8s/resources.ts'
import { decodePatched, strictPatchError } from '#k8s/schema/decode.ts'
import type { AnyObject, Kind, KubeObject, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { ApiClient, DeleteOptions, ListOptions, ObjectRef } from '#protocol/api-client.ts'
import type { Core } from '../core.ts'
import { leaseNamespace, presentLease, presentNode } from '../kubelet/lease.ts'
import { checkUnknown, createClientWrites, ownedOnce, resourceOfManifest } from './client-writes.ts'
import { admitDelete, deleteObject } from './delete.ts'
import { fieldOwners, loadFieldOwners } from './managed-fields/load.ts'
import { isPatchOfOwners, sentOwners } from './managed-fields/sent-owners.ts'
import { applyPatch } from './patch.ts'
import { isLiveEvent } from './recorder.ts'
import { checkedScale, scaleOf, withScale } from './scale.ts'
import { changeSeen, matcherOf } from './selection.ts'
import { keyOf } from './tables.ts'
import { checkUid, mustGet, updateObjectStatus } from './writes.ts'

/** The API for whoever is outside the control plane: decoding, defaults, validation and admission, then the store. */
export function createClient(core: Core, by: string): ApiClient {
  const table = (kind: Kind) => core.state.tables[kind] as ReadonlyMap<string, AnyObject>
  const { read, insert, replace, apply, writing } = createClientWrites(core, by)

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
      checkManager('CreateOptions', options.fieldManager, core.version)
      return insert(ownedOnce(read(object, options), 'write', options), options, sentOwners(object.metadata?.managedFields))
    },
    update(object, options = {}) {
      checkManager('UpdateOptions', options.fieldManager, core.version)
      if (options.subresource === 'scale') return replace(withScale(core, object), options)
      const resource = resourceOfManifest(object)
      const { namespace = 'default', name = '' } = object.metadata ?? ({} as Partial<KubeObject['metadata']>)
      const stored = mustGet(core, resource.kind, resource.namespaced ? namespace : undefined, name)
      const sent = ownedOnce(read(object, options), 'write', options)
      checkUid(sent, stored)
      return replace(sent, options, sentOwners(object.metadata?.managedFields, stored))
    },
    patch(ref, type, patch, options = {}) {
      checkManager('PatchOptions', options.fieldManager, core.version)
      if (type === 'apply') return apply(ref, patch as KubeObject, options)
      const stored = ref.kind === 'Lease' ? get(ref) : find(ref)
      if (options.subresource === 'scale') {
        const scale = applyPatch(scaleOf(stored), type === 'strategic' ? 'merge' : type, patch, 'Scale')
        checkName(scale, ref.name, ref.namespace)
        return replace(withScale(core, checkedScale(scale), stored), options)
      }
      const target =
        type === 'json' && isPatchOfOwners(patch)
          ? { ...stored, metadata: { ...stored.metadata, managedFields: fieldOwners().managedFieldsOf(stored) } }
          : stored
      const next = applyPatch(target, type, patch, ref.kind)
      const decoded = decodePatched(ref.kind, next, core.version, { type, body: patch })
      checkName(decoded.object, ref.name, ref.namespace)
      if (decoded.unknownFields.length && options.fieldValidation === 'Strict' && since(core.version, 'serverSideFieldValidation'))
        throw strictPatchError(decoded.unknownFields, patch)
      if (options.fieldValidation === 'Warn') checkUnknown(core, ref.kind, decoded.unknownFields, options)
      const { managedFields: _, ...own } = decoded.object.metadata ?? ({} as KubeObject['metadata'])
      const metadata = { ...own, ...(ref.namespace && { namespace: ref.namespace }) }
      const patched = applyDefaults({ ...decoded.object, apiVersion: stored.apiVersion, kind: stored.kind, metadata } as AnyObject, core.version)
      const made = ownedOnce(patched, 'patch', options)
      return replace(made, options, options.subresource ? {} : sentOwners(next.metadata?.managedFields, stored))
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
