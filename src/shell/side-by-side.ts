import type { Running, Wait } from '#protocol/api-client.ts'
import type { Filter } from './filters/filter.ts'
import type { Pipe } from './pipe.ts'

/** A command of a pipeline with the filters behind it. */
export interface Segment {
  running: Running
  filters: readonly Filter[]
  input?: Pipe
  output?: Pipe
}

interface State extends Segment {
  status?: number
  wait?: Wait
  wakeAtMs: number
}

/**
 * Runs the commands of a pipeline side by side, each as far as it can before the next has its turn; the status is the last one's. Who waits for a
 * change of the cluster looks again whenever another went on: that may be what it reads. `now` is the cluster's time in milliseconds.
 */
export function* runSideBySide(segments: readonly Segment[], now: () => number): Running {
  const states: State[] = segments.map((segment) => ({ ...segment, wakeAtMs: 0 }))
  try {
    for (;;) {
      for (const state of states) if (state.status === undefined && isReady(state, now())) yield* goOn(state, now)
      const waiting = states.filter((state) => state.status === undefined)
      if (!waiting.length) return states.at(-1)?.status ?? 0
      yield waitOfAll(waiting, now())
    }
  } finally {
    for (const { running, status } of states) if (status === undefined) running.return(130)
  }
}

const isReady = ({ wait, wakeAtMs }: State, nowMs: number): boolean => wait?.kind !== 'sleep' || wakeAtMs <= nowMs

/** Runs one command until it waits for the cluster, ends, or nobody wants what it writes. */
function* goOn(state: State, now: () => number): Generator<Wait, void, void> {
  const { running, filters, input, output } = state
  for (;;) {
    const step = running.next()
    if (step.done) {
      end(state, step.value)
      return
    }
    if (output?.wasWrittenInVain || filters.some((filter) => filter.done)) {
      running.return(0)
      end(state, 0)
      return
    }
    const wait = step.value
    if (wait.kind === 'load' || wait.kind === 'breath') {
      yield wait
      continue
    }
    state.wait = wait
    state.wakeAtMs = wait.ms === undefined ? Number.POSITIVE_INFINITY : now() + wait.ms
    return
  }

  function end(ended: State, status: number): void {
    ended.status = status
    for (const filter of filters) ended.status = filter.end()
    if (output) output.open = false
    if (input) input.isAbandoned = true
  }
}

/** Until the first of those who wait may go on. */
function waitOfAll(waiting: readonly State[], nowMs: number): Wait {
  const ms = Math.max(0, Math.min(...waiting.map((state) => state.wakeAtMs)) - nowMs)
  if (waiting.every((state) => state.wait?.kind === 'sleep')) return { kind: 'sleep', ms }
  return Number.isFinite(ms) ? { kind: 'change', ms } : { kind: 'change' }
}
