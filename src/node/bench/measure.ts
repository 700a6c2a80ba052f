import { Cluster } from '#engine/cluster.ts'
import { machines } from './manifests.ts'

/** Wall-clock time of some work, ms. */
export function time(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

/** Prints one result as a JSON line. */
export function print(name: string, figures: Record<string, unknown>): void {
  console.log(JSON.stringify({ bench: name, ...figures }))
}

/** A settled cluster of so many Ready nodes. */
export function clusterOf(nodes: number): Cluster {
  const cluster = new Cluster({ seed: 1 })
  cluster.fault({ add: machines(nodes) }, 'machines join')
  cluster.settle(2500, 600_000)
  return cluster
}

/** Runs until every daemon pod that is wanted is Ready and up to date; throws after an hour of cluster time. */
export function untilReady(cluster: Cluster, name: string): void {
  const end = cluster.nowMs + 3_600_000
  for (;;) {
    const set = cluster.core.state.tables.DaemonSet.get(`default/${name}`)
    const { desiredNumberScheduled: desired = 0, numberReady = 0, updatedNumberScheduled: updated = 0, observedGeneration } = set?.status ?? {}
    if (set && observedGeneration === set.metadata.generation && desired > 0 && numberReady === desired && updated === desired) return
    if (cluster.nowMs > end) throw new Error(`${name} did not become ready: ${JSON.stringify(set?.status)}`)
    cluster.runFor(50)
  }
}
