/**
 * Changing cpu and memory of running containers. The kubelet allocates what fits beside what it has allocated to its other pods, and
 * then gives it to the containers; what does not fit now waits until something of the node is given back, what never can is refused.
 * Not modelled: the order among several that wait, limits of what is changed again while it is being changed.
 * @source pkg/kubelet/allocation, pkg/kubelet/kuberuntime doPodResizeAction; KEP 1287
 */
import { isActive, observedGeneration, podCondition, podRequests } from '#k8s/pod.ts'
import { isResizing, resizeInProgress, resizePending } from '#k8s/pod-resize.ts'
import { toMilli, toValue } from '#k8s/quantity.ts'
import { sidecarsOf } from '#k8s/sidecar.ts'
import type { Condition, Container, ContainerStatus, EventType, KubeNode, Pod, ResourceRequirements } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { semanticEqual } from '#sim/equal.ts'
import { extend } from '#sim/extend.ts'
import { admittedPods, lackingResource } from './admission.ts'
import { restartContainer } from './container-restart.ts'
import { putStatus, statusOf } from './container-status.ts'
import { type Fleet, recordPod, runningAgent, vary } from './fleet.ts'
import type { Work } from './pod-start.ts'
import { podStatus } from './pod-status.ts'
import { isPending, setTask, workerOf } from './pod-worker.ts'
import type { PodWorker } from './worker-state.ts'

const none: ResourceRequirements = {}

const resizable = ({ spec }: Pod): Container[] => [...sidecarsOf(spec), ...spec.containers]

/** The containers that run with other resources than they ask for. */
function changedContainers(worker: PodWorker, pod: Pod): { container: Container; status: ContainerStatus }[] {
  return resizable(pod).flatMap((container) => {
    const status = statusOf(worker, container.name)
    return status?.resources && !semanticEqual(container.resources ?? none, status.resources) ? [{ container, status }] : []
  })
}

/** Why the pod cannot have what it asks for. */
interface Refusal {
  readonly reason: 'Deferred' | 'Infeasible'
  readonly message: string
}

function refusalOf(fleet: Fleet, pod: Pod, node: KubeNode): Refusal | undefined {
  const { allocatable = {} } = node.status
  const { cpuMillis, memoryBytes } = podRequests(pod.spec)
  const [cpu, memory] = [toMilli(allocatable.cpu ?? '0'), toValue(allocatable.memory ?? '0')]
  const beyond = (name: string, requested: number, capacity: number): Refusal => ({
    reason: 'Infeasible',
    message: `Node didn't have enough capacity: ${name}, requested: ${requested}, capacity: ${capacity}`,
  })
  if (cpuMillis > cpu) return beyond('cpu', cpuMillis, cpu)
  if (memoryBytes > memory) return beyond('memory', memoryBytes, memory)
  const lacking = lackingResource(pod, node, admittedPods(fleet.ctx.api.podsOnNode(node.metadata.name), pod))
  return lacking && { reason: 'Deferred', message: lacking.message }
}

/** Reports the pod with one condition in the place of what said how its resize stands; undefined = all is as it asks for. */
function reportResize(fleet: Fleet, pod: Pod, worker: PodWorker, type?: string, why?: Refusal): void {
  const now = fleet.ctx.timestamp()
  const before = pod.status.conditions ?? []
  const old = before.find((c) => c.type === type)
  const condition: Condition | undefined = type
    ? {
        type,
        status: 'True',
        ...observedGeneration(pod, fleet.ctx.version),
        ...why,
        lastProbeTime: null,
        lastTransitionTime: old?.lastTransitionTime ?? now,
      }
    : undefined
  const others = before.filter((c) => c.type !== resizePending && c.type !== resizeInProgress)
  const conditions = condition ? [condition, ...others] : others
  fleet.ctx.api.updateStatus('Pod', pod, podStatus(fleet, { ...pod, status: { ...pod.status, conditions } }, worker))
}

const textOf = (containers: readonly Container[]) =>
  containers.map(({ name, resources: { limits, requests } = none }) => ({
    name,
    resources: { ...(limits && { limits }), ...(requests && { requests }) },
  }))

