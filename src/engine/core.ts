import { toTimestamp } from '#k8s/time.ts'
import type { AnyObject, Kind, KubeEvent, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { type Diff, emptyDiff, recordChange } from '#sim/diff.ts'
import { popHeap, pushHeap } from '#sim/heap.ts'
import { type RandomState, seedRandom } from '#sim/random.ts'
import { rememberLast } from '#sim/remember-last.ts'
import type { Plain, TimerId, WatchEvent, WatchType } from './component.ts'
import { addEntry, createJournal, type Journal, type JournalEntry, rootOf } from './journal.ts'
import { Indices } from './store/indices.ts'
import { type FieldWriter, keepWriteRecord, recordWrite } from './store/managed-fields/write-record.ts'
import { createRecorderState, type RecorderState } from './store/recorder-state.ts'
import { createTables, keyOf, type Tables } from './store/tables.ts'

/** How long after a write its watchers hear of it, ms of cluster time. */
export const watchDelayMs = 2

/** A timer of a component; without one the delivery of watch events, or with a payload a pass over series of Events. Immutable. */
export interface Timer {
  readonly atMs: number
  readonly order: number
  readonly seq: number
  readonly component: string | null
  readonly payload: Plain
  readonly cause: number
}

export interface Delivery {
  readonly dueMs: number
  readonly event: WatchEvent
  readonly cause: number
}

/** Everything that makes up a cluster at one moment. Plain data: a snapshot is a copy of it. */
export interface ClusterState {
  nowMs: number
  /** Timers that have fired. */
  steps: number
  seq: number
  heap: Timer[]
  cancelled: Set<TimerId>
  deliveries: Delivery[]
  tables: Tables
  resourceVersion: number
  random: Record<string, RandomState>
  components: Record<string, unknown>
  recorder: RecorderState
  journal: Journal
  /** Time of the last write of any object but Events. */
  lastChangeMs: number
}

export interface CoreOptions {
  version: KubernetesVersion
  seed: number
  /** Wall-clock time of the cluster's start, ms since the Unix epoch. */
  epochMs: number
}

export function createClusterState(): ClusterState {
  return {
    nowMs: 0,
    steps: 0,
    seq: 0,
    heap: [],
    cancelled: new Set(),
    deliveries: [],
    tables: createTables(),
    resourceVersion: 0,
    random: {},
    components: {},
    recorder: createRecorderState(),
    journal: createJournal(),
    lastChangeMs: 0,
  }
}

/** `object` = as stored; when it was removed, its last state with the removal's resourceVersion. */
export type CommitListener = (type: WatchType, object: AnyObject, before: AnyObject | undefined) => void

/**
 * The cluster's clock, tables and causes: what the API server and the components share. `state` may be replaced as a
 * whole (`restore`).
 */
export class Core {
  readonly options: CoreOptions
  state: ClusterState
  indices: Indices
  /** The journal entry that the present work is caused by. */
  cause = 0
  /** How the client that writes at this moment wants to own what it writes; undefined while components write. */
  fieldWriter: FieldWriter | undefined
  /** Changes since somebody last took them; undefined while nobody asks. */
  private changes: Diff<AnyObject> | undefined
  /** Kinds that anybody watches. */
  readonly watched = new Set<Kind>()
  private readonly listeners = new Set<CommitListener>()
  private readonly textOfSecond = rememberLast((second: number) => toTimestamp(second * 1000))

  constructor(options: CoreOptions, state: ClusterState = createClusterState()) {
    this.options = options
    this.state = state
    this.indices = Indices.of(state.tables)
  }

  get version(): KubernetesVersion {
    return this.options.version
  }

  /** Whether anybody is told of every write. */
  get isHeard(): boolean {
    return this.listeners.size > 0
  }

  /** Tells of every write from now on, at once. Returns what ends it. */
  listen(listener: CommitListener): () => void {
    // what was recorded before is no news
    this.state.tables.Event.file()
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  replaceState(state: ClusterState, indices = Indices.of(state.tables)): void {
    this.state = state
    this.indices = indices
    this.cause = 0
  }

  epochNow(): number {
    return this.options.epochMs + this.state.nowMs
  }

  /** Present time as the API stores it. */
  timestamp(): string {
    return this.textOfSecond(Math.floor(this.epochNow() / 1000))
  }

  /** The named stream of random numbers: one for each user, so that one's draws do not shift another's. */
  randomState(name: string): RandomState {
    const known = this.state.random[name]
    if (known) return known
    let hash = this.options.seed | 0
    for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0
    const made = seedRandom(hash)
    this.state.random[name] = made
    return made
  }

  schedule(component: string | null, order: number, delayMs: number, payload: Plain): TimerId {
    const seq = ++this.state.seq
    pushHeap(this.state.heap, { atMs: this.state.nowMs + Math.max(0, delayMs), order, seq, component, payload, cause: this.cause })
    return seq
  }

  cancel(id: TimerId): void {
    this.state.cancelled.add(id)
  }

  /** The next timer that was not cancelled; cancelled ones before it are dropped. */
  peek(): Timer | undefined {
    const { heap, cancelled } = this.state
    for (;;) {
      const first = heap[0]
      if (!first || cancelled.size === 0 || !cancelled.delete(first.seq)) return first
      popHeap(heap)
    }
  }

  withCause<T>(cause: number, work: () => T): T {
    const before = this.cause
    this.cause = cause
    try {
      return work()
    } finally {
      this.cause = before
    }
  }

  /** Notes that somebody did something, caused by what is being worked on. Returns the entry's id. */
  note({ by, verb, text }: Pick<JournalEntry, 'by' | 'verb' | 'text'>): number {
    const { journal, nowMs } = this.state
    return addEntry(journal, {
      id: journal.nextId,
      atMs: nowMs,
      by,
      verb,
      kind: undefined,
      namespace: undefined,
      name: undefined,
      text,
      cause: this.cause,
      root: rootOf(journal, this.cause),
    })
  }

  /**
   * Stores one change: gives it the next resourceVersion, keeps indices, tells watchers later, notes who and why.
   * `after` is a new object, which is completed here and then frozen; undefined = removal. Returns the stored object
   * (or the last state on removal). `told: 'withNext'` = it is one act with the write that follows at once, whose entry tells of both.
   */
  commit<T extends AnyObject>(
    by: string,
    verb: JournalEntry['verb'],
    key: string,
    before: T | undefined,
    after: T | undefined,
    text?: string,
    told?: 'withNext',
  ): T {
    const { state } = this
    const object = (after ?? { ...before }) as T
    const kind = object.kind as Kind
    const shared = object.metadata === before?.metadata
    const metadata = shared ? { ...object.metadata } : object.metadata
    metadata.resourceVersion = String(++state.resourceVersion)
    if (shared) object.metadata = metadata
    const table = state.tables[kind] as Map<string, AnyObject>
    if (after) table.set(key, object)
    else table.delete(key)
    if (this.changes) recordChange(this.changes, `${kind}/${key}`, before, after ? object : undefined)
    const type: WatchType = !after ? 'DELETED' : before ? 'MODIFIED' : 'ADDED'
    if (kind !== 'Event') {
      if (verb === 'delete' || verb === 'bind') keepWriteRecord(before, object)
      else recordWrite(before, object, by, this.fieldWriter, verb === 'status', this.timestamp())
    }
    Object.freeze(object)
    for (const tell of this.listeners) tell(type, object, before)
    if (kind === 'Event') return object
    this.indices.change(key, before, after ? object : undefined)
    state.lastChangeMs = state.nowMs
    const { namespace, name } = metadata
    const { journal, nowMs } = state
    const { cause } = this
    const id = journal.nextId
    if (!told) addEntry(journal, { id, atMs: nowMs, by, verb, kind, namespace, name, text, cause, root: rootOf(journal, cause) })
    if (this.watched.has(kind)) {
      if (state.deliveries.length === 0) this.schedule(null, 0, watchDelayMs, null)
      state.deliveries.push({ dueMs: state.nowMs + watchDelayMs, event: { type, kind, object, old: before } as WatchEvent, cause: id })
    }
    return object
  }

  /** Stores an Event as a component wrote it, new or in the place of `before`: no watcher hears of it. */
  storeEvent(event: KubeEvent, before?: KubeEvent): KubeEvent {
    const key = keyOf(event.metadata.namespace, event.metadata.name)
    this.state.tables.Event.set(key, Object.freeze(event))
    if (this.changes) recordChange(this.changes, `Event/${key}`, before, event)
    for (const tell of this.listeners) tell(before ? 'MODIFIED' : 'ADDED', event, before)
    return event
  }

  /** What changed since the last call; the first call begins to keep count and returns nothing. */
  takeChanges(): Diff<AnyObject> {
    this.state.tables.Event.file()
    const taken = this.changes ?? emptyDiff()
    this.changes = emptyDiff()
    return taken
  }

  /** Watch events due now, oldest first; the delivery of the next ones is scheduled. */
  takeDeliveries(): Delivery[] {
    const { state } = this
    let due = 0
    while (due < state.deliveries.length && (state.deliveries[due] as Delivery).dueMs <= state.nowMs) due++
    const taken = state.deliveries
    state.deliveries = due < taken.length ? taken.splice(due) : []
    const next = state.deliveries[0]
    if (next) this.schedule(null, 0, next.dueMs - state.nowMs, null)
    return taken
  }

  podsOnNode(name: string): Pod[] {
    return this.indices.podsOnNode(name)
  }
}
