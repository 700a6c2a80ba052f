import { type KubernetesVersion, newestVersion } from '#k8s/version.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import type { Fault } from '#protocol/messages.ts'
import { cloneState } from '#sim/clone.ts'
import { popHeap } from '#sim/heap.ts'
import { type Action, recordWrites, repeatWrite } from './action.ts'
import type { Component, ComponentDefinition, Plain } from './component.ts'
import { CoreContext } from './component-context.ts'
import { componentDefinitions } from './controllers/index.ts'
import { type ClusterState, Core } from './core.ts'
import type { KubeletProfile, KubeletProfileName } from './kubelet/profile.ts'
import { createClient } from './store/client.ts'
import { type SeriesPass, tellSeries } from './store/event-series.ts'
import type { Indices } from './store/indices.ts'
import { copyRecorderState } from './store/recorder-state.ts'
import { copyTables } from './store/tables.ts'
import { createSystemObjects } from './system-objects.ts'

export interface ClusterOptions {
  version?: KubernetesVersion
  seed?: number
  /** Wall-clock time of the cluster's start, ms since the Unix epoch. Default 2026-01-01T00:00:00Z. */
  epochMs?: number
  /** How long simulated kubelets take, and whether they check what they accept. */
  kubelets?: KubeletProfileName | KubeletProfile
}

export const defaultEpochMs = 1_767_225_600_000

/** A copy of everything a cluster is at one moment. Opaque; give it back to `restore`. */
export interface Snapshot {
  readonly state: ClusterState
  readonly indices: Indices
}

/** A simulated cluster: its clock, what the user can do to it, and its past as a snapshot. Deterministic. */
export class Cluster {
  readonly options: Required<ClusterOptions>
  readonly core: Core
  /** The API for whoever is outside the control plane. Writes are attributed to `user`. */
  readonly client: ApiClient
  /** Told of everything that comes from outside, before it happens. */
  onAction: ((action: Action) => void) | undefined
  /** Told after every timer. */
  onStep: (() => void) | undefined
  private readonly plainClient: ApiClient
  private readonly definitions: readonly ComponentDefinition[]
  private readonly components = new Map<string, Component>()
  private readonly watchers = new Map<string, Component[]>()

  constructor(options: ClusterOptions = {}) {
    this.options = { version: newestVersion, seed: 1, epochMs: defaultEpochMs, kubelets: 'believable', ...options }
    this.core = new Core(this.options)
    this.definitions = componentDefinitions(this.options.kubelets)
    for (const definition of this.definitions) this.addComponent(definition)
    this.plainClient = createClient(this.core, 'user')
    this.client = recordWrites(this.plainClient, (method, args) => this.onAction?.({ ...this.moment(), kind: 'write', method, args }))
    createSystemObjects(this.core)
  }

  private addComponent(definition: ComponentDefinition): void {
    const { core } = this
    const component = definition.create(new CoreContext(core, definition))
    this.components.set(definition.name, component)
    for (const kind of component.watches) {
      core.watched.add(kind)
      const list = this.watchers.get(kind)
      if (list) list.push(component)
      else this.watchers.set(kind, [component])
    }
  }

  /** Cluster time, ms since the cluster's start. */
  get nowMs(): number {
    return this.core.state.nowMs
  }

  /** When the next timer fires, whatever it does; undefined when nothing is due ever. */
  get nextTimerMs(): number | undefined {
    return this.core.peek()?.atMs
  }

  /** Nodes and pods. */
  get size(): number {
    const { Node, Pod } = this.core.state.tables
    return Node.size + Pod.size
  }

  /** Timers that have fired since the cluster's start. */
  get steps(): number {
    return this.core.state.steps
  }

  private moment(): { steps: number; atMs: number; cause: number } {
    return { steps: this.steps, atMs: this.nowMs, cause: this.core.cause }
  }

  /** Does a recorded action again, now. */
  repeat(action: Action): void {
    if (action.kind === 'fault') this.fault(action.fault, action.text)
    else if (action.kind === 'note') this.begin(action.text)
    else if (action.kind === 'refusal') this.refuse(action.cause, action.text)
    else this.core.withCause(action.cause, () => repeatWrite(this.plainClient, action.method, action.args))
  }

  /** Lets the next timer fire, however far away. False when there is none. */
  step(): boolean {
    const { core } = this
    const timer = core.peek()
    if (!timer) return false
    popHeap(core.state.heap)
    core.state.nowMs = Math.max(core.state.nowMs, timer.atMs)
    core.state.steps++
    const before = core.cause
    try {
      if (timer.component === null) {
        if (timer.payload === null) this.deliver()
        else tellSeries(core, timer.payload as SeriesPass)
      } else {
        core.cause = timer.cause
        this.components.get(timer.component)?.onTimer(timer.payload)
      }
    } finally {
      core.cause = before
    }
    this.onStep?.()
    return true
  }

