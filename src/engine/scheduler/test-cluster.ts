/** Support for this folder's tests: a store with nothing but the scheduler in it. */
import type { Container, KubeEvent, KubeNode, Pod, PodSpec, PodStatus, StringMap, Taint } from '#k8s/types.ts'
import { type KubernetesVersion, newestVersion } from '#k8s/version.ts'
import { popHeap } from '#sim/heap.ts'
import type { Component, ComponentContext, ComponentDefinition, ControlPlaneApi } from '../component.ts'
import { CoreContext } from '../component-context.ts'
import { type ClusterState, Core } from '../core.ts'
import { keyOf } from '../store/tables.ts'
import { type Cycle, createCycle } from './cycle.ts'
import { cacheOfStore } from './explain-pending.ts'
import { type SchedulerState, schedulerDefinition } from './scheduler.ts'

export interface NodeOptions {
  cpu?: string
  memory?: string
  pods?: string
  labels?: StringMap
  taints?: Taint[]
  unschedulable?: boolean
  extended?: StringMap
}

/** A node with 2 cpu, 4Gi and 110 pods unless said otherwise. */
export function makeNode(name: string, options: NodeOptions = {}): KubeNode {
  const { cpu = '2', memory = '4Gi', pods = '110', labels, taints, unschedulable, extended } = options
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: `node-${name}`, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: { taints, unschedulable },
    status: { allocatable: { cpu, memory, pods, ...extended } },
  }
}

export interface PodOptions {
  namespace?: string
  labels?: StringMap
  requests?: StringMap
  hostPort?: number
  owner?: { kind: string; name: string }
  spec?: Partial<PodSpec>
  status?: PodStatus
  deletionTimestamp?: string
}

export function makePod(name: string, options: PodOptions = {}): Pod {
  const { namespace = 'default', labels, requests, hostPort, owner, spec, status, deletionTimestamp } = options
  const container: Container = {
    name: 'c',
    image: 'c:v1',
    ...(requests && { resources: { requests } }),
    ...(hostPort && { ports: [{ containerPort: hostPort, hostPort }] }),
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      labels,
      deletionTimestamp,
      ...(owner && { ownerReferences: [{ apiVersion: 'apps/v1', ...owner, uid: `uid-${owner.name}`, controller: true }] }),
    },
    spec: { containers: [container], schedulerName: 'default-scheduler', ...spec },
    status: { phase: 'Pending', ...status },
  }
}

/** Node affinity as the DaemonSet controller sets it. */
export function pinnedTo(...nodes: string[]): PodSpec['affinity'] {
  const nodeSelectorTerms = nodes.map((node) => ({ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }))
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } }
}

export class TestCluster {
  readonly core: Core
  readonly api: ControlPlaneApi
  readonly component: Component

  constructor(version: KubernetesVersion = newestVersion, seed = 1) {
    const core = new Core({ version, seed, epochMs: 1_767_225_600_000 })
    this.core = core
    const context = new CoreContext(core, schedulerDefinition as ComponentDefinition)
    this.api = context.api
    this.component = schedulerDefinition.create(context as ComponentContext<SchedulerState>)
    for (const kind of this.component.watches) core.watched.add(kind)
  }

  add<T extends KubeNode | Pod>(...objects: T[]): this {
    for (const object of objects) {
      const { namespace, name } = object.metadata
      this.core.commit('test', 'create', keyOf(namespace, name), undefined, object)
    }
    return this
  }

  /** Replaces an object by what `edit` makes of it; undefined removes it. */
  change<K extends 'Node' | 'Pod'>(kind: K, name: string, edit: (object: K extends 'Node' ? KubeNode : Pod) => KubeNode | Pod | undefined): void {
    const key = kind === 'Pod' ? `default/${name}` : name
    const before = this.core.state.tables[kind].get(key) as KubeNode | Pod
    this.core.commit('test', 'update', key, before, edit(before as never))
  }

  pod(name: string): Pod | undefined {
    return this.core.state.tables.Pod.get(`default/${name}`)
  }

  scheduled(name: string): string | undefined {
    return this.pod(name)?.status.conditions?.find((c) => c.type === 'PodScheduled')?.message
  }

  events(reason: string): KubeEvent[] {
    return [...this.core.state.tables.Event.values()].filter((event) => event.reason === reason)
  }

  get state(): SchedulerState {
    return this.core.state.components[schedulerDefinition.name] as SchedulerState
  }

  /** Runs what is due within ms. */
  run(ms: number): this {
    const { core } = this
    const end = core.state.nowMs + ms
    for (let next = core.peek(); next && next.atMs <= end; next = core.peek()) {
      popHeap(core.state.heap)
      core.state.nowMs = Math.max(core.state.nowMs, next.atMs)
      if (next.component) this.component.onTimer(next.payload)
      else for (const { event, cause } of core.takeDeliveries()) core.withCause(cause, () => this.component.onWatch(event))
    }
    core.state.nowMs = end
    return this
  }

  restore(state: ClusterState): void {
    this.core.replaceState(state)
    this.component.onRestore?.()
  }

  /** One attempt for a pod, over the cluster as it is. */
  cycle(pod: Pod): Cycle {
    return createCycle(pod, cacheOfStore(this.api, this.core.version))
  }
}
