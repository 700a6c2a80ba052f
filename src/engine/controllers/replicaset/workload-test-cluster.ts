/**
 * A cluster for the tests of these controllers: the real API server and clock, the components under test, and stand-ins that bind
 * every pod to the emptiest node, report it ready after 150 ms and end its deletion after 150 ms.
 */
import { applyDefaults } from '#k8s/defaults/index.ts'
import { apiVersionOf, resourceOf } from '#k8s/resources.ts'
import type { AnyObject, Kind, Kinds, KubeEvent, Pod } from '#k8s/types.ts'
import { type KubernetesVersion, newestVersion } from '#k8s/version.ts'
import { popHeap } from '#sim/heap.ts'
import type { Component, ComponentDefinition, ControlPlaneApi } from '../../component.ts'
import { CoreContext } from '../../component-context.ts'
import { Core } from '../../core.ts'
import { createControlPlaneApi } from '../../store/control-plane-api.ts'
import { createSystemObjects } from '../../system-objects.ts'

/** Nodes whose kubelet does nothing, and images that never start. */
export interface Machines {
  dead: Set<string>
  brokenImages: Set<string>
}

const machineDelayMs = 150

function createMachines(machines: Machines): ComponentDefinition<null> {
  return {
    name: 'machines',
    order: 40,
    initialState: () => null,
    create(context) {
      const { api } = context
      const isUp = (pod: Pod) => !!pod.spec.nodeName && !machines.dead.has(pod.spec.nodeName)
      const act = (pod: Pod) => {
        const { namespace = '', name } = pod.metadata
        if (!pod.spec.nodeName) {
          const nodes = api.list('Node').filter((n) => !machines.dead.has(n.metadata.name) && !n.spec.unschedulable)
          const emptiest = nodes.sort((a, b) => api.podsOnNode(a.metadata.name).length - api.podsOnNode(b.metadata.name).length)[0]
          if (emptiest && !pod.metadata.deletionTimestamp) api.bind(pod, emptiest.metadata.name)
        } else if (!isUp(pod)) return
        else if (pod.metadata.deletionTimestamp) api.delete('Pod', namespace, name, { gracePeriodSeconds: 0 })
        else if (pod.status.phase === 'Pending' && !pod.spec.containers.some((c) => machines.brokenImages.has(c.image ?? ''))) {
          const ready = { type: 'Ready', status: 'True' as const, lastTransitionTime: context.timestamp() }
          api.updateStatus('Pod', pod, { ...pod.status, phase: 'Running', conditions: [...(pod.status.conditions ?? []), ready] })
        }
      }
      return {
        watches: ['Pod'],
        onWatch({ type, object }) {
          if (type === 'DELETED') return
          const pod = object as Pod
          const waits = pod.spec.nodeName && (pod.metadata.deletionTimestamp || pod.status.phase === 'Pending')
          if (waits) context.schedule(machineDelayMs, [pod.metadata.namespace, pod.metadata.name])
          else if (!pod.spec.nodeName) context.schedule(1, [pod.metadata.namespace, pod.metadata.name])
        },
        onTimer(payload) {
          const [namespace, name] = payload as [string, string]
          const pod = api.get('Pod', namespace, name)
          if (pod) act(pod)
        },
      }
    },
  }
}

export interface WorkloadTestCluster {
  readonly core: Core
  readonly api: ControlPlaneApi
  readonly machines: Machines
  /** Time spent in each component, ms of real time. */
  readonly spent: Map<string, number>
  /** Creates an object with its defaults, in namespace `default` unless it names one. */
  create<K extends Kind>(kind: K, object: object): Kinds[K]
  /** Replaces the spec fields given. */
  patchSpec(kind: Kind, name: string, spec: object): void
  /** Runs everything due within this time. */
  runFor(ms: number): void
  /** `Reason: message` of every event, in order, with `xN` behind repeated ones. */
  events(reason?: string): string[]
}

/** Options: the components under test, the nodes to begin with, the version (newest unless given), a clock for `spent`. */
export function createWorkloadTestCluster(
  definitions: readonly ComponentDefinition[],
  options: { nodes?: number; version?: KubernetesVersion; clock?: () => number } = {},
): WorkloadTestCluster {
  const { nodes = 3, version = newestVersion, clock = () => 0 } = options
  const core = new Core({ version, seed: 1, epochMs: 1_767_225_600_000 })
  const machines: Machines = { dead: new Set(), brokenImages: new Set() }
  const components = new Map<string, Component>()
  const spent = new Map<string, number>()
  for (const definition of [...definitions, createMachines(machines) as ComponentDefinition]) {
    const component = definition.create(new CoreContext(core, definition))
    components.set(definition.name, component)
    for (const kind of component.watches) core.watched.add(kind)
  }
  createSystemObjects(core)
  const api = createControlPlaneApi(core, 'user')
  const timed = (name: string, work: () => void) => {
    const start = clock()
    work()
    spent.set(name, (spent.get(name) ?? 0) + clock() - start)
  }
  const step = () => {
    const timer = core.peek()
    if (!timer) return
    popHeap(core.state.heap)
    core.state.nowMs = Math.max(core.state.nowMs, timer.atMs)
    const { component } = timer
    if (component !== null) return core.withCause(timer.cause, () => timed(component, () => components.get(component)?.onTimer(timer.payload)))
    for (const { event, cause } of core.takeDeliveries())
      for (const [name, watcher] of components)
        if (watcher.watches.includes(event.kind)) core.withCause(cause, () => timed(name, () => watcher.onWatch(event)))
  }
  const cluster: WorkloadTestCluster = {
    core,
    api,
    machines,
    spent,
    create<K extends Kind>(kind: K, object: object) {
      const given = object as { metadata: object }
      const resource = resourceOf(kind)
      const metadata = { ...(resource.namespaced && { namespace: 'default' }), ...given.metadata }
      const full = { apiVersion: apiVersionOf(resource), kind, ...object, metadata } as unknown as AnyObject
      return api.create(kind, applyDefaults(full, version) as unknown as Kinds[K])
    },
    patchSpec(kind, name, spec) {
      const object = api.get(kind, 'default', name) as unknown as { spec: object }
      api.update(kind, applyDefaults({ ...object, spec: { ...object.spec, ...spec } } as AnyObject, version) as never)
    },
    runFor(ms) {
      const end = core.state.nowMs + ms
      for (let next = core.peek(); next && next.atMs <= end; next = core.peek()) step()
      core.state.nowMs = end
    },
    events(reason) {
      const all = api.list('Event') as KubeEvent[]
      const texts = all.filter((e) => !reason || e.reason === reason)
      return texts.map((e) => `${e.reason}: ${e.message}${(e.count ?? 1) > 1 ? ` x${e.count}` : ''}`)
    },
  }
  for (let i = 0; i < nodes; i++)
    cluster.create('Node', { metadata: { name: `worker-${i}`, labels: { 'kubernetes.io/hostname': `worker-${i}` } }, spec: {}, status: {} })
  return cluster
}