  private deliver(): void {
    const { core } = this
    for (const { event, cause } of core.takeDeliveries()) {
      const watchers = this.watchers.get(event.kind) as readonly Component[]
      core.cause = cause
      for (const component of watchers) component.onWatch(event)
    }
  }

  /** Runs everything that is due up to and at `atMs`, and moves the clock there. */
  runUntil(atMs: number): void {
    for (let next = this.nextTimerMs; next !== undefined && next <= atMs; next = this.nextTimerMs) this.step()
    if (atMs > this.core.state.nowMs) this.core.state.nowMs = atMs
  }

  runFor(ms: number): void {
    this.runUntil(this.nowMs + ms)
  }

  /** Runs until no object has changed for `quietMs` (Events do not count), at most `maxMs`. Returns the time taken, ms. */
  settle(quietMs?: number, maxMs?: number): number {
    const settling = this.settling(quietMs, maxMs)
    for (;;) {
      const { done, value } = settling.next()
      if (done) return value
    }
  }

  /** As `settle`, one timer at a time. */
  *settling(quietMs = 2500, maxMs = 60_000): Generator<undefined, number> {
    const start = this.nowMs
    const end = start + maxMs
    // a settle begins its own silence: what happened before does not shorten it
    let quietFrom = start
    for (;;) {
      const quietEnd = Math.min(quietFrom + quietMs, end)
      const next = this.nextTimerMs
      if (next === undefined || next > quietEnd) {
        this.runUntil(quietEnd)
        return quietEnd - start
      }
      this.step()
      quietFrom = Math.max(quietFrom, this.core.state.lastChangeMs)
      yield undefined
    }
  }

  /** A component outside Kubernetes' reach is made to fail or to come back. Throws Error with what is wrong with the fault. */
  fault(fault: Fault, text: string): void {
    const { core } = this
    this.onAction?.({ ...this.moment(), kind: 'fault', fault, text })
    const cause = core.note({ by: 'user', verb: 'fault', text })
    core.withCause(cause, () => {
      for (const component of this.components.values()) component.onFault?.(fault as unknown as Plain)
    })
  }

  /** Notes something the user does, e.g. a command line; returns the journal entry that what follows is caused by. */
  begin(text: string): number {
    this.onAction?.({ ...this.moment(), kind: 'note', text })
    return this.core.note({ by: 'user', verb: 'run', text })
  }

  /** Notes that what the user did under this journal entry failed, and why. */
  refuse(cause: number, text: string): void {
    this.core.withCause(cause, () => {
      this.onAction?.({ ...this.moment(), kind: 'refusal', text })
      this.core.note({ by: 'user', verb: 'refuse', text })
    })
  }

  /** Runs `work` as caused by this journal entry. */
  withCause<T>(cause: number, work: () => T): T {
    return this.core.withCause(cause, work)
  }

  /** Rises with every write of an object. */
  get revision(): number {
    return this.core.state.resourceVersion
  }

  snapshot(): Snapshot {
    return copySnapshot(this.core)
  }

  /** Goes back (or forward) to a snapshot of this cluster. The snapshot stays valid. */
  restore(snapshot: Snapshot): void {
    const { state, indices } = copySnapshot(snapshot)
    this.core.replaceState(state, indices)
    for (const component of this.components.values()) component.onRestore?.()
  }

  /** Another cluster in the same state, whose future is its own. */
  fork(): Cluster {
    const fork = new Cluster(this.options)
    fork.restore(this.core)
    return fork
  }

  component(name: string): Component | undefined {
    return this.components.get(name)
  }

  componentState(name: string): unknown {
    return this.core.state.components[name]
  }
}

function copySnapshot({ state, indices }: Snapshot): Snapshot {
  const copy = copyClusterState(state)
  return { state: copy, indices: indices.copy(copy.tables) }
}

function copyClusterState(state: ClusterState): ClusterState {
  // the recorder is copied without what waits
  state.tables.Event.file()
  return {
    ...state,
    heap: state.heap.slice(),
    cancelled: new Set(state.cancelled),
    deliveries: state.deliveries.slice(),
    tables: copyTables(state.tables),
    random: cloneState(state.random),
    components: cloneState(state.components),
    recorder: copyRecorderState(state.recorder),
    journal: { entries: state.journal.entries.slice(), nextId: state.journal.nextId },
  }
}
