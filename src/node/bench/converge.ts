import type { Cluster } from '#engine/cluster.ts'
import { daemonSet } from './manifests.ts'
import { clusterOf, median, print, round, time, untilReady } from './measure.ts'

/** Small sizes are cheap to repeat, and a collection of garbage falls into some of their runs and not into others. */
const runsOf = (nodes: number) => (nodes <= 100 ? 45 : nodes <= 5000 ? 9 : 7)

/** What larger sizes are compared with, just before each of their runs: a machine is not as fast all the time. */
const smallNodes = 1000

/** Until V8 has compiled all of it, for the second time: what it compiled for the very first objects goes with them, after about six runs. */
const warmUpRuns = 12

const clustersOf = (nodes: number, count: number) => Array.from({ length: count }, () => clusterOf(nodes))

/**
 * Clusters that stay: settled, and at various times of their work, ms. Where garbage is collected, what V8 knows of objects that are all
 * gone then goes with them, and with it the code that was compiled for them.
 */
const standing: Cluster[] = []
const standingNodes = 300
const standingAtMs = [1, 2, 3, 4, 5, 10, 100, 300, 500, 800, 1000, 1500, 2000, 2500, 3000, 10_000]

function warmUp(): void {
  for (let i = 0; i < warmUpRuns; i++) converge(clustersOf(smallNodes, 1))
  for (const ms of standingAtMs) {
    const cluster = clusterOf(standingNodes)
    cluster.client.create(daemonSet('agent'))
    cluster.runFor(ms)
    standing.push(cluster)
  }
}

/** One DaemonSet from apply to all Ready in each of the clusters, one after the other, ms. */
function converge(clusters: readonly Cluster[]): number {
  return time(() => {
    for (const cluster of clusters) {
      cluster.client.create(daemonSet('agent'))
      untilReady(cluster, 'agent')
    }
  })
}

/** One structuredClone (median of 3) of the pods and nodes of each of the clusters, ms. */
function clone(clusters: readonly Cluster[]): number {
  return clusters.reduce((sum, { core }) => {
    const { Pod, Node } = core.state.tables
    const all = [...Pod.values(), ...Node.values()]
    return sum + median(Array.from({ length: 3 }, () => time(() => structuredClone(all))))
  }, 0)
}

interface Run {
  readonly wallMs: number
  readonly cloneMs: number
  /** Cluster time at the end. */
  readonly nowMs: number
}

function run(nodes: number): Run {
  const cluster = clusterOf(nodes)
  const wallMs = converge([cluster])
  return { wallMs, cloneMs: clone([cluster]), nowMs: cluster.nowMs }
}

interface ComparedRun extends Run {
  /** Of a pod's time and of its clone's, against those in clusters of 1,000 nodes. */
  readonly growth: number
  readonly growthAlone: number
  readonly cloneGrowth: number
}

/**
 * As `converge`, without the garbage of what was before. That is a collection of everything, which V8 does now and then: by chance it
 * would fall into one run and not into the next. Collections of what is new come by themselves.
 */
function convergeAfresh(clusters: readonly Cluster[]): number {
  globalThis.gc?.()
  return converge(clusters)
}

/** A run of a large cluster right after small ones. All stay until its end: what V8 compiled for one of them would go with it. */
function runCompared(nodes: number): ComparedRun {
  const alone = clustersOf(smallNodes, 3)
  const aloneMs = median(alone.map((one) => converge([one])))
  const many = clustersOf(smallNodes, Math.round(nodes / smallNodes))
  const manyMs = convergeAfresh(many)
  const large = clusterOf(nodes)
  const wallMs = convergeAfresh([large])
  const [manyCloneMs, cloneMs] = [clone(many), clone([large])]
  // pods of the small clusters for each pod of the large one
  const [perMany, perAlone] = [(many.length * smallNodes) / nodes, smallNodes / nodes]
  return {
    wallMs,
    cloneMs,
    nowMs: large.nowMs,
    growth: (wallMs / manyMs) * perMany,
    growthAlone: (wallMs / aloneMs) * perAlone,
    cloneGrowth: (cloneMs / manyCloneMs) * perMany,
  }
}

function printRuns(nodes: number, runs: readonly Run[], more: object = {}): void {
  const wallMs = median(runs.map((run) => run.wallMs))
  print('engine/converge', {
    nodes,
    runs: runs.length,
    wallMs: round(wallMs),
    cloneMs: round(median(runs.map((run) => run.cloneMs))),
    ratio: round(median(runs.map((run) => run.wallMs / run.cloneMs))),
    perPodMicros: round((1000 * wallMs) / nodes, 1),
    ...more,
    clusterSeconds: round((runs[0]?.nowMs ?? 0) / 1000, 1),
  })
}

function benchSmall(nodes: number): void {
  // the clusters of the size before
  globalThis.gc?.()
  printRuns(
    nodes,
    Array.from({ length: runsOf(nodes) }, () => run(nodes)),
  )
}

function benchLarge(nodes: number): void {
  const runs = Array.from({ length: runsOf(nodes) }, () => runCompared(nodes))
  printRuns(nodes, runs, {
    perPodAgainst1000: round(median(runs.map((run) => run.growth))),
    perPodAgainst1000Alone: round(median(runs.map((run) => run.growthAlone))),
    cloneAgainst1000: round(median(runs.map((run) => run.cloneGrowth))),
  })
}

/**
 * A DaemonSet from apply to all Ready on N nodes, against one structuredClone of all pods and nodes at the end; the median of several
 * runs. `cold` is the very first run of the process, before its code is compiled; then other clusters warm it up.
 *
 * `perPodAgainst1000` is the time of a pod against that of a pod in clusters of 1,000 nodes, of which just as many pods were made right
 * before: it shows whether work grows with the change. Just as many, because what a pod leaves to the garbage collector is paid for when
 * 16 MB have come together: a single cluster of 1,000 nodes is over before it has paid for most of its own. `perPodAgainst1000Alone` is
 * against such a single cluster all the same (the median of three). `cloneAgainst1000` is as the first, of the clone, whose work surely
 * grows with what is cloned: what it grows by is the machine's caches and the collection of garbage.
 */
export function benchConverge(): void {
  const sizes = (process.env.BENCH_NODES ?? '100,1000,5000,15000').split(',').map(Number)
  const [first = smallNodes] = sizes
  const cold = run(first)
  print('engine/converge', { nodes: first, cold: true, wallMs: round(cold.wallMs), ratio: round(cold.wallMs / cold.cloneMs) })
  warmUp()
  for (const nodes of sizes) {
    if (nodes > smallNodes) benchLarge(nodes)
    else benchSmall(nodes)
  }
  standing.length = 0
}
