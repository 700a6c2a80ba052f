import type { AnyObject, Kind, Pod } from '#k8s/types.ts'
import type { Tables } from './tables.ts'

/** Objects under one key, in the order in which they came under it. */
interface Bucket {
  /** The index that may write into it; another one that holds it writes into a copy. */
  owner: object
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

/** Kinds that controllers adopt, and so look up among the orphans. */
const adoptable: readonly Kind[] = ['Pod', 'ReplicaSet', 'ControllerRevision']

/**
 * Look-ups into the tables: pods by node, objects by controller and by owner, orphans by namespace. They travel with the tables in
 * snapshots: their order is that of arrival, which the tables do not tell.
 */
export class Indices {
  private readonly byNode: Index
  private readonly byOwner: Index
  private readonly byController: Index
  private readonly orphanage: Index

  private constructor(byNode: Index, byOwner: Index, byController: Index, orphanage: Index) {
    this.byNode = byNode
    this.byOwner = byOwner
    this.byController = byController
    this.orphanage = orphanage
  }

  static of(tables: Tables): Indices {
    const indices = new Indices(new Index(), new Index(), new Index(), new Index())
    for (const kind of kinds) for (const [key, object] of tables[kind] as ReadonlyMap<string, AnyObject>) indices.change(kind, key, undefined, object)
    return indices
  }

  /** Indices over a copy of the tables. */
  copy(): Indices {
    return new Indices(this.byNode.copy(), this.byOwner.copy(), this.byController.copy(), this.orphanage.copy())
  }

  podsOnNode(node: string): ReadonlyMap<string, Pod> {
    return this.byNode.get(node) as ReadonlyMap<string, Pod>
  }

  controlledBy(kind: Kind, uid: string): ReadonlyMap<string, AnyObject> {
    return this.byController.get(kind + uid)
  }

  orphans(kind: Kind, namespace: string): ReadonlyMap<string, AnyObject> {
    return this.orphanage.get(kind + namespace)
  }

  dependents(uid: string): ReadonlyMap<string, AnyObject> {
    return this.byOwner.get(uid)
  }

  /** Takes one change of a table in. An entry is replaced in place while it stays where it is. */
  change(kind: Kind, key: string, before: AnyObject | undefined, after: AnyObject | undefined): void {
    const moved = before?.metadata.ownerReferences !== after?.metadata.ownerReferences || before?.metadata
  }
}
