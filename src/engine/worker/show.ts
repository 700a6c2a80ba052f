import type { Portions } from '#scenario/play.ts'
import type { Session, Work } from './session.ts'

/** At which pace something is shown, ms of wall time at speed 1. */
export interface Pace {
  /** Between two changes, however long the cluster was quiet. */
  readonly longestRestMs: number
  /** With all rests together; what is left then goes as fast as it can. */
  readonly inAllMs: number
}

/**
 * Work on the cluster at a pace that can be followed: after each change a rest as long as the cluster was quiet before it, but not longer
 * than there is something to see in it.
 */
export function* shown<T>(session: Session, work: Portions<T>, { longestRestMs, inAllMs }: Pace): Work<T> {
  const { core } = session.open.cluster
  let leftMs = inAllMs
  let seenMs = core.state.lastChangeMs
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
    const { lastChangeMs } = core.state
    const restMs = Math.min(lastChangeMs - seenMs, longestRestMs, leftMs)
    seenMs = lastChangeMs
    leftMs -= restMs
    yield restMs > 0 && !session.isHurried ? restMs / session.speed : undefined
  }
}