function recordResize(fleet: Fleet, pod: Pod, type: EventType, what: 'Started' | 'Completed' | Refusal['reason'], error?: string): void {
  if (!since(fleet.ctx.version, 'resizeEvents')) return
  const sidecars = sidecarsOf(pod.spec)
  const summary = {
    ...(sidecars.length > 0 && { initContainers: textOf(sidecars) }),
    containers: textOf(pod.spec.containers),
    generation: pod.metadata.generation,
    ...(error && { error }),
  }
  const verb = what === 'Started' || what === 'Completed' ? what.toLowerCase() : what
  recordPod(fleet, pod, type, `Resize${what}`, `Pod resize ${verb}: ${JSON.stringify(summary)}`)
}

/** What the kubelet does about a pod whose containers may ask for other resources than they have. */
export function resizePod(fleet: Fleet, pod: Pod): void {
  const { ctx, profile } = fleet
  if (!profile.talks || !since(ctx.version, 'podResize') || !isActive(pod)) return
  const node = runningAgent(fleet, pod.spec.nodeName) && ctx.api.node(pod.spec.nodeName ?? '')
  if (!node) return
  const isKnown = ctx.state.workers.has(pod.metadata.uid ?? '')
  const worker = workerOf(fleet, pod)
  const changed = changedContainers(worker, pod)
  const refusal = changed.length > 0 ? refusalOf(fleet, pod, node) : undefined
  const pending = podCondition(pod, resizePending)
  if (refusal) {
    if (pending?.reason !== refusal.reason || pending.message !== refusal.message) {
      reportResize(fleet, pod, worker, resizePending, refusal)
      recordResize(fleet, pod, 'Warning', refusal.reason, refusal.message)
    }
  } else if (changed.length > 0) {
    for (const { container, status } of changed) putStatus(worker, extend(status, { allocatedResources: container.resources?.requests }))
    reportResize(fleet, pod, worker, resizeInProgress)
    recordResize(fleet, pod, 'Normal', 'Started')
    setTask(fleet, worker, vary(fleet, profile.noticeMs), 'resized')
    return
  } else if (pending) reportResize(fleet, pod, worker)
  if (!isKnown) ctx.state.workers.delete(worker.uid)
}

/** Something of the node was given back: what waits for it is looked at again. */
export function retryResizes(fleet: Fleet, nodeName: string): void {
  if (!fleet.profile.talks || !since(fleet.ctx.version, 'podResize')) return
  for (const pod of fleet.ctx.api.podsOnNode(nodeName))
    if (isResizing(pod) && podCondition(pod, resizePending)?.reason === 'Deferred') resizePod(fleet, pod)
}

/** Whether a container has to be started again to be given these resources. */
function needsRestart({ resources = none, resizePolicy = [] }: Container, { resources: before = none }: ContainerStatus): boolean {
  return resizePolicy.some(
    ({ resourceName: name, restartPolicy }) =>
      restartPolicy === 'RestartContainer' &&
      (resources.requests?.[name] !== before.requests?.[name] || resources.limits?.[name] !== before.limits?.[name]),
  )
}

/** The containers have what was allocated to them, or are on the way there by a restart. */
export function containersResized({ fleet, worker, pod }: Work): void {
  if (!podCondition(pod, resizeInProgress)) return
  let waits = false
  for (const { container, status } of changedContainers(worker, pod)) {
    if (needsRestart(container, status) && status.state.running) {
      waits = true
      if (!isPending(worker, 'replaced', container.name)) restartContainer(fleet, worker, pod, container, 'resize requires restart')
    } else putStatus(worker, extend(status, { allocatedResources: container.resources?.requests, resources: container.resources ?? none }))
  }
  if (waits) {
    setTask(fleet, worker, fleet.profile.noticeMs, 'resized')
    return
  }
  reportResize(fleet, pod, worker)
  recordResize(fleet, pod, 'Normal', 'Completed')
  retryResizes(fleet, worker.node)
}
