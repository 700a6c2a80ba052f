import { controllerOf } from '#k8s/owner.ts'
import type { AnyObject, Kind, Pod } from '#k8s/types.ts'
import { kinds, type Tables } from './tables.ts'

/** Objects under one key, in the order in which they came under it. */
interface Bucket {
  /** The index that may write into it; any other that holds it writes into a copy. */
  readonly owner: object
  readonly objects: Map<string, AnyObject>
}

const noObjects: ReadonlyMap<string, never> = new Map<string, never>()

/** Buckets by key. A copy shares all buckets until one side changes them. */
class Index {
  private owner = {}
  private readonly buckets: Map<string, Bucket>

  constructor(buckets = new Map<string, Bucket>()) {
    this.buckets = buckets
  }

  get(at: string): ReadonlyMap<string, AnyObject> {
    return this.buckets.get(at)?.objects ?? noObjects
  }

  put(at: string, key: string, object: AnyObject): void {
    const bucket = this.own(at)
    if (bucket) bucket.objects.set(key, object)
    else this.buckets.set(at, { owner: this.owner, objects: new Map([[key, object]]) })
  }

  drop(at: string, key: string): void {
    const bucket = this.own(at)
    if (bucket?.objects.delete(key) && bucket.objects.size === 0) this.buckets.delete(at)
  }

  copy(): Index {
    this.owner = {}
    return new Index(new Map(this.buckets))
  }

  private own(at: string): Bucket | undefined {
    const bucket = this.buckets.get(at)
    if (!bucket || bucket.owner === this.owner) return bucket
    const copy = { owner: this.owner, objects: new Map(bucket.objects) }
    this.buckets.set(at, copy)
    return copy
  }
}

type ByKind = { readonly [K in Kind]: Index }

const byKind = (make: (kind: Kind) => Index) => Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as ByKind

/** Kinds that controllers adopt, and so look up among the orphans. */
const adoptable: ReadonlySet<string> = new Set<Kind>(['Pod', 'ReplicaSet', 'ControllerRevision'])

const nodeOf = (object: AnyObject | undefined) => (object?.kind === 'Pod' ? object.spec.nodeName : undefined)

/**
 * Look-ups into the tables: pods by node, objects by controller and by owner, orphans by namespace. They travel with the tables in
 * snapshots, because their order is that of arrival, which the tables do not tell.
 */
export class Indices {
  private readonly byNode: Index
  private readonly byOwner: Index
  private readonly byController: ByKind
  private readonly orphanage: ByKind

  private constructor(byNode: Index, byOwner: Index, byController: ByKind, orphanage: ByKind) {
    this.byNode = byNode
    this.byOwner = byOwner
    this.byController = byController
    this.orphanage = orphanage
  }

  /** The indices of tables that have none yet. */
  static of(tables: Tables): Indices {
    const empty = () => new Index()
    const indices = new Indices(empty(), empty(), byKind(empty), byKind(empty))
    for (const kind of kinds) for (const [key, object] of tables[kind] as ReadonlyMap<string, AnyObject>) indices.change(key, undefined, object)
    return indices
  }

  /** The same for a copy of the tables. */
  copy(): Indices {
    return new Indices(
      this.byNode.copy(),
      this.byOwner.copy(),
      byKind((kind) => this.byController[kind].copy()),
      byKind((kind) => this.orphanage[kind].copy()),
    )
  }

  podsOnNode(node: string): ReadonlyMap<string, Pod> {
    return this.byNode.get(node) as ReadonlyMap<string, Pod>
  }

  controlledBy(kind: Kind, uid: string): ReadonlyMap<string, AnyObject> {
    return this.byController[kind].get(uid)
  }

  orphans(kind: Kind, namespace: string): ReadonlyMap<string, AnyObject> {
    return this.orphanage[kind].get(namespace)
  }

  dependents(uid: string): ReadonlyMap<string, AnyObject> {
    return this.byOwner.get(uid)
  }

  /** Takes one change of a table in: `key` is the object's there. An entry keeps its place while it stays where it is. */
  change(key: string, before: AnyObject | undefined, after: AnyObject | undefined): void {
    const moved = before?.metadata.ownerReferences !== after?.metadata.ownerReferences || nodeOf(before) !== nodeOf(after)
    if (before && (moved || !after)) this.drop(key, before)
    if (after) this.put(key, after)
  }

  private put(key: string, object: AnyObject): void {
    const { kind, metadata } = object
    const controller = controllerOf(object)
    if (controller) this.byController[kind].put(controller.uid, key, object)
    else if (adoptable.has(kind)) this.orphanage[kind].put(metadata.namespace ?? '', key, object)
    for (const owner of metadata.ownerReferences ?? []) this.byOwner.put(owner.uid, metadata.uid ?? key, object)
    const node = nodeOf(object)
    if (node) this.byNode.put(node, key, object)
  }

  private drop(key: string, object: AnyObject): void {
    const { kind, metadata } = object
    const controller = controllerOf(object)
    if (controller) this.byController[kind].drop(controller.uid, key)
    else if (adoptable.has(kind)) this.orphanage[kind].drop(metadata.namespace ?? '', key)
    for (const owner of metadata.ownerReferences ?? []) this.byOwner.drop(owner.uid, metadata.uid ?? key)
    const node = nodeOf(object)
    if (node) this.byNode.drop(node, key)
  }
}
