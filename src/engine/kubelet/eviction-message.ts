/**
 * What a pod is told that its node sends away. What is used is made up (`simulated-use.ts`); so is how little of the pressed
 * resource is left, a little less than the kubelet's usual threshold (of 50Gi of disk, and of 32768 process ids, a tenth).
 */
import { formatBinary } from '#k8s/quantity.ts'
import { containerUses } from '#k8s/simulated-use.ts'
import type { Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'

export type PressedResource = 'memory' | 'ephemeral-storage' | 'pids'

const thresholds: Record<PressedResource, { readonly quantity: string; readonly available: string }> = {
  memory: { quantity: '100Mi', available: '97432Ki' },
  'ephemeral-storage': { quantity: '5Gi', available: '5107384Ki' },
  pids: { quantity: '3276', available: '3251' },
}

/** Its containers that use more than they ask for, and how much. Process ids are not counted by container. */
function offenders(pod: Pod, resource: PressedResource): { name: string; usage: string; request: string }[] {
  if (resource === 'pids') return []
  const uses = containerUses(pod)
  return uses.flatMap(({ name, memoryBytes, diskBytes }) => {
    const requests = pod.spec.containers.find((container) => container.name === name)?.resources?.requests
    // no container uses more than it asks for, if it asks
    if (requests?.[resource] !== undefined) return []
    return [{ name, usage: formatBinary(resource === 'memory' ? memoryBytes : diskBytes), request: '0' }]
  })
}

/** @source pkg/kubelet/eviction/helpers.go evictionMessage; KL-10.4 */
export function evictionMessage(version: KubernetesVersion, pod: Pod, resource: PressedResource): string {
  const newer = since(version, 'evictionThresholdText')
  const { quantity, available } = thresholds[resource]
  const threshold = newer ? `Threshold quantity: ${quantity}, available: ${available}. ` : ''
  const exceeding = offenders(pod, resource).map(({ name, usage, request }) => {
    const compared = newer ? `request is ${request}, has larger consumption of ${resource}` : `which exceeds its request of ${request}`
    return `Container ${name} was using ${usage}, ${compared}. `
  })
  return `The node was low on resource: ${resource}. ${threshold}${exceeding.join('')}`
}
