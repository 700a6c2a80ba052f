import type { AnyObject, Kind, Kinds, Pod } from '#k8s/types.ts'

export type Tables = { readonly [K in Kind]: Map<string, Kinds[K]> }

export const kinds: readonly Kind[] = [
  'Node',
  'Pod',
  'DaemonSet',
  'ControllerRevision',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'Namespace',
  'PriorityClass',
  'Event',
  'Lease',
  'Service',
]

/** Key of an object in its table: `namespace/name`, or `name` for cluster-scoped kinds. */
export function keyOf(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name
}

export function createTables(): Tables {
  return Object.fromEntries(kinds.map((k) => [k, new Map()])) as unknown as Tables
}

/** A copy that shares the (immutable) objects. */
export function copyTables(tables: Tables): Tables {
  return Object.fromEntries(kinds.map((k) => [k, new Map(tables[k] as Map<string, AnyObject>)])) as unknown as Tables
}

type Index<T> = Map<string, Map<string, T>>

const noObjects: ReadonlyMap<string, never> = new Map<string, never>()

function put<T>(index: Index<T>, at: string, key: string, value: T): void {
  const entry = index.get(at)
  if (entry) entry.set(key, value)
  else index.set(at, new Map([[key, value]]))
}

function drop<T>(index: Index<T>, at: string, key: string): void {
  const entry = index.get(at)
  if (entry?.delete(key) && entry.size === 0) index.delete(at)
}

const controllerUid = (object: AnyObject): string | undefined => object.metadata.ownerReferences?.find((owner) => owner.controller)?.uid

/** Kinds that controllers adopt, and so look up among the orphans. */
const adoptable = new Set<Kind>(['Pod', 'ReplicaSet', 'ControllerRevision'])

/**
 * Look-ups derived from the tables: pods by node, objects by controller and by owner, orphans by namespace. Kept up to
 * date by `change`, rebuilt by `createIndices` after a restore.
 */
export interface Indices {
  podsOnNode(node: string): ReadonlyMap<string, Pod>
  controlledBy(kind: Kind, uid: string): ReadonlyMap<string, AnyObject>
  orphans(kind: Kind, namespace: string): ReadonlyMap<string, AnyObject>
  dependents(uid: string): ReadonlyMap<string, AnyObject>
  change(kind: Kind, key: string, before: AnyObject | undefined, after: AnyObject | undefined): void
}

export function createIndices(tables: Tables): Indices {
  const byNode: Index<Pod> = new Map()
  const byController: Index<AnyObject> = new Map()
  const byOwner: Index<AnyObject> = new Map()
  const orphans: Index<AnyObject> = new Map()

  const each = (kind: Kind, key: string, object: AnyObject, visit: (index: Index<never>, at: string, key: string) => void) => {
    const owners = object.metadata.ownerReferences
    const full = `${kind}/${key}`
    if (owners?.length) {
      const controller = controllerUid(object)
      if (controller) visit(byController as Index<never>, kind + controller, key)
      for (const owner of owners) visit(byOwner as Index<never>, owner.uid, full)
      if (!controller && adoptable.has(kind)) visit(orphans as Index<never>, kind + object.metadata.namespace, key)
    } else if (adoptable.has(kind)) visit(orphans as Index<never>, kind + object.metadata.namespace, key)
    if (kind === 'Pod') {
      const node = (object as Pod).spec.nodeName
      if (node) visit(byNode as Index<never>, node, key)
    }
  }

  const change: Indices['change'] = (kind, key, before, after) => {
    // an entry is replaced in place while it stays where it is: order is the order of arrival
    const same =
      before &&
      after &&
      before.metadata.ownerReferences === after.metadata.ownerReferences &&
      (kind !== 'Pod' || (before as Pod).spec.nodeName === (after as Pod).spec.nodeName)
    if (before && !same) each(kind, key, before, drop)
    if (after) each(kind, key, after, (index, at, k) => put(index, at, k, after as never))
  }

  for (const kind of kinds) for (const [key, object] of tables[kind] as Map<string, AnyObject>) change(kind, key, undefined, object)

  return {
    podsOnNode: (node) => byNode.get(node) ?? noObjects,
    controlledBy: (kind, uid) => byController.get(kind + uid) ?? noObjects,
    orphans: (kind, namespace) => orphans.get(kind + namespace) ?? noObjects,
    dependents: (uid) => byOwner.get(uid) ?? noObjects,
    change,
  }
}
