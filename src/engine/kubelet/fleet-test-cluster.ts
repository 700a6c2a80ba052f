/** A cluster for the tests of kubelets, node lifecycle and taint eviction: the real API server and clock, and only these components. */

import { applyDefaults } from '#k8s/defaults/index.ts'
import { conditionOf } from '#k8s/node.ts'
import { podCondition } from '#k8s/pod.ts'
import { formatTaint } from '#k8s/taint.ts'
import type { AnyObject, KubeEvent, Pod, PodSpec } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { popHeap } from '#sim/heap.ts'
import type { Component, ComponentDefinition, ControlPlaneApi, Plain } from '../component.ts'
import { CoreContext } from '../component-context.ts'
import { nodeControllerDefinition } from '../controllers/nodelifecycle/node-controller.ts'
import { firstPassMs } from '../controllers/nodelifecycle/node-health.ts'
import { taintEvictionDefinition } from '../controllers/tainteviction/taint-eviction-controller.ts'
import { Core } from '../core.ts'
import { createControlPlaneApi } from '../store/control-plane-api.ts'
import { createSystemObjects } from '../system-objects.ts'
import { kubeletDefinition } from './kubelet.ts'
import type { KubeletProfile, KubeletProfileName } from './profile.ts'

export class FleetTestCluster {
  readonly core: Core
  readonly api: ControlPlaneApi
  private readonly components = new Map<string, Component>()

  constructor(version: KubernetesVersion = '1.36', profile: KubeletProfileName | KubeletProfile = 'believable') {
    const core = new Core({ version, seed: 1, epochMs: 1_767_225_600_000 - firstPassMs })
    // times in tests count from the first pass of the node monitor, so that its passes are at 0, 5, 10 … s
    core.state.nowMs = firstPassMs
    this.core = core
    for (const definition of [kubeletDefinition(profile), nodeControllerDefinition, taintEvictionDefinition] as ComponentDefinition[])
      this.addComponent(definition)
    this.api = createControlPlaneApi(core, 'user')
    createSystemObjects(core)
  }

  private addComponent(definition: ComponentDefinition): void {
    const { core } = this
    const component = definition.create(new CoreContext(core, definition))
    this.components.set(definition.name, component)
    for (const kind of component.watches) core.watched.add(kind)
  }

  fault(fault: Plain): void {
    for (const component of this.components.values()) component.onFault?.(fault)
  }

  get nowMs(): number {
    return this.core.state.nowMs - firstPassMs
  }

  /** Timers that fire within this time. */
  runFor(ms: number): number {
    const { core } = this
    const end = core.state.nowMs + ms
    let fired = 0
    for (let timer = core.peek(); timer && timer.atMs <= end; timer = core.peek()) {
      popHeap(core.state.heap)
      fired++
      core.state.nowMs = Math.max(core.state.nowMs, timer.atMs)
      if (timer.component !== null) this.components.get(timer.component)?.onTimer(timer.payload)
      else
        for (const { event } of core.takeDeliveries()) for (const c of this.components.values()) if (c.watches.includes(event.kind)) c.onWatch(event)
    }
    core.state.nowMs = end
    return fired
  }

  runUntil(atMs: number): void {
    this.runFor(atMs - this.nowMs)
  }

  /** A pod that is bound to a node already. Its container is `c`, unless the spec says otherwise. */
  createPod(name: string, nodeName: string, spec: Partial<PodSpec> = {}, labels: Record<string, string> = {}): Pod {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels },
      spec: { containers: [{ name: 'c', image: 'c:v1' }], nodeName, ...spec },
    }
    return this.api.create('Pod', applyDefaults(pod as unknown as AnyObject, this.core.version) as Pod)
  }

  pod(name: string): Pod | undefined {
    return this.api.get('Pod', 'default', name)
  }

  /** Status of a condition of a pod. */
  podIs(name: string, type = 'Ready'): string | undefined {
    const pod = this.pod(name)
    return pod && podCondition(pod, type)?.status
  }

  /** Status of Ready, then the taints. */
  node(name: string): string {
    const node = this.api.node(name)
    if (!node) return 'gone'
    return [conditionOf(node, 'Ready')?.status, ...(node.spec.taints ?? []).map(formatTaint)].join(' ')
  }

  /** `Reason: message` of every event, oldest first, `xN` behind repeated ones. */
  events(object?: string): string[] {
    const all = this.api.list('Event') as KubeEvent[]
    return all
      .filter((e) => object === undefined || e.involvedObject.name === object)
      .map((e) => `${e.reason}: ${e.message}${(e.count ?? 1) > 1 ? ` x${e.count}` : ''}`)
  }
}

/** A cluster whose machines have joined. Its clock stands at 10 s. */
export function clusterWith(machines: readonly Plain[], ...args: ConstructorParameters<typeof FleetTestCluster>): FleetTestCluster {
  const c = new FleetTestCluster(...args)
  c.fault({ add: machines })
  c.runUntil(10_000)
  return c
}

/** The status of the first container of the pod `p`. */
export const first = (c: FleetTestCluster) => c.pod('p')?.status.containerStatuses?.[0]

/** The phase of the pod `p`. */
export const phase = (c: FleetTestCluster) => c.pod('p')?.status.phase

/** Daemon pods tolerate both for ever (DS-9.2). */
export const daemonTolerations = ['not-ready', 'unreachable'].map((key) => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect: 'NoExecute',
}))
