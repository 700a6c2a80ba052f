import { type PodRequests, podRequests } from '#k8s/pod.ts'
import { since } from '#k8s/version.ts'
import type { NodeInfo } from '../node-info.ts'
import type { FilterPlugin, Shortage } from './plugin.ts'

const none: readonly Shortage[] = []

/** Whether everything fits, told without looking at what is short. */
function fitsPlainly({ cpuMillis, memoryBytes, ephemeralBytes, extended }: PodRequests, { allocatable, requested, pods }: NodeInfo): boolean {
  for (const _ in extended) return false
  return (
    pods.length < allocatable.pods &&
    (cpuMillis <= 0 || cpuMillis <= allocatable.cpuMillis - requested.cpuMillis) &&
    (memoryBytes <= 0 || memoryBytes <= allocatable.memoryBytes - requested.memoryBytes) &&
    (ephemeralBytes <= 0 || ephemeralBytes <= allocatable.ephemeralBytes - requested.ephemeralBytes)
  )
}

/** All resources of which the node has too little left, in upstream's order: pods, cpu, memory, ephemeral storage, extended. */
export function fitsRequest(requests: PodRequests, info: NodeInfo): readonly Shortage[] {
  const { allocatable, requested, pods } = info
  if (fitsPlainly(requests, info)) return none
  const shortages: Shortage[] = []
  const check = (resource: string, wanted: number, used: number, capacity: number) => {
    if (wanted > 0 && wanted > capacity - used) shortages.push({ resource, requested: wanted, used, allocatable: capacity })
  }
  check('pods', 1, pods.length, allocatable.pods)
  check('cpu', requests.cpuMillis, requested.cpuMillis, allocatable.cpuMillis)
  check('memory', requests.memoryBytes, requested.memoryBytes, allocatable.memoryBytes)
  check('ephemeral-storage', requests.ephemeralBytes, requested.ephemeralBytes, allocatable.ephemeralBytes)
  for (const name in requests.extended) check(name, requests.extended[name] as number, requested.extended[name] ?? 0, allocatable.extended[name] ?? 0)
  return shortages
}

/** `Too many pods`, or `Insufficient` and the resource. */
export function shortageReason({ resource }: Shortage): string {
  return resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`
}

/** What the pod requests must be free on the node; a node may fail for several reasons at once. @source plugins/noderesources/fit.go fitsRequest; SCH-3.14 */
export const nodeResourcesFit: FilterPlugin = {
  name: 'NodeResourcesFit',
  filter: ({ pod, view }, info) => {
    const shortages = fitsRequest(podRequests(pod.spec), info)
    if (!shortages.length) return undefined
    const beyondNode = shortages.some((s) => s.resource !== 'pods' && s.requested > s.allocatable)
    return {
      plugin: 'NodeResourcesFit',
      reasons: shortages.map(shortageReason),
      resolvable: !(beyondNode && since(view.version, 'requestBeyondNodeIsFinal')),
      detail: { kind: 'resources', shortages },
    }
  },
}
