import type { ManagedFieldsEntry } from '#k8s/managed-fields/entry.ts'
import type { AnyObject, Deployment, ObjectMeta } from '#k8s/types.ts'
import { createNotes } from '#sim/notes.ts'

/**
 * Who wrote an object, write by write: what its managed fields are made from when somebody asks. Nothing is computed at the write;
 * the records live as long as the version of the object they belong to.
 */

/** How a client writes. `base`: the managed fields it sent; `result`: those it has worked out (server-side apply). */
export interface FieldWriter {
  manager: string
  subresource?: string
  base?: readonly ManagedFieldsEntry[]
  result?: readonly ManagedFieldsEntry[]
  /** What it sent, where admission adds to it: that belongs to nobody. */
  sent?: AnyObject
  /** Stored although nothing but the owners differs. */
  isChange?: boolean
}

export interface WriteRecord {
  earlier: WriteRecord | undefined
  manager: string
  subresource: string | undefined
  time: string
  /** Versions around the write; `before` is undefined for a create. */
  before: AnyObject | undefined
  after: AnyObject | undefined
  /** What it came to, once it is known; the rest is not needed any more. */
  entries: readonly ManagedFieldsEntry[] | undefined
}

/** Kept on the metadata, which each version has of its own: what bears a private field is slow to copy, and objects are copied more. */
const records = createNotes<ObjectMeta, WriteRecord>()

export const writeRecordOf = ({ metadata }: AnyObject): WriteRecord | undefined => records.get(metadata)

/** Programs that are several components. */
const programs: Record<string, string> = { kubelet: 'kubelet', 'default-scheduler': 'kube-scheduler', 'kube-apiserver': 'kube-apiserver' }

/** Whether a component writes by this name. */
export const isProgram = (manager: string): boolean => manager === 'kube-controller-manager' || Object.values(programs).includes(manager)

const known = (entries: readonly ManagedFieldsEntry[]): WriteRecord => ({
  earlier: undefined,
  manager: '',
  subresource: undefined,
  time: '',
  before: undefined,
  after: undefined,
  entries,
})

/** All that a component's write of the status changes: the rest of the old version need not be kept for it. */
export function statusOf(object: AnyObject): AnyObject {
  const { apiVersion, kind, status, metadata } = object as Deployment
  // the status subresource of Deployments takes annotations too
  return { apiVersion, kind, status, ...((kind as string) === 'Deployment' && { metadata: { annotations: metadata.annotations } }) } as Deployment
}

/** Notes a write that nobody owns (a deletion, a binding). */
export function keepWriteRecord(before: AnyObject | undefined, after: AnyObject): void {
  const record = before && writeRecordOf(before)
  if (record) records.set(after.metadata, record)
}

/** Notes a write. Writes of one component in a row count as one. */
export function recordWrite(
  before: AnyObject | undefined,
  after: AnyObject,
  by: string,
  writer: FieldWriter | undefined,
  isStatus: boolean,
  time: string,
): void {
  if (writer?.result) {
    records.set(after.metadata, known(writer.result))
    return
  }
  const manager = writer?.manager ?? programs[by] ?? 'kube-controller-manager'
  const subresource = writer?.subresource ?? (isStatus ? 'status' : undefined)
  const last = writer?.base ? known(writer.base) : before && writeRecordOf(before)
  const goesOn = !writer && last?.after !== undefined && last.manager === manager && last.subresource === subresource
  // a component changes nothing else along with the status, a client may
  const old = goesOn ? last.before : before && isStatus && !writer ? statusOf(before) : before
  const earlier = goesOn ? last.earlier : last
  const written = writer?.sent ?? after
  records.set(after.metadata, { earlier, manager, subresource, time, before: old, after: written, entries: goesOn ? last.entries : undefined })
}
