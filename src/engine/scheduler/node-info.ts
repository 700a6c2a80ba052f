import { isTerminal, nonZeroRequests, type PodRequests, podRequests } from '#k8s/pod.ts'
import { countedSpec } from '#k8s/pod-resize.ts'
import { toMilli, toValue } from '#k8s/quantity.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { type HostPort, podHostPorts } from './host-ports.ts'

/** What a node offers to pods: `status.allocatable` as numbers. */
export interface Allocatable {
  readonly cpuMillis: number
  readonly memoryBytes: number
  readonly ephemeralBytes: number
  readonly pods: number
  readonly extended: Readonly<Record<string, number>>
}

const nothing: Allocatable = { cpuMillis: 0, memoryBytes: 0, ephemeralBytes: 0, pods: 0, extended: {} }

/** Allocatable of a node, or its capacity when it reports none. */
export function allocatableOf(node: KubeNode): Allocatable {
  const list = node.status?.allocatable ?? node.status?.capacity
  if (!list) return nothing
  const extended: Record<string, number> = {}
  const sums = { cpuMillis: 0, memoryBytes: 0, ephemeralBytes: 0, pods: 0, extended }
  for (const name in list) {
    const quantity = list[name] as string
    if (name === 'cpu') sums.cpuMillis = toMilli(quantity)
    else if (name === 'memory') sums.memoryBytes = toValue(quantity)
    else if (name === 'ephemeral-storage') sums.ephemeralBytes = toValue(quantity)
    else if (name === 'pods') sums.pods = toValue(quantity)
    else extended[name] = toValue(quantity)
  }
  return sums
}

const noRequests: PodRequests = { cpuMillis: 0, memoryBytes: 0, ephemeralBytes: 0, extended: {} }
const noPorts: readonly HostPort[] = []

function sumRequests(pods: readonly Pod[], requestsOf: (spec: Pod['spec']) => PodRequests): PodRequests {
  if (pods.length === 0) return noRequests
  if (pods.length === 1) return requestsOf(countedSpec(pods[0] as Pod))
  let cpuMillis = 0
  let memoryBytes = 0
  let ephemeralBytes = 0
  const extended: Record<string, number> = {}
  for (const pod of pods) {
    const requests = requestsOf(countedSpec(pod))
    cpuMillis += requests.cpuMillis
    memoryBytes += requests.memoryBytes
    ephemeralBytes += requests.ephemeralBytes
    for (const name in requests.extended) extended[name] = (extended[name] ?? 0) + (requests.extended[name] as number)
  }
  return { cpuMillis, memoryBytes, ephemeralBytes, extended }
}

/**
 * One node with the pods that occupy it (bound and not terminal, terminating ones included; SCH-3.16) and their sums. Made anew when
 * the node changes, or what its pods take or are to others.
 * @source pkg/scheduler/framework/types.go NodeInfo
 */
export class NodeInfo {
  readonly name: string
  readonly node: KubeNode
  readonly pods: readonly Pod[]
  readonly allocatable: Allocatable
  readonly requested: PodRequests
  readonly ports: readonly HostPort[]
  private nonZero: PodRequests | undefined
  private lastKey: string | undefined
  private lastCount = 0
  private counts: Map<string, number> | undefined

  /** Of these pods terminal ones are left out. */
  constructor(node: KubeNode, pods: readonly Pod[], allocatable = allocatableOf(node)) {
    const occupying = pods.some(isTerminal) ? pods.filter((pod) => !isTerminal(pod)) : pods
    let ports = noPorts
    for (const pod of occupying) {
      const own = podHostPorts(pod.spec)
      if (own.length) ports = ports.length ? [...ports, ...own] : own
    }
    this.name = node.metadata.name
    this.node = node
    this.pods = occupying
    this.allocatable = allocatable
    this.requested = sumRequests(occupying, podRequests)
    this.ports = ports
    this.nonZero = undefined
    this.lastKey = undefined
    this.counts = undefined
  }

  /** Sum of requests where a container that asks for nothing counts 100m and 200Mi (SCH-5.4). */
  get nonZeroRequested(): PodRequests {
    this.nonZero ??= sumRequests(this.pods, nonZeroRequests)
    return this.nonZero
  }

  /** How many of its pods are counted, remembered under a key that says what is counted. Mostly one thing is. */
  count(key: string, counts: (pod: Pod) => boolean): number {
    if (this.lastKey === key) return this.lastCount
    let count = this.counts?.get(key)
    if (count === undefined) {
      count = 0
      for (const pod of this.pods) if (counts(pod)) count++
    }
    if (this.lastKey !== undefined) {
      this.counts ??= new Map()
      this.counts.set(this.lastKey, this.lastCount)
    }
    this.lastKey = key
    this.lastCount = count
    return count
  }
}
