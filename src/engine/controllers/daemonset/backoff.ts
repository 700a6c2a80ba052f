import type { DaemonSet } from '#k8s/types.ts'
import { initialBackoffMs, maxBackoffMs } from './constants.ts'

interface BackoffEntry {
  readonly backoffMs: number
  readonly lastUpdateMs: number
}

/** Waits before failed pods are deleted, by `uid/observedGeneration/node`. Plain data. */
export interface BackoffState {
  readonly entries: Map<string, BackoffEntry>
  sweptAtMs: number
}

export interface BackoffLimits {
  readonly initialMs: number
  readonly maxMs: number
}

const usual: BackoffLimits = { initialMs: initialBackoffMs, maxMs: maxBackoffMs }

const sweepEveryMs = 60_000

export function createBackoffState(): BackoffState {
  return { entries: new Map(), sweptAtMs: 0 }
}

/** Each node has a back-off of its own; a spec change, once observed, starts it anew. @source daemon_controller.go failedPodsBackoffKey */
export function failedPodsBackoffKey({ metadata, status }: DaemonSet, nodeName: string): string {
  return `${metadata.uid}/${status.observedGeneration ?? 0}/${nodeName}`
}

/** A back-off that doubles with every `next` and starts anew when it was not used for twice the longest wait. Times in ms. */
export interface Backoff {
  /** Whether the last `next` was less than the present wait ago. */
  isInBackOff(id: string): boolean
  /** The present wait; 0 for an unknown id. */
  get(id: string): number
  /** When the present wait ends; undefined when there is none. */
  endsAtMs(id: string): number | undefined
  next(id: string): void
}

/** @source client-go/util/flowcontrol/backoff.go; DS-6.4. Unused entries are swept once a minute, at the next use instead of by a timer. */
export function createBackoff(state: BackoffState, nowMs: number, limits: BackoffLimits = usual): Backoff {
  const { entries } = state
  const hasExpired = (entry: BackoffEntry) => nowMs - entry.lastUpdateMs > 2 * limits.maxMs
  const sweep = () => {
    if (nowMs - state.sweptAtMs < sweepEveryMs) return
    state.sweptAtMs = nowMs
    for (const [id, entry] of entries) if (hasExpired(entry)) entries.delete(id)
  }
  const endsAtMs = (id: string) => {
    const entry = entries.get(id)
    if (!entry || hasExpired(entry) || nowMs - entry.lastUpdateMs >= entry.backoffMs) return undefined
    return entry.lastUpdateMs + entry.backoffMs
  }
  return {
    isInBackOff: (id) => endsAtMs(id) !== undefined,
    endsAtMs,
    get: (id) => entries.get(id)?.backoffMs ?? 0,
    next(id) {
      sweep()
      const entry = entries.get(id)
      const backoffMs = !entry || hasExpired(entry) ? limits.initialMs : Math.min(2 * entry.backoffMs, limits.maxMs)
      entries.set(id, Object.freeze({ backoffMs, lastUpdateMs: nowMs }))
    },
  }
}
