import { nonZeroRequests } from '#k8s/pod.ts'
import { maxNodeScore, type NodeScorePlugin } from './plugin.ts'

const leastRequestedScore = (requested: number, capacity: number) =>
  requested > capacity ? 0 : Math.floor(((capacity - requested) * maxNodeScore) / capacity)

/**
 * LeastAllocated: the emptier the node will be in cpu and memory, the better. Containers that ask for nothing count 100m and 200Mi.
 * @source plugins/noderesources/least_allocated.go; SCH-5.4
 */
export const nodeResourcesFit: NodeScorePlugin = {
  name: 'NodeResourcesFit',
  weight: 1,
  scoreNode: ({ pod }, { allocatable, nonZeroRequested: used }) => {
    const own = nonZeroRequests(pod.spec)
    let sum = 0
    let resources = 0
    if (allocatable.cpuMillis) {
      sum += leastRequestedScore(used.cpuMillis + own.cpuMillis, allocatable.cpuMillis)
      resources++
    }
    if (allocatable.memoryBytes) {
      sum += leastRequestedScore(used.memoryBytes + own.memoryBytes, allocatable.memoryBytes)
      resources++
    }
    return resources ? Math.floor(sum / resources) : 0
  },
}
