import type { Cluster, Snapshot } from '../cluster.ts'

const limit = 60

/** A moment to come back to: before the user did `action`, when `played` steps of the scenario had been played. */
export interface Moment {
  readonly action: string
  readonly played: number
}

interface Kept extends Moment {
  readonly snapshot: Snapshot
}

/** Undo and redo: the cluster as it was before each thing the user did. */
export class History {
  private past: Kept[] = []
  private future: Kept[] = []
  private first: Snapshot
  private readonly cluster: Cluster

  constructor(cluster: Cluster) {
    this.cluster = cluster
    this.first = cluster.snapshot()
  }

  /** The cluster is as it begins: there is nothing before this. */
  begin(): void {
    this.first = this.cluster.snapshot()
  }

  get canUndo(): boolean {
    return this.past.length > 0
  }

  get canRedo(): boolean {
    return this.future.length > 0
  }

  /** The last thing the user did. */
  get latest(): Moment | undefined {
    return this.past[this.past.length - 1]
  }

  /** Keeps the present as a point to come back to; what was undone before is forgotten. */
  remember(moment: Moment): void {
    this.past.push({ ...moment, snapshot: this.cluster.snapshot() })
    if (this.past.length > limit) this.past.shift()
    this.future = []
  }

  /** Goes back; `played` = steps of the scenario played now. Returns the moment gone to; undefined when there is none. */
  undo(played: number): Moment | undefined {
    return this.move(this.past, this.future, played)
  }

  redo(played: number): Moment | undefined {
    return this.move(this.future, this.past, played)
  }

  /** After a failure: back to the last remembered point, which is not kept, or to the cluster's beginning. Returns what is undone. */
  rollBack(): Moment | undefined {
    const before = this.past.pop()
    this.cluster.restore(before?.snapshot ?? this.first)
    return before
  }

  private move(from: Kept[], to: Kept[], played: number): Moment | undefined {
    const kept = from.pop()
    if (!kept) return undefined
    to.push({ action: kept.action, played, snapshot: this.cluster.snapshot() })
    this.cluster.restore(kept.snapshot)
    return kept
  }
}
