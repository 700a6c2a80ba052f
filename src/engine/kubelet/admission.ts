/**
 * What a kubelet checks before it runs a pod (KL-9). Modelled: pressure, resources (with preemption for critical pods),
 * node affinity, host ports, NoExecute taints. Not modelled: topology, cpu, memory and device managers, OS checks.
 */
import { isTerminal, mirrorPodAnnotation, podRequests, qosClass } from '#k8s/pod.ts'
import { allocatedSpec } from '#k8s/pod-resize.ts'
import { toMilli, toValue } from '#k8s/quantity.ts'
import { podMatchesNodeSelectorAndAffinity } from '#k8s/selector.ts'
import { findUntoleratedTaint, toleratesTaint } from '#k8s/taint.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { podHostPorts, portsConflict } from '../scheduler/host-ports.ts'
import { plainPin } from '../scheduler/pinned-nodes.ts'
import type { Agent } from './fleet.ts'
import type { Rejection } from './rejection.ts'

const criticalPriority = 2_000_000_000

/** Static, mirror and system-critical pods. @source pkg/kubelet/types IsCriticalPod */
export function isCriticalPod(pod: Pod): boolean {
  const { annotations } = pod.metadata
  if (annotations?.[mirrorPodAnnotation] !== undefined) return true
  const source = annotations?.['kubernetes.io/config.source']
  return (source !== undefined && source !== 'api') || (pod.spec.priority ?? 0) >= criticalPriority
}

/** @source pkg/kubelet/eviction/eviction_manager.go Admit; KL-9.5 */
function checkPressure(pod: Pod, agent: Agent): Rejection | undefined {
  if (agent.troubles.length === 0) return undefined
  const conditions = (['MemoryPressure', 'DiskPressure', 'PIDPressure'] as const).filter((type) => agent.troubles.includes(type))
  if (conditions.length === 0 || isCriticalPod(pod)) return undefined
  if (conditions.length === 1 && conditions[0] === 'MemoryPressure') {
    const tolerated = toleratesTaint(pod.spec.tolerations, { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' })
    if (qosClass(pod.spec) !== 'BestEffort' || tolerated) return undefined
  }
  return { reason: 'Evicted', message: `The node had condition: [${conditions.join(' ')}]. ` }
}

interface Amount {
  name: string
  requested: number
  used: number
  capacity: number
}

const isExtended = (name: string): boolean => name.includes('/') && !name.includes('kubernetes.io/')

/**
 * What the pod asks for and what is left of it, in the order they are checked. Cpu in milli, the rest in units. Resources of its cluster
 * that the node does not know are left to others.
 * @source pkg/kubelet/lifecycle/predicate.go removeMissingExtendedResources
 */
export function amounts(pod: Pod, node: KubeNode, others: readonly Pod[]): Amount[] {
  const { allocatable = {} } = node.status
  const own = podRequests(pod.spec)
  const requests = others.map((other) => podRequests(allocatedSpec(other)))
  const sum = (of: (r: (typeof requests)[number]) => number) => requests.reduce((total, r) => total + of(r), 0)
  const units = (name: string) => toValue(allocatable[name] ?? '0')
  return [
    { name: 'pods', requested: 1, used: others.length, capacity: units('pods') },
    { name: 'cpu', requested: own.cpuMillis, used: sum((r) => r.cpuMillis), capacity: toMilli(allocatable.cpu ?? '0') },
    { name: 'memory', requested: own.memoryBytes, used: sum((r) => r.memoryBytes), capacity: units('memory') },
    { name: 'ephemeral-storage', requested: own.ephemeralBytes, used: sum((r) => r.ephemeralBytes), capacity: units('ephemeral-storage') },
    ...Object.entries(own.extended)
      .filter(([name]) => name in allocatable || !isExtended(name))
      .map(([name, requested]) => ({ name, requested, used: sum((r) => r.extended[name] ?? 0), capacity: units(name) })),
  ].filter(({ name, requested }) => name === 'pods' || requested > 0)
}

export function isLacking({ requested, used, capacity }: Amount): boolean {
  return requested > capacity - used
}

/** A pod that asks for nothing needs no more than a free place. */
function asksForNothing(pod: Pod): boolean {
  const { cpuMillis, memoryBytes, ephemeralBytes, extended } = podRequests(pod.spec)
  for (const _ in extended) return false
  return cpuMillis === 0 && memoryBytes === 0 && ephemeralBytes === 0
}

/** The first resource that the node has too little of beside what its other pods have. */
export function lackingResource(pod: Pod, node: KubeNode, others: readonly Pod[]): Rejection | undefined {
  const lacking = amounts(pod, node, others).filter(isLacking)
  const [first] = lacking
  if (!first) return undefined
  const { name, requested, used, capacity } = first
  const message = `Node didn't have enough resource: ${name}, requested: ${requested}, used: ${used}, capacity: ${capacity}`
  return { reason: `OutOf${name}`, message, lacking: lacking.map((amount) => amount.name) }
}

function checkResources(pod: Pod, node: KubeNode, others: readonly Pod[]): Rejection | undefined {
  if (asksForNothing(pod) && others.length < toValue(node.status.allocatable?.pods ?? '0')) return undefined
  return lackingResource(pod, node, others)
}

function predicate(version: KubernetesVersion, reason: string, detail: string): Rejection {
  return { reason, message: `Predicate ${reason} failed${since(version, 'predicateDescribed') ? `: ${detail}` : ''}` }
}

/**
 * The first reason why the kubelet of this node turns the pod away; undefined = it takes it. `others` = the pods it already
 * has that have not ended.
 * @source pkg/kubelet/lifecycle/predicate.go Admit; KL-9.2, KL-9.4
 */
export function canAdmitPod(pod: Pod, node: KubeNode, agent: Agent, others: readonly Pod[], version: KubernetesVersion): Rejection | undefined {
  const pressed = checkPressure(pod, agent)
  if (pressed) return pressed
  const short = checkResources(pod, node, others)
  // a critical pod makes itself room, if that is all it lacks
  if (short && !isCriticalPod(pod)) return short
  return checkPlace(pod, node, others, version) ?? short
}

/** Whether the pod belongs on this node, whatever room there is. */
function checkPlace(pod: Pod, node: KubeNode, others: readonly Pod[], version: KubernetesVersion): Rejection | undefined {
  const { name, labels } = node.metadata
  // daemon pods: the name says it all
  const pin = plainPin(pod)
  if (pin === undefined ? !podMatchesNodeSelectorAndAffinity(pod.spec, name, labels) : pin !== name)
    return predicate(version, 'NodeAffinity', "node(s) didn't match Pod's node affinity/selector")
  const wanted = podHostPorts(pod.spec)
  const taken = (other: Pod) => wanted.some((port) => podHostPorts(other.spec).some((used) => portsConflict(port, used)))
  if (wanted.length > 0 && others.some(taken)) return predicate(version, 'NodePorts', "node(s) didn't have free ports for the requested pod ports")
  if (!since(version, 'taintAdmissionByKubelet')) return undefined
  const taint = findUntoleratedTaint(node.spec.taints, pod.spec.tolerations, (t) => t.effect === 'NoExecute')
  return taint && predicate(version, 'TaintToleration', "node(s) had taints that the pod didn't tolerate")
}

/** Pods on the node that take up room: neither ended nor still unknown to the kubelet. */
export function admittedPods(pods: readonly Pod[], except: Pod | undefined): Pod[] {
  return pods.filter((pod) => pod.metadata.uid !== except?.metadata.uid && pod.status.startTime !== undefined && !isTerminal(pod))
}
