import type { Change } from '#engine/store/selection.ts'
import type { AnyObject, Kind } from '#k8s/types.ts'

type Listener = (change: Change) => void

const kept = 20_000

export const versionOf = (object: AnyObject): number => Number(object.metadata.resourceVersion)

/** The newest writes, so that a watch can begin in the past, and who listens for the next ones. */
export class WatchLog {
  private changes: Change[] = []
  /** Writes up to this resourceVersion may be forgotten. */
  private forgotten: number
  private readonly listeners = new Map<Kind, Set<Listener>>()

  /** `resourceVersion` = the cluster's at this moment: older writes are not known. */
  constructor(resourceVersion: number) {
    this.forgotten = resourceVersion
  }

  add(change: Change): void {
    this.changes.push(change)
    if (this.changes.length > 2 * kept) {
      const dropped = this.changes.splice(0, kept)
      this.forgotten = versionOf((dropped.at(-1) as Change).object)
    }
    for (const listener of [...(this.listeners.get(change.object.kind as Kind) ?? [])]) listener(change)
  }

  /** Writes of a kind after a resourceVersion, oldest first; undefined when some of them are forgotten. */
  since(kind: Kind, resourceVersion: number): Change[] | undefined {
    if (resourceVersion < this.forgotten) return undefined
    return this.changes.filter((c) => c.object.kind === kind && versionOf(c.object) > resourceVersion)
  }

  /** Returns what ends the listening. */
  listen(kind: Kind, listener: Listener): () => void {
    const known = this.listeners.get(kind) ?? new Set()
    this.listeners.set(kind, known.add(listener))
    return () => known.delete(listener)
  }

  /** How many watches are open. */
  get watches(): number {
    return [...this.listeners.values()].reduce((sum, set) => sum + set.size, 0)
  }
}
