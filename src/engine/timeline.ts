import type { Action } from './action.ts'
import type { Cluster, Snapshot } from './cluster.ts'

interface Keyframe {
  readonly steps: number
  readonly atMs: number
  /** Actions that had happened. */
  readonly actions: number
  readonly snapshot: Snapshot
}

export interface TimelineOptions {
  /** A keyframe is kept after this many timers, or as many as there are nodes and pods; where a replay passes, after a quarter of that. */
  everySteps?: number
  /** More keyframes than this are thinned out: every other old one is dropped. */
  maxKeyframes?: number
}

/** Keyframes that replays leave behind; who looks around a moment needs no more. */
const maxPassed = 24
const passedShare = 4

/**
 * A cluster's past: the log of everything that came from outside, and keyframes. Any moment is the nearest keyframe before
 * it, or the present, plus a replay, which leaves keyframes where it passes; acting in the past forgets what came after it.
 */
export class Timeline {
  private readonly cluster: Cluster
  private readonly everySteps: number
  private readonly maxKeyframes: number
  private keyframes: Keyframe[]
  /** What replays left, oldest first. */
  private passed: Keyframe[] = []
  /** All actions, oldest first; those beyond `done` lie in the future of the present moment. */
  readonly log: Action[] = []
  private done = 0
  private endMs = 0
  private replaying = false

  constructor(cluster: Cluster, { everySteps = 200, maxKeyframes = 240 }: TimelineOptions = {}) {
    this.cluster = cluster
    this.everySteps = everySteps
    this.maxKeyframes = maxKeyframes
    this.keyframes = [this.takeKeyframe()]
    cluster.onAction = (action) => this.note(action)
    cluster.onStep = () => this.afterStep()
  }

  /** The latest time that was reached, ms of cluster time. */
  get latestMs(): number {
    return Math.max(this.endMs, this.cluster.nowMs)
  }

  private takeKeyframe(): Keyframe {
    const { cluster, done } = this
    return { steps: cluster.steps, atMs: cluster.nowMs, actions: done, snapshot: cluster.snapshot() }
  }

  private note(action: Action): void {
    if (this.replaying) return
    this.log.length = this.done
    const stays = (k: Keyframe) => k.actions <= this.done && k.steps <= action.steps
    this.keyframes = this.keyframes.filter(stays)
    this.passed = this.passed.filter(stays)
    this.endMs = action.atMs
    this.log.push(action)
    this.done++
  }

  private get spacing(): number {
    return Math.max(this.everySteps, this.cluster.size)
  }

  private afterStep(): void {
    const last = this.keyframes[this.keyframes.length - 1] as Keyframe
    if (this.replaying || this.cluster.steps - last.steps < this.spacing) return
    this.keyframes.push(this.takeKeyframe())
    if (this.keyframes.length > this.maxKeyframes)
      this.keyframes = this.keyframes.filter((_, i) => i === 0 || i % 2 === 0 || i > this.maxKeyframes / 2)
  }

  /** Goes to a moment of the past, or as far forward as time has been. The log is kept until somebody acts. */
  seek(atMs: number): void {
    const { cluster } = this
    this.endMs = this.latestMs
    const target = Math.max(0, Math.min(atMs, this.endMs))
    const from = this.keyframeBefore(target)
    this.replaying = true
    try {
      if (!this.leadsTo(target, from)) {
        cluster.restore(from.snapshot)
        this.done = from.actions
      }
      this.replay(target)
    } finally {
      this.replaying = false
    }
  }

  /** Whether the present lies between the keyframe and the moment, and no action is due before a timer that has fired. */
  private leadsTo(target: number, { steps }: Keyframe): boolean {
    const { cluster, log, done } = this
    const next = log[done]
    return cluster.nowMs < target && cluster.steps >= steps && (!next || next.steps >= cluster.steps)
  }

  private keyframeBefore(atMs: number): Keyframe {
    let found = this.keyframes[0] as Keyframe
    for (const list of [this.keyframes, this.passed])
      for (const keyframe of list) if (keyframe.atMs < atMs && keyframe.steps >= found.steps) found = keyframe
    return found
  }

  private replay(target: number): void {
    const { cluster, log } = this
    // a moment is shown as it was before the user acted in it; only the latest one has all that was done
    const isPast = (action: Action) => action.atMs < target || target === this.endMs
    let last = cluster.steps
    const pass = () => {
      if (cluster.steps - last < this.spacing / passedShare) return
      last = cluster.steps
      this.passed.push(this.takeKeyframe())
      if (this.passed.length > maxPassed) this.passed.shift()
    }
    for (let action = log[this.done]; action && isPast(action); action = log[this.done]) {
      while (cluster.steps < action.steps && cluster.step()) pass()
      cluster.runUntil(action.atMs)
      cluster.repeat(action)
      this.done++
    }
    for (let next = cluster.nextTimerMs; next !== undefined && next <= target; next = cluster.nextTimerMs) {
      cluster.step()
      pass()
    }
    cluster.runUntil(target)
  }
}
