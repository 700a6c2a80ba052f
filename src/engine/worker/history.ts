import type { Cluster, Snapshot } from '../cluster.ts'

const limit = 60

/** Undo and redo: the cluster as it was before each thing the user did. */
export class History {
  private past: Snapshot[] = []
  private future: Snapshot[] = []
  private readonly cluster: Cluster

  constructor(cluster: Cluster) {
    this.cluster = cluster
  }

  get canUndo(): boolean {
    return this.past.length > 0
  }

  get canRedo(): boolean {
    return this.future.length > 0
  }

  /** Keeps the present as a point to come back to; what was undone before is forgotten. */
  remember(): void {
    this.past.push(this.cluster.snapshot())
    if (this.past.length > limit) this.past.shift()
    this.future = []
  }

  undo(): boolean {
    return this.move(this.past, this.future)
  }

  redo(): boolean {
    return this.move(this.future, this.past)
  }

  /** After a failure: back to the last remembered point, which is not kept. */
  rollBack(): void {
    const before = this.past.pop()
    if (before) this.cluster.restore(before)
  }

  private move(from: Snapshot[], to: Snapshot[]): boolean {
    const snapshot = from.pop()
    if (!snapshot) return false
    to.push(this.cluster.snapshot())
    this.cluster.restore(snapshot)
    return true
  }
}
