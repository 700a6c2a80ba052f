import type { Kind, Kinds } from '#k8s/types.ts'
import type { ObjectDiff } from '#protocol/diff.ts'
import { keyOf, keyOfObject } from './key.ts'

/** The mirrored objects: one table a kind, by `namespace/name`. Tables are replaced when they change, never written into. */
export type Tables = { readonly [K in Kind]: ReadonlyMap<string, Kinds[K]> }

export function emptyTables(): Tables {
  return {
    Node: new Map(),
    Pod: new Map(),
    DaemonSet: new Map(),
    ControllerRevision: new Map(),
    Deployment: new Map(),
    ReplicaSet: new Map(),
    StatefulSet: new Map(),
    Namespace: new Map(),
    PriorityClass: new Map(),
    Event: new Map(),
    Lease: new Map(),
    Service: new Map(),
  }
}

/** The tables after a diff; tables of untouched kinds stay the same object. */
export function applyDiff(tables: Tables, diff: ObjectDiff): Tables {
  const copies = new Map<Kind, Map<string, unknown>>()
  const writable = (kind: Kind) => {
    const copy = copies.get(kind) ?? new Map<string, unknown>(tables[kind])
    copies.set(kind, copy)
    return copy
  }
  for (const gone of diff.removed) writable(gone.kind).delete(keyOf(gone.namespace, gone.name))
  for (const list of [diff.added, diff.updated]) for (const object of list) writable(object.kind).set(keyOfObject(object), object)
  if (copies.size === 0) return tables
  return { ...tables, ...(Object.fromEntries(copies) as Partial<Tables>) }
}
