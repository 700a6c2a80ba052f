import type { ManagedFieldsEntry } from '#k8s/managed-fields/entry.ts'
import type { AnyObject, Kind, KubeObject } from '#k8s/types.ts'

/** Names one object. `namespace` is undefined for cluster-scoped kinds. */
export interface ObjectRef {
  kind: Kind
  namespace?: string
  name: string
}

export interface WriteOptions {
  dryRun?: boolean
  /** `Strict` refuses unknown fields with 400, `Warn` reports them through `onWarning`, `Ignore` drops them (DS-16). */
  fieldValidation?: 'Strict' | 'Warn' | 'Ignore'
  onWarning?: (text: string) => void
  /** `finalize` is of a namespace: what holds it, which no other update changes; `resize` is of a pod: its cpu and memory. */
  subresource?: 'status' | 'scale' | 'finalize' | 'resize'
  /** Who owns what is written; default `kubectl`. Required for a patch of type `apply`. */
  fieldManager?: string
  /** With `apply`: takes fields from other owners. */
  force?: boolean
}

/** `apply` = server-side apply: creates what is not there; `loadFieldOwners` must have been waited for. */
export type PatchType = 'json' | 'merge' | 'strategic' | 'apply'

export interface DeleteOptions {
  gracePeriodSeconds?: number
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan'
  preconditions?: { uid?: string; resourceVersion?: string }
  dryRun?: boolean
}

export interface ListOptions {
  /** undefined = all namespaces */
  namespace?: string
  labelSelector?: string
  fieldSelector?: string
}

/** One write as a watcher of a selection sees it. `object` is the last state where it is DELETED. */
export interface WatchedChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: AnyObject
}

/**
 * The cluster's API as a client outside the control plane sees it (kubectl, the page). Every call is answered at
 * once at the cluster's present time; what takes cluster time is waited for by yielding a `Wait`.
 * All methods throw `ApiError` (#k8s/api-error.ts) with the API server's words.
 */
export interface ApiClient {
  /** `1.23` … `1.36` */
  readonly version: string
  /** Cluster time as milliseconds since the Unix epoch. */
  now(): number
  get(ref: ObjectRef): AnyObject
  /** Objects sorted by namespace/name, as etcd returns them. */
  list(kind: Kind, options?: ListOptions): { items: AnyObject[]; resourceVersion: string }
  /** Every write in a selection from now on, told at the moment of the write. Returns what ends it. */
  watch(kind: Kind, options: ListOptions, tell: (change: WatchedChange) => void): () => void
  create(object: KubeObject, options?: WriteOptions): AnyObject
  update(object: KubeObject, options?: WriteOptions): AnyObject
  patch(ref: ObjectRef, type: PatchType, patch: unknown, options?: WriteOptions): AnyObject
  /** The deleted or terminating object. */
  delete(ref: ObjectRef, options?: DeleteOptions): AnyObject
  evict(ref: ObjectRef, options?: DeleteOptions): void
  /** `metadata.managedFields` of an object that this client gave out; objects do not carry it. `loadFieldOwners` must have been waited for. */
  managedFields(object: AnyObject): ManagedFieldsEntry[]
  /** Undefined when field owners can be asked for at once; else a promise to wait for. */
  loadFieldOwners(): Promise<void> | undefined
}

/**
 * What a command that needs cluster time yields: `sleep` resumes after that much cluster time; `change` resumes after
 * the next moment at which any object was written (at the latest after `ms`, when given); `load` resumes when something that is
 * not part of the cluster has come; `breath` at once, but whoever else has something to do may do it before.
 */
export type Wait = { kind: 'sleep'; ms: number } | { kind: 'change'; ms?: number } | { kind: 'load'; until: Promise<void> } | { kind: 'breath' }

/** A command that may wait for the cluster; returns its exit status. Closed early (`return()`) by Ctrl+C. */
export type Running = Generator<Wait, number, void>
