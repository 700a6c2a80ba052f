/** A change of a table: what came, what changed (from, to) and what went, by key. */
export interface Diff<T> {
  added: Map<string, T>
  updated: Map<string, readonly [from: T, to: T]>
  removed: Map<string, T>
}

export function emptyDiff<T>(): Diff<T> {
  return { added: new Map(), updated: new Map(), removed: new Map() }
}

export function isEmptyDiff<T>(diff: Diff<T>): boolean {
  return diff.added.size === 0 && diff.updated.size === 0 && diff.removed.size === 0
}

/** Adds one change to a diff in place, so that the diff still leads from its old start to the new end. */
export function recordChange<T>(diff: Diff<T>, key: string, from: T | undefined, to: T | undefined): void {
  const wasAdded = diff.added.has(key)
  const start = wasAdded ? undefined : (diff.updated.get(key)?.[0] ?? diff.removed.get(key) ?? from)
  diff.added.delete(key)
  diff.updated.delete(key)
  diff.removed.delete(key)
  if (to === undefined) {
    if (start !== undefined) diff.removed.set(key, start)
  } else if (start === undefined) diff.added.set(key, to)
  else if (start !== to) diff.updated.set(key, [start, to])
}

/** The diff that leads from one table to another. Unchanged entries are recognised by identity. */
export function diffTables<T>(from: ReadonlyMap<string, T>, to: ReadonlyMap<string, T>): Diff<T> {
  const diff = emptyDiff<T>()
  for (const [key, value] of to) {
    const old = from.get(key)
    if (old === undefined) diff.added.set(key, value)
    else if (old !== value) diff.updated.set(key, [old, value])
  }
  for (const [key, value] of from) if (!to.has(key)) diff.removed.set(key, value)
  return diff
}
