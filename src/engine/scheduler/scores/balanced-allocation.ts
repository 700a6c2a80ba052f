import { podRequests } from '#k8s/pod.ts'
import { since } from '#k8s/version.ts'
import { maxNodeScore, type NodeScorePlugin } from './plugin.ts'

/** Cpu and memory used to the same fraction is best; real requests count. @source plugins/noderesources/balanced_allocation.go; SCH-5.5 */
export const balancedAllocation: NodeScorePlugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  scoreNode: ({ pod, view }, { allocatable, requested }) => {
    const own = podRequests(pod.spec)
    if (!own.cpuMillis && !own.memoryBytes && since(view.version, 'bestEffortSkipsBalance')) return 0
    if (!allocatable.cpuMillis || !allocatable.memoryBytes) return maxNodeScore
    const cpu = Math.min(1, (requested.cpuMillis + own.cpuMillis) / allocatable.cpuMillis)
    const memory = Math.min(1, (requested.memoryBytes + own.memoryBytes) / allocatable.memoryBytes)
    return Math.floor((1 - Math.abs((cpu - memory) / 2)) * maxNodeScore)
  },
}
