import { parseTimestamp } from '#k8s/time.ts'

/** What tells the time in a component's context. */
export interface ContextClock {
  now(): number
  timestamp(): string
}

/** Milliseconds since 1970 in cluster time. The cluster is taken to have started at a whole second. */
export function epochNow(clock: ContextClock): number {
  return parseTimestamp(clock.timestamp()) + (clock.now() % 1000)
}
