import type { Cluster } from '#engine/cluster.ts'

/** Longest pause between two looks at the clock, ms: a watch hears of a timer at most that much late. */
const longestPauseMs = 100

/** Drives a cluster's clock by the wall clock, `speed` times as fast, from the moment it is made. */
export interface RealTime {
  /** Runs everything that is due by now. */
  catchUp(): void
  /** From now on catches up by itself, whenever something is due. */
  start(): void
  stop(): void
}

export function createRealTime(cluster: Cluster, speed: number): RealTime {
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
  return { catchUp, start: tick, stop: () => clearTimeout(timer) }
}
