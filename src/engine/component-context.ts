import type { EventType, KubeObject } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { createRandom, type Random } from '#sim/random.ts'
import type { ComponentContext, ComponentDefinition, ControlPlaneApi, Plain, RecordExtra, TimerId } from './component.ts'
import type { ClusterState, Core } from './core.ts'
import { createControlPlaneApi } from './store/control-plane-api.ts'
import { recordEvent } from './store/recorder.ts'

/**
 * What a component of a cluster is given; its memory begins as its definition says. A class, because every component reads it all the
 * time: V8 gives no shape to an object literal that has a getter.
 */
export class CoreContext implements ComponentContext<unknown> {
  readonly name: string
  readonly version: KubernetesVersion
  readonly api: ControlPlaneApi
  readonly random: Random
  private readonly core: Core
  private readonly order: number
  private cluster: ClusterState
  private memory: unknown

  constructor(core: Core, { name, order, initialState }: ComponentDefinition) {
    core.state.components[name] = initialState()
    this.name = name
    this.version = core.version
    this.api = createControlPlaneApi(core, name)
    this.random = createRandom(() => core.randomState(name))
    this.core = core
    this.order = order
    this.cluster = core.state
    this.memory = core.state.components[name]
  }

  get state(): unknown {
    const { state } = this.core
    if (this.cluster !== state) {
      this.cluster = state
      this.memory = state.components[this.name]
    }
    return this.memory
  }

  now(): number {
    return this.core.state.nowMs
  }

  timestamp(): string {
    return this.core.timestamp()
  }

  schedule(delayMs: number, payload: Plain): TimerId {
    return this.core.schedule(this.name, this.order, delayMs, payload)
  }

  cancel(id: TimerId): void {
    this.core.cancel(id)
  }

  record(about: KubeObject, type: EventType, reason: string, message: string, extra?: RecordExtra): void {
    recordEvent(this.core, this.name, about, type, reason, message, extra)
  }

  cause(): number {
    return this.core.cause
  }

  withCause<T>(cause: number, work: () => T): T {
    return this.core.withCause(cause, work)
  }
}
