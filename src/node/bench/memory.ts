import { daemonSet } from './manifests.ts'
import { clusterOf, print, round, untilReady } from './measure.ts'

const megabyte = 1024 * 1024

/** Heap of a settled cluster of 5,000 nodes with three DaemonSets, after a collection. Needs `--expose-gc`. */
export function benchMemory(): void {
  const collect = globalThis.gc
  if (!collect) {
    print('engine/memory', { skipped: 'run with NODE_ARGS=--expose-gc' })
    return
  }
  collect()
  const before = process.memoryUsage().heapUsed
  const cluster = clusterOf(5000)
  for (const name of ['one', 'two', 'three']) {
    cluster.client.create(daemonSet(name))
    untilReady(cluster, name)
  }
  cluster.settle(10_000, 600_000)
  collect()
  print('engine/memory', {
    nodes: 5000,
    pods: cluster.core.state.tables.Pod.size,
    heapMb: round((process.memoryUsage().heapUsed - before) / megabyte, 1),
  })
}
