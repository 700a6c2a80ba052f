import type { Cluster } from '#engine/cluster.ts'
import { daemonSet } from './manifests.ts'
import { clusterOf, median, print, round, time, untilReady } from './measure.ts'

/** Small sizes are cheap to repeat. */
const runsOf = (nodes: number) => (nodes <= 100 ? 15 : nodes <= 5000 ? 9 : 7)

/** What larger sizes are compared with, just before each of their runs: a machine is not as fast all the time. */
const smallNodes = 1000
const smallRuns = 3

/** Until V8 has compiled all of it, for the second time: what it compiled for the very first objects goes with them, after about six runs. */
const warmUpNodes = 1000
const warmUpRuns = 12

interface Run {
  readonly cluster: Cluster
  readonly wallMs: number
  readonly cloneMs: number
}

const microsPerPod = (wallMs: number, nodes: number): number => (1000 * wallMs) / nodes

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
 * runs. `cold` is the very first run of the process, before its code is compiled; then other clusters warm it up. `perPodAgainst1000` is
 * the time of a pod against that in 1,000 nodes in the runs just before: it shows whether work grows with the change. `cloneAgainst1000`
 * is the same of the clone, whose work surely does: what it grows by is the machine's caches and the collection of garbage.
 */
export function benchConverge(): void {
  const sizes = (process.env.BENCH_NODES ?? '100,1000,5000,15000').split(',').map(Number)
  const cold = converge(sizes[0] as number)
  print('engine/converge', { nodes: sizes[0], cold: true, wallMs: round(cold.wallMs), ratio: round(cold.wallMs / cold.cloneMs) })
  for (let i = 0; i < warmUpRuns; i++) standing[0] = converge(warmUpNodes).cluster
  for (const nodes of sizes) {
    // the clusters of the size before
    globalThis.gc?.()
    const isLarge = nodes > smallNodes
    const runs = Array.from({ length: runsOf(nodes) }, () => {
      const small = Array.from({ length: isLarge ? smallRuns : 0 }, () => converge(smallNodes))
      const smallMicros = median(small.map((run) => microsPerPod(run.wallMs, smallNodes)))
      const smallClone = median(small.map((run) => run.cloneMs / smallNodes))
      const { cluster, wallMs, cloneMs } = converge(nodes)
      return {
        wallMs,
        cloneMs,
        nowMs: cluster.nowMs,
        growth: microsPerPod(wallMs, nodes) / smallMicros,
        cloneGrowth: cloneMs / nodes / smallClone,
      }
    })
    const wallMs = median(runs.map((run) => run.wallMs))
    print('engine/converge', {
      nodes,
      runs: runs.length,
      wallMs: round(wallMs),
      cloneMs: round(median(runs.map((run) => run.cloneMs))),
      ratio: round(median(runs.map((run) => run.wallMs / run.cloneMs))),
      perPodMicros: round(microsPerPod(wallMs, nodes), 1),
      ...(isLarge && {
        perPodAgainst1000: round(median(runs.map((run) => run.growth))),
        cloneAgainst1000: round(median(runs.map((run) => run.cloneGrowth))),
      }),
      clusterSeconds: round((runs[0]?.nowMs ?? 0) / 1000, 1),
    })
  }
  standing.length = 0
}
