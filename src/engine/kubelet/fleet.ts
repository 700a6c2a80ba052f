import type { ComponentContext, Plain, TimerId } from '#engine/component.ts'
import type { ContainerStatus, EventType, Pod, StringMap, Taint } from '#k8s/types.ts'
import type { KubeletProfile } from './profile.ts'

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

/** One machine with its kubelet. Arrays and objects in it are replaced, never written into. */
export interface Agent {
  readonly machine: MachineSpec
  /** Number of the machine; its addresses follow from it. */
  readonly index: number
  running: boolean
  /** Registered a moment ago: not Ready yet. */
  starting: boolean
  troubles: readonly NodeTrouble[]
  /** Images on its disk. */
  images: readonly string[]
  /** Pod addresses given out so far. */
  addresses: number
}

export interface BackOff {
  waitMs: number
  /** When the container was last restarted, ms. */
  decidedMs: number
}

/** A pod that its kubelet is busy with. Pods that run and need nothing have none: their state is in their status. */
export interface PodWorker {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly node: string
  readonly startTime: string
  stopping: boolean
  /** Something happened that the pod's status does not tell yet. */
  changed: boolean
  podIP: string | undefined
  inits: readonly ContainerStatus[]
  containers: readonly ContainerStatus[]
  /** Crash back-off by container name (KL-5.1). */
  backOffs: Record<string, BackOff>
  /** Image pull back-off by container name, ms (KL-6.1). */
  pullWaits: Record<string, number>
  /** Running timers by what they are for, e.g. `pull agent`. */
  timers: Record<string, TimerId>
  /** What came due while the kubelet was stopped. */
  held: readonly PodTask[]
}

/** Something a kubelet does to a pod later. */
export interface PodTask {
  readonly uid: string
  readonly task: string
  readonly container?: string
}

export interface CrashingImages {
  readonly images: readonly string[]
  readonly afterSeconds: number
  readonly exitCode: number
}

export interface KubeletState {
  agents: Map<string, Agent>
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
    agents: new Map(),
    stopped: new Set(),
    nextIndex: 0,
    workers: new Map(),
    brokenImages: [],
    crashing: { images: [], afterSeconds: 1, exitCode: 1 },
  }
}

/** The duration with its share of chance. */
export function vary({ ctx, profile }: Fleet, ms: number): number {
  return profile.jitter === 0 || ms === 0 ? ms : Math.round(ms * (1 + profile.jitter * (2 * ctx.random.next() - 1)))
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

/** Lets a task of the worker come due; one that is pending under the same name is replaced. */
export function setTask(fleet: Fleet, worker: PodWorker, delayMs: number, task: string, container?: string): void {
  dropTask(fleet, worker, task, container)
  const payload: PodTask = container === undefined ? { uid: worker.uid, task } : { uid: worker.uid, task, container }
  worker.timers[taskKey(task, container)] = fleet.ctx.schedule(delayMs, payload as unknown as Plain)
}

export function dropTask(fleet: Fleet, worker: PodWorker, task: string, container?: string): void {
  const key = taskKey(task, container)
  const timer = worker.timers[key]
  if (timer === undefined) return
  fleet.ctx.cancel(timer)
  delete worker.timers[key]
}

export function dropTasks(fleet: Fleet, worker: PodWorker): void {
  for (const timer of Object.values(worker.timers)) fleet.ctx.cancel(timer)
  worker.timers = {}
  worker.held = []
}

export function taskKey(task: string, container: string | undefined): string {
  return container === undefined ? task : `${task} ${container}`
}

/** The kubelet's knowledge of a pod, rebuilt from its status when it had nothing more to do with it. */
export function workerOf({ ctx }: Fleet, pod: Pod): PodWorker {
  const uid = pod.metadata.uid ?? ''
  const known = ctx.state.workers.get(uid)
  if (known) return known
  const { status } = pod
  const worker: PodWorker = {
    uid,
    namespace: pod.metadata.namespace ?? 'default',
    name: pod.metadata.name,
    node: pod.spec.nodeName ?? '',
    startTime: status.startTime ?? ctx.timestamp(),
    stopping: false,
    changed: false,
    podIP: status.podIP,
    inits: status.initContainerStatuses ?? [],
    containers: status.containerStatuses ?? [],
    backOffs: {},
    pullWaits: {},
    timers: {},
    held: [],
  }
  ctx.state.workers.set(uid, worker)
  return worker
}

/** Forgets a pod that is gone or at an end. */
export function forgetWorker(fleet: Fleet, uid: string): void {
  const worker = fleet.ctx.state.workers.get(uid)
  if (!worker) return
  dropTasks(fleet, worker)
  fleet.ctx.state.workers.delete(uid)
}
