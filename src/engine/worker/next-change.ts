import type { Portions } from '#scenario/play.ts'
import type { Cluster } from '../cluster.ts'

/** So far a frame looks: where so many timers change nothing, none will soon. */
const maxSteps = 3000
/** So far a skip looks. */
const maxSkipSteps = 200_000
const maxAheadMs = 3_600_000

/**
 * When an object next changes by itself, ms of cluster time; null when nothing changes within an hour, or so many timers that it is
 * not worth looking on. Found by running a fork ahead, so a timer that will turn out to do nothing does not count.
 */
export function nextChange(cluster: Cluster): number | null {
  const soon = cluster.nextTimerMs
  if (soon === undefined) return null
  // something is happening right now: no need to look ahead
  if (soon - cluster.nowMs < 50) return soon
  const fork = cluster.fork()
  const { lastChangeMs } = fork.core.state
  const end = cluster.nowMs + maxAheadMs
  for (let steps = 0; steps < maxSteps; steps++) {
    const next = fork.nextTimerMs
    if (next === undefined || next > end) return null
    fork.step()
    if (fork.core.state.lastChangeMs > lastChangeMs) return fork.nowMs
  }
  return null
}

/** A pause between two changes that makes them different happenings, ms of cluster time. */
const pauseMs = 1500

/** Timers looked at in one portion. */
const portionSteps = 20

/**
 * Where a skip goes: past what is happening right now, to the change after it (a timer that ends, a pass that notices something). When
 * nothing comes after, the end of what is happening; null when nothing happens at all.
 */
export function* findingNextMoment(cluster: Cluster): Portions<number | null> {
  const fork = cluster.fork()
  let quietSinceMs = cluster.nowMs
  const end = cluster.nowMs + maxAheadMs
  for (let steps = 1; steps <= maxSkipSteps; steps++) {
    const next = fork.nextTimerMs
    if (next === undefined || next > end) return quietSinceMs > cluster.nowMs ? quietSinceMs : null
    const { lastChangeMs } = fork.core.state
    fork.step()
    if (steps % portionSteps === 0) yield undefined
    if (fork.core.state.lastChangeMs === lastChangeMs) continue
    if (fork.nowMs - quietSinceMs > pauseMs) return fork.nowMs
    quietSinceMs = fork.nowMs
  }
  return fork.nowMs
}
