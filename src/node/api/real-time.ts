import type { Cluster } from '#engine/cluster.ts'

/** Longest pause between two looks at the clock, ms: a watch hears of a timer at most that much late. */
const longestPauseMs = 100

/** Drives a cluster's clock by the wall clock, `speed` times as fast. */
export interface RealTime {
  /** Runs everything that is due by now. */
  catchUp(): void
  stop(): void
}

export function startRealTime(cluster: Cluster, speed: number): RealTime {
  const startedMs = performance.now()
  const startMs = cluster.nowMs
  const dueMs = () => startMs + (performance.now() - startedMs) * speed
  let timer: NodeJS.Timeout | undefined
  const catchUp = () => cluster.runUntil(dueMs())
  const tick = () => {
    catchUp()
    const next = ((cluster.nextTimerMs ?? Number.POSITIVE_INFINITY) - dueMs()) / speed
    timer = setTimeout(tick, Math.min(Math.max(next, 1), longestPauseMs))
  }
  tick()
  return { catchUp, stop: () => clearTimeout(timer) }
}
