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
  subresource?: 'status' | 'scale'
}

export type PatchType = 'json' | 'merge' | 'strategic'

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
  create(object: KubeObject, options?: WriteOptions): AnyObject
  update(object: KubeObject, options?: WriteOptions): AnyObject
  patch(ref: ObjectRef, type: PatchType, patch: unknown, options?: WriteOptions): AnyObject
  /** The deleted or terminating object. */
  delete(ref: ObjectRef, options?: DeleteOptions): AnyObject
  evict(ref: ObjectRef, options?: DeleteOptions): void
}

/**
 * What a command that needs cluster time yields: `sleep` resumes after that much cluster time; `change` resumes after
 * the next moment at which any object was written (at the latest after `ms`, when given).
 */
export type Wait = { kind: 'sleep'; ms: number } | { kind: 'change'; ms?: number }

/** A command that may wait for the cluster; returns its exit status. Closed early (`return()`) by Ctrl+C. */
export type Running = Generator<Wait, number, void>
