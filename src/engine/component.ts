import type { ApiError } from '#k8s/api-error.ts'
import type { EventType, Kind, Kinds, KubeNode, KubeObject, Namespace, Pod, StatusOf } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Random } from '#sim/random.ts'

/** Plain data that a snapshot can copy: no closures, no class instances. */
export type Plain = null | undefined | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain }

export type WatchType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** One change of one object as a watcher sees it, a little after the write. On DELETED `object` is the last state. */
export interface WatchEvent<K extends Kind = Kind> {
  type: WatchType
  kind: K
  object: Kinds[K]
  /** State before the change; undefined on ADDED. */
  old?: Kinds[K]
}

export interface DeleteRequest {
  /** undefined = the object's own (API-2.1). */
  gracePeriodSeconds?: number
  /** Refused with Conflict when the object has another uid. */
  uid?: string
  propagation?: 'Background' | 'Foreground' | 'Orphan'
}

/**
 * The API server as a component of the control plane sees it: reads of the present state, indices, and writes that are
 * attributed to the component and to what made it act. Objects given out are immutable. Writes throw ApiError.
 */
export interface ControlPlaneApi {
  get<K extends Kind>(kind: K, namespace: string, name: string): Kinds[K] | undefined
  /** All objects of a kind in creation order (of one namespace when given). */
  list<K extends Kind>(kind: K, namespace?: string): Kinds[K][]
  count(kind: Kind): number
  node(name: string): KubeNode | undefined
  /** Pods with this spec.nodeName, creation order. */
  podsOnNode(nodeName: string): Pod[]
  /** Objects of a kind whose controller reference has this uid, creation order. */
  controlledBy<K extends Kind>(kind: K, ownerUid: string): Kinds[K][]
  /**
   * Keys (`namespace/name`) of the pods with this controller that were written since it last asked, those that went, came or were released
   * among them; undefined = any of them may have been. One component asks about one uid.
   */
  writtenPods(ownerUid: string): Iterable<string> | undefined
  /** The next answer about the uid is undefined; until then nothing is kept for it. */
  forgetWrittenPods(ownerUid: string): void
  /** Objects of a kind without a controller reference, creation order. */
  orphans<K extends Kind>(kind: K, namespace: string): Kinds[K][]
  /** All objects with any owner reference to this uid. */
  dependents(ownerUid: string): KubeObject[]
  /** Create through admission. Name from metadata.name, or metadata.generateName + 5 characters. */
  create<K extends Kind>(kind: K, object: Omit<Kinds[K], 'status'> & { status?: unknown }): Kinds[K]
  /** Replace metadata and spec (status is kept). Conflict when object.metadata.resourceVersion is not the stored one. */
  update<K extends Kind>(kind: K, object: Kinds[K]): Kinds[K]
  /** Replace what holds a namespace (`namespaces/finalize`), which `update` keeps. */
  finalize(namespace: Namespace): Namespace
  /** Replace status (spec and metadata are kept). No write, no event when nothing differs. */
  updateStatus<K extends Kind>(kind: K, object: Kinds[K], status: StatusOf<Kinds[K]>): Kinds[K]
  /** Delete as the API does: grace periods for pods, finalizers, propagation. NotFound / Conflict are thrown. */
  delete(kind: Kind, namespace: string, name: string, request?: DeleteRequest): void
  /** pods/binding (API-3). */
  bind(pod: Pod, nodeName: string): Pod
}

export type TimerId = number

/** What a recorded event says beside its text. */
export interface RecordExtra {
  fieldPath?: string
  host?: string
  /** The source, when it is not the component's own name. */
  component?: string
  series?: boolean
  action?: string
}

/** What a component is given. `state` is all that a snapshot keeps of it: read it through the context every time. */
export interface ComponentContext<State> {
  readonly name: string
  readonly version: KubernetesVersion
  readonly api: ControlPlaneApi
  readonly random: Random
  readonly state: State
  /** Cluster time in milliseconds since the cluster's start. */
  now(): number
  /** Present time as the API stores it (RFC 3339, whole seconds). */
  timestamp(): string
  /** Calls `onTimer(payload)` after delayMs; the payload is plain data. Causes travel along. */
  schedule(delayMs: number, payload: Plain): TimerId
  cancel(id: TimerId): void
  /**
   * Core-recorder event (EV-1.1 to EV-1.3) about an object. `fieldPath` e.g. `spec.containers{agent}`; `host` = node name for kubelet events.
   * With `series` it is the events.k8s.io recorder of the scheduler (EV-1.4), whose events carry an `action`.
   */
  record(about: KubeObject, type: EventType, reason: string, message: string, extra?: RecordExtra): void
  /** The journal entry that the current work is caused by. */
  cause(): number
  /** Runs `work` with another cause (a queue does this with the cause that enqueued the key). */
  withCause<T>(cause: number, work: () => T): T
}

/**
 * A controller, the scheduler, the kubelets, the node monitor…: reacts to delivered watch events and to its own timers,
 * and acts through `context.api`. All its memory is `context.state` (plain objects, arrays, Map, Set); anything else it keeps
 * must be derivable and is dropped by `onRestore`.
 */
export interface Component {
  readonly watches: readonly Kind[]
  onWatch(event: WatchEvent): void
  onTimer(payload: Plain): void
  /** Something the user does outside Kubernetes (a machine joins, a kubelet stops), as data; see faults/. */
  onFault?(fault: Plain): void
  /** After a snapshot was restored: forget what is derived from state or store. */
  onRestore?(): void
}

/** An entry of the explicit list of components (`controllers/index.ts`). */
export interface ComponentDefinition<State = unknown> {
  /** Also the source of its events (`daemonset-controller`). */
  readonly name: string
  /** Ties at one instant run in this order, lower first (SIM-2). */
  readonly order: number
  initialState(): State
  create(context: ComponentContext<State>): Component
}

export type { ApiError }
