import { podRequests } from '#k8s/pod.ts'
import { since } from '#k8s/version.ts'
import { maxNodeScore, type ScorePlugin } from './plugin.ts'

/** Cpu and memory used to the same fraction is best; real requests count. @source plugins/noderesources/balanced_allocation.go; SCH-5.5 */
export const balancedAllocation: ScorePlugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  score: ({ pod, view }, nodes) => {
    const own = podRequests(pod.spec)
    if (!own.cpuMillis && !own.memoryBytes && since(view.version, 'bestEffortSkipsBalance')) return undefined
    return nodes.map(({ allocatable, requested }) => {
      if (!allocatable.cpuMillis || !allocatable.memoryBytes) return maxNodeScore
      const cpu = Math.min(1, (requested.cpuMillis + own.cpuMillis) / allocatable.cpuMillis)
      const memory = Math.min(1, (requested.memoryBytes + own.memoryBytes) / allocatable.memoryBytes)
      return Math.floor((1 - Math.abs((cpu - memory) / 2)) * maxNodeScore)
    })
  },
}
