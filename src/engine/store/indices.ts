import { controllerOf } from '#k8s/owner.ts'
import type { AnyObject, Kind, Kinds, Pod } from '#k8s/types.ts'
import { kinds, type Tables } from './tables.ts'

/** Keys of objects, in the order in which they came. */
interface Bucket {
  /** The index that may write into it; any other that holds it writes into a copy. */
  readonly owner: object
  readonly keys: Set<string>
}

const noKeys: readonly string[] = []

/** Buckets by what their objects have in common. A copy shares all buckets until one side changes them. */
class Index {
  private owner = {}
  /** A key that is alone stands for its bucket. */
  private readonly buckets: Map<string, string | Bucket>

  constructor(buckets = new Map<string, string | Bucket>()) {
    this.buckets = buckets
  }

  get(at: string): Iterable<string> {
    const found = this.buckets.get(at)
    if (found === undefined) return noKeys
    return typeof found === 'string' ? [found] : found.keys
  }

  add(at: string, key: string): void {
    const found = this.buckets.get(at)
    if (found === undefined) this.buckets.set(at, key)
    else if (typeof found !== 'string') this.own(at, found).add(key)
    else if (found !== key) this.buckets.set(at, { owner: this.owner, keys: new Set([found, key]) })
  }

  delete(at: string, key: string): void {
    const found = this.buckets.get(at)
    if (found === key) this.buckets.delete(at)
    else if (found !== undefined && typeof found !== 'string') {
      const keys = this.own(at, found)
      if (keys.delete(key) && keys.size === 0) this.buckets.delete(at)
    }
  }

  copy(): Index {
    this.owner = {}
    return new Index(new Map(this.buckets))
  }

  private own(at: string, bucket: Bucket): Set<string> {
    if (bucket.owner === this.owner) return bucket.keys
    const keys = new Set(bucket.keys)
    this.buckets.set(at, { owner: this.owner, keys })
    return keys
  }
}

type ByKind = { readonly [K in Kind]: Index }

const byKind = (make: (kind: Kind) => Index) => Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as ByKind

/** Kinds that controllers adopt, and so look up among the orphans. */
const adoptable: ReadonlySet<Kind> = new Set<Kind>(['Pod', 'ReplicaSet', 'ControllerRevision'])

const nodeOf = (object: AnyObject | undefined) => (object?.kind === 'Pod' ? object.spec.nodeName : undefined)

/**
 * Look-ups into the tables: pods by node, objects by controller and by owner, orphans by namespace, all in the order of arrival. They
 * travel with the tables in snapshots, because the tables do not tell that order.
 */
export class Indices {
  private readonly tables: Tables
  private readonly byNode: Index
  /** `kind/key` by the uid of an owner that is not its controller. */
  private readonly byOwner: Index
  private readonly byController: ByKind
  private readonly orphanage: ByKind
  /** Keys of written pods by their controller's uid, for those whose pods are followed. Not part of a copy. */
  private readonly written = new Map<string, Set<string>>()

  private constructor(tables: Tables, byNode: Index, byOwner: Index, byController: ByKind, orphanage: ByKind) {
    this.tables = tables
    this.byNode = byNode
    this.byOwner = byOwner
    this.byController = byController
    this.orphanage = orphanage
  }

  /** The indices of tables that have none yet. */
  static of(tables: Tables): Indices {
    const empty = () => new Index()
    const indices = new Indices(tables, empty(), empty(), byKind(empty), byKind(empty))
    for (const kind of kinds) for (const [key, object] of tables[kind] as ReadonlyMap<string, AnyObject>) indices.change(key, undefined, object)
    return indices
  }

  /** The same for a copy of the tables. */
  copy(tables: Tables): Indices {
    const { byNode, byOwner, byController, orphanage } = this
    return new Indices(
      tables,
      byNode.copy(),
      byOwner.copy(),
      byKind((kind) => byController[kind].copy()),
      byKind((kind) => orphanage[kind].copy()),
    )
  }

  podsOnNode(node: string): Pod[] {
    return this.objects('Pod', this.byNode.get(node))
  }

  controlledBy<K extends Kind>(kind: K, uid: string): Kinds[K][] {
    return this.objects(kind, this.byController[kind].get(uid))
  }

  orphans<K extends Kind>(kind: K, namespace: string): Kinds[K][] {
    return this.objects(kind, this.orphanage[kind].get(namespace))
  }

  /** Keys of the controller's pods that were written since the last call; undefined at the first. */
  writtenPods(uid: string): Iterable<string> | undefined {
    const keys = this.written.get(uid)
    if (!keys || keys.size) this.written.set(uid, new Set())
    return keys
  }

  forgetWrittenPods(uid: string): void {
    this.written.delete(uid)
  }

  dependents(uid: string): AnyObject[] {
    const found: AnyObject[] = kinds.flatMap((kind) => this.controlledBy(kind, uid) as AnyObject[])
    for (const path of this.byOwner.get(uid)) {
      const slash = path.indexOf('/')
      const object = this.tables[path.slice(0, slash) as Kind].get(path.slice(slash + 1)) as AnyObject
      // named twice, it is among the controlled ones already
      if (controllerOf(object)?.uid !== uid) found.push(object)
    }
    return found
  }

  /** Takes one change of a table in: `key` is the object's there. */
  change(key: string, before: AnyObject | undefined, after: AnyObject | undefined): void {
    if (this.written.size) {
      this.noteWritten(key, before)
      this.noteWritten(key, after)
    }
    const [oldNode, node] = [nodeOf(before), nodeOf(after)]
    const owners = after?.metadata.ownerReferences
    if (before && after && before.metadata.ownerReferences === owners) {
      if (oldNode === node) return
      if (oldNode) this.byNode.delete(oldNode, key)
      if (node) this.byNode.add(node, key)
      return
    }
    if (before) this.visit('delete', key, before, oldNode)
    if (after) this.visit('add', key, after, node)
  }

  private noteWritten(key: string, object: AnyObject | undefined): void {
    if (object?.kind !== 'Pod') return
    const controller = controllerOf(object)
    if (controller) this.written.get(controller.uid)?.add(key)
  }

  private visit(verb: 'add' | 'delete', key: string, object: AnyObject, node: string | undefined): void {
    const kind = object.kind as Kind
    const { ownerReferences, namespace = '' } = object.metadata
    const controller = controllerOf(object)
    if (controller) this.byController[kind][verb](controller.uid, key)
    else if (adoptable.has(kind)) this.orphanage[kind][verb](namespace, key)
    if (ownerReferences) for (const owner of ownerReferences) if (owner !== controller) this.byOwner[verb](owner.uid, `${kind}/${key}`)
    if (node) this.byNode[verb](node, key)
  }

  private objects<K extends Kind>(kind: K, keys: Iterable<string>): Kinds[K][] {
    const table = this.tables[kind]
    const found: Kinds[K][] = []
    for (const key of keys) found.push(table.get(key) as Kinds[K])
    return found
  }
}
