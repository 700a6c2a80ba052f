import type { Cluster } from '#engine/cluster.ts'
import { daemonSet } from './manifests.ts'
import { clusterOf, median, print, round, time, untilReady } from './measure.ts'

/** Small sizes are cheap to repeat. */
const runsOf = (nodes: number) => (nodes <= 100 ? 15 : nodes <= 1000 ? 9 : 3)

/** Until V8 has compiled all of it, for the second time: what it compiled for the very first objects goes with them, after about six runs. */
const warmUpNodes = 1000
const warmUpRuns = 12

interface Run {
  readonly cluster: Cluster
  readonly wallMs: number
  readonly cloneMs: number
}

/**
 * A cluster that stays, as it does in the page. Where garbage is collected, what V8 knows of objects that are all gone then goes with
 * them, and with it the code that was compiled for them.
 */
const standing: Cluster[] = []

/**
 * One DaemonSet from apply to all Ready, and the time of one structuredClone (median of 3) of the pods and nodes that there are then. No
 * collection of garbage is forced before it, as none is before an action in the page; those that come by themselves count.
 */
function converge(nodes: number): Run {
  const cluster = clusterOf(nodes)
  const wallMs = time(() => {
    cluster.client.create(daemonSet('agent'))
    untilReady(cluster, 'agent')
  })
  const { Pod, Node } = cluster.core.state.tables
  const all = [...Pod.values(), ...Node.values()]
  const clones = Array.from({ length: 3 }, () => time(() => structuredClone(all)))
  return { cluster, wallMs, cloneMs: median(clones) }
}

/**
 * A DaemonSet from apply to all Ready on N nodes, against one structuredClone of all pods and nodes at the end; the median of several
 * runs. `cold` is the very first run of the process, before its code is compiled; then other clusters warm it up. `perPodMicros` of the
 * largest against that of 1,000 nodes shows whether work grows with the change.
 */
export function benchConverge(): void {
  const sizes = (process.env.BENCH_NODES ?? '100,1000,5000,15000').split(',').map(Number)
  const cold = converge(sizes[0] as number)
  print('engine/converge', { nodes: sizes[0], cold: true, wallMs: round(cold.wallMs), ratio: round(cold.wallMs / cold.cloneMs) })
  for (let i = 0; i < warmUpRuns; i++) standing[0] = converge(warmUpNodes).cluster
  const perPod = new Map<number, number>()
  for (const nodes of sizes) {
    // the clusters of the size before
    globalThis.gc?.()
    const runs = Array.from({ length: runsOf(nodes) }, () => {
      const { cluster, ...times } = converge(nodes)
      return { ...times, nowMs: cluster.nowMs }
    })
    const wallMs = median(runs.map((run) => run.wallMs))
    const cloneMs = median(runs.map((run) => run.cloneMs))
    perPod.set(nodes, (1000 * wallMs) / nodes)
    print('engine/converge', {
      nodes,
      runs: runs.length,
      wallMs: round(wallMs),
      cloneMs: round(cloneMs),
      ratio: round(median(runs.map((run) => run.wallMs / run.cloneMs))),
      perPodMicros: round((1000 * wallMs) / nodes, 1),
      ...(nodes > 1000 && { perPodAgainst1000: round((perPod.get(nodes) ?? 0) / (perPod.get(1000) ?? 1)) }),
      clusterSeconds: round((runs[0]?.nowMs ?? 0) / 1000, 1),
    })
  }
  standing.length = 0
}
