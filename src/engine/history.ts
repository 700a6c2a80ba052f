import type { Action } from './action.ts'
import type { Cluster, Snapshot } from './cluster.ts'

/** A moment to come back to: before the user did `action`, when `played` steps of the scenario had been played. */
export interface Moment {
  readonly action: string
  readonly played: number
}

/** A state of the cluster, and where it lies: `actions` = how many had happened, `steps` = how many timers had fired. */
interface Point {
  readonly snapshot: Snapshot
  readonly atMs: number
  readonly steps: number
  readonly actions: number
}

type Kept = Moment & Point

/** As many moments are kept in a large cluster. */
const fewest = 60
const most = 240
/** Nodes and pods that all kept moments may have together, beyond the fewest. */
const room = 300_000

/**
 * A cluster's past: the cluster as it was before each thing the user did, and the log of everything that came from outside. Undo and redo
 * go to what is kept; any other moment is the nearest kept one before it, or the present, plus a replay of the log.
 */
export class History {
  private first: Point
  /** Before each thing the user did, oldest first; those from `cursor` on lie in the future. */
  private kept: Kept[] = []
  private cursor = 0
  /** Where the user was before going back. */
  private end: (Point & Pick<Moment, 'played'>) | undefined
  /** All actions, oldest first; those from `done` on lie in the future. */
  private readonly log: Action[] = []
  private done = 0
  private isReplaying = false
  private readonly cluster: Cluster

  constructor(cluster: Cluster) {
    this.cluster = cluster
    this.first = this.present()
    cluster.onAction = (action) => this.note(action)
  }

  /** The cluster is as it begins: there is nothing before this. */
  begin(): void {
    this.kept = []
    this.cursor = 0
    this.end = undefined
    this.log.length = 0
    this.done = 0
    this.first = this.present()
  }

  get canUndo(): boolean {
    return this.cursor > 0
  }

  get canRedo(): boolean {
    return this.cursor < this.kept.length
  }

  /** The last thing the user did. */
  get latest(): Moment | undefined {
    return this.kept[this.cursor - 1]
  }

  /** Keeps the present as a point to come back to; what was undone before is forgotten. Returns what is kept. */
  remember(moment: Moment): Moment {
    this.forgetFuture()
    const kept = { ...moment, ...this.present() }
    this.kept.push(kept)
    if (this.kept.length > Math.max(fewest, Math.min(most, room / this.cluster.size))) this.kept.shift()
    this.cursor = this.kept.length
    return kept
  }

  /**
   * What the user did then is over. When it wrote nothing, or all that it would have written was refused, and it made nothing fail, there is
   * nothing to undo in it: it is kept no longer.
   */
  forgetIdle(moment: Moment): void {
    const at = this.kept.indexOf(moment as Kept)
    const kept = this.kept[at]
    if (!kept || at >= this.cursor) return
    const end = this.kept[at + 1]?.actions ?? this.done
    const isUnchanged = this.cluster.revision === kept.snapshot.state.resourceVersion
    const isIdle = ({ kind }: Action) => kind === 'note' || kind === 'refusal' || (kind === 'write' && isUnchanged)
    if (!this.log.slice(kept.actions, end).every(isIdle)) return
    this.kept.splice(at, 1)
    this.cursor--
  }

  /** Goes back; `played` = steps of the scenario played now. Returns the moment gone to; undefined when there is none. */
  undo(played: number): Moment | undefined {
    const before = this.kept[this.cursor - 1]
    if (!before) return undefined
    this.leave(played)
    this.cursor--
    this.goTo(before)
    return before
  }

  /** Goes to where the next thing that was undone had led: to before the one after it, or to where the user was. */
  redo(): Moment | undefined {
    const undone = this.kept[this.cursor]
    const after = this.kept[this.cursor + 1] ?? this.end
    if (!undone || !after) return undefined
    this.cursor++
    this.goTo(after)
    return { action: undone.action, played: after.played }
  }

  /** After a failure: back to the last remembered point, which is not kept, or to the cluster's beginning. Returns what is undone. */
  rollBack(): Moment | undefined {
    const before = this.kept[this.cursor - 1]
    this.goTo(before ?? this.first)
    this.cursor = Math.max(0, this.cursor - 1)
    this.forgetFuture()
    return before
  }

  /**
   * Goes to a time, as far forward as time has been. A moment is shown as it was before the user acted in it; the latest one with all that was
   * done. What lies beyond it is kept until somebody acts.
   */
  seek(atMs: number): void {
    this.leave(this.latest?.played ?? 0)
    const endMs = (this.end as Point).atMs
    const target = Math.max(this.first.atMs, Math.min(atMs, endMs))
    const from = this.nearest(target)
    if (!this.leadsTo(target, from)) this.goTo(from)
    this.replay(target, target === endMs ? Number.POSITIVE_INFINITY : target)
    const next = this.kept.findIndex(({ actions }) => actions >= this.done)
    this.cursor = next < 0 ? this.kept.length : next
  }

  private present(): Point {
    const { cluster, done } = this
    return { snapshot: cluster.snapshot(), atMs: cluster.nowMs, steps: cluster.steps, actions: done }
  }

  private goTo({ snapshot, actions }: Point): void {
    this.cluster.restore(snapshot)
    this.done = actions
  }

  /** Before leaving the latest moment there has been. */
  private leave(played: number): void {
    if (this.cursor === this.kept.length && (!this.end || this.cluster.nowMs > this.end.atMs)) this.end = { ...this.present(), played }
  }

  private note(action: Action): void {
    if (this.isReplaying) return
    this.forgetFuture()
    this.log.push(action)
    this.done++
  }

  /** What happens now is what happened: nothing lies beyond the present. */
  private forgetFuture(): void {
    this.end = undefined
    this.kept.length = this.cursor
    this.log.length = this.done
  }

  private nearest(atMs: number): Point {
    let found = this.first
    for (const kept of this.kept) if (kept.atMs < atMs) found = kept
    return found
  }

  /** Whether the present lies between the point and the moment, and no action is due before a timer that has fired. */
  private leadsTo(target: number, { steps }: Point): boolean {
    const { cluster, log, done } = this
    const next = log[done]
    return cluster.nowMs < target && cluster.steps >= steps && (!next || next.steps >= cluster.steps)
  }

  /** Does again what was done before `untilMs`, then lets time pass. */
  private replay(target: number, untilMs: number): void {
    const { cluster, log } = this
    this.isReplaying = true
    try {
      for (let action = log[this.done]; action && action.atMs < untilMs; action = log[this.done]) {
        while (cluster.steps < action.steps && cluster.step());
        cluster.runUntil(action.atMs)
        cluster.repeat(action)
        this.done++
      }
      cluster.runUntil(target)
    } finally {
      this.isReplaying = false
    }
  }
}
