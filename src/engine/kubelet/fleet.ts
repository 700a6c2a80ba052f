import type { ComponentContext, TimerId } from '#engine/component.ts'
import type { EventType, Pod, StringMap, Taint } from '#k8s/types.ts'
import { LastFoundMap } from '#sim/last-found-map.ts'
import type { KubeletProfile } from './profile.ts'
import type { PodWorker } from './worker-state.ts'

/** A machine as a scenario describes it. Defaults: 4 cpu, 8Gi, 110 pods. */
export interface MachineSpec {
  readonly name: string
  readonly labels?: StringMap
  readonly taints?: readonly Taint[]
  readonly cpu?: string
  readonly memory?: string
  readonly pods?: string
}

export type NodeTrouble = 'DiskPressure' | 'MemoryPressure' | 'PIDPressure' | 'NotReady'

/** One machine with its kubelet. Replaced, never written into: snapshots share it. */
export interface Agent {
  readonly machine: MachineSpec
  /** Number of the machine; its addresses follow from it. */
  readonly index: number
  readonly running: boolean
  /** Registered a moment ago: not Ready yet. */
  readonly starting: boolean
  readonly troubles: readonly NodeTrouble[]
  /** Images on its disk. */
  readonly images: readonly string[]
  /** Pod addresses given out so far. */
  readonly addresses: number
  /** The next pass of its eviction manager; undefined while nothing is to be evicted. */
  readonly evictionPass: TimerId | undefined
}

export interface CrashingImages {
  readonly images: readonly string[]
  readonly afterSeconds: number
  readonly exitCode: number
}

export interface KubeletState {
  agents: Map<string, Agent>
  /** Names of those that do not run. */
  stopped: Set<string>
  nextIndex: number
  workers: Map<string, PodWorker>
  /** Containers whose image contains one of these never start. */
  brokenImages: readonly string[]
  /** Containers whose image contains one of these exit by themselves. */
  crashing: CrashingImages
}

/** All simulated kubelets: what their functions work with. */
export interface Fleet {
  readonly ctx: ComponentContext<KubeletState>
  readonly profile: KubeletProfile
}

export function createKubeletState(): KubeletState {
  return {
    agents: new LastFoundMap(),
    stopped: new Set(),
    nextIndex: 0,
    workers: new LastFoundMap(),
    brokenImages: [],
    crashing: { images: [], afterSeconds: 1, exitCode: 1 },
  }
}

/** The duration with its share of chance. */
export function vary({ ctx, profile }: Fleet, ms: number): number {
  return profile.jitter === 0 || ms === 0 ? ms : Math.round(ms * (1 + profile.jitter * (2 * ctx.random.next() - 1)))
}

/** Always made in the same way: all have one shape. */
export function agentOf({ machine, index, running, starting, troubles, images, addresses, evictionPass }: Agent): Agent {
  return Object.freeze({ machine, index, running, starting, troubles, images, addresses, evictionPass })
}

/** Changes something about a machine that is there. */
export function updateAgent({ ctx }: Fleet, name: string, change: Partial<Agent>): void {
  const agent = ctx.state.agents.get(name)
  if (agent) ctx.state.agents.set(name, agentOf({ ...agent, ...change }))
}

/** The kubelet of a node, if it runs. */
export function runningAgent(fleet: Fleet, nodeName: string | undefined): Agent | undefined {
  const agent = nodeName === undefined ? undefined : fleet.ctx.state.agents.get(nodeName)
  return agent?.running ? agent : undefined
}

/** The pod as it is stored now; undefined when it is gone or another one has its name. */
export function livePod({ ctx }: Fleet, { namespace, name, uid }: { namespace: string; name: string; uid: string }): Pod | undefined {
  const pod = ctx.api.get('Pod', namespace, name)
  return pod?.metadata.uid === uid ? pod : undefined
}

/** Records an event of the pod's kubelet about the pod, or about one of its containers. */
export function recordPod(fleet: Fleet, pod: Pod, type: EventType, reason: string, message: string, fieldPath?: string): void {
  if (fleet.profile.talks) fleet.ctx.record(pod, type, reason, message, { host: pod.spec.nodeName, fieldPath })
}
