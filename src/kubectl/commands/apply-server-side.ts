import { ApiError } from '#k8s/api-error.ts'
import type { FieldsV1, ManagedFieldsEntry } from '#k8s/managed-fields/entry.ts'
import type { AnyObject } from '#k8s/types.ts'
import type { ApiClient, Wait, WriteOptions } from '#protocol/api-client.ts'
import { CommandError } from '../error-text.ts'
import { waitForOwners } from '../field-owners.ts'
import type { Info } from '../write/infos.ts'
import { lastAppliedAnnotation } from '../write/last-applied.ts'

const conflictHelp = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`

/** Both sets of fields; `.` and an empty set stand for a field itself. */
function unionOf(a: FieldsV1, b: FieldsV1): FieldsV1 {
  const own = (set: FieldsV1) => Object.keys(set).length === 0 || '.' in set
  const names = new Set([...Object.keys(a), ...Object.keys(b)].filter((name) => name !== '.'))
  const below = [...names].map((name) => [name, a[name] && b[name] ? unionOf(a[name], b[name]) : (a[name] ?? b[name])])
  return { ...(names.size > 0 && (own(a) || own(b)) && { '.': {} }), ...Object.fromEntries(below) }
}

/** Whether an entry owns the annotation of client-side apply. */
const ownsLastApplied = ({ fieldsV1 }: ManagedFieldsEntry): boolean =>
  fieldsV1['f:metadata']?.['f:annotations']?.[`f:${lastAppliedAnnotation}`] !== undefined

/**
 * Managed fields in which server-side apply owns what kubectl's client-side apply owned; undefined when that owned nothing.
 * @source client-go/util/csaupgrade UpgradeManagedFields
 */
function upgraded(entries: readonly ManagedFieldsEntry[], manager: string): ManagedFieldsEntry[] | undefined {
  const clientSide = entries.filter((e) => e.operation === 'Update' && !e.subresource && ownsLastApplied(e))
  const [first] = clientSide
  if (!first) return undefined
  const own = entries.find((e) => e.operation === 'Apply' && e.manager === manager && !e.subresource) ?? {
    ...first,
    manager,
    operation: 'Apply' as const,
  }
  const fieldsV1 = clientSide.reduce((set, entry) => unionOf(set, entry.fieldsV1), own.fieldsV1)
  return [{ ...own, fieldsV1 }, ...entries.filter((e) => !clientSide.includes(e) && e !== own)]
}

/** The annotation of client-side apply stays: an owner of its own applies it. @source apply.go saveLastApplyAnnotationIfNecessary */
function keepLastApplied(client: ApiClient, { ref }: Info, applied: AnyObject, options: WriteOptions): AnyObject {
  const { apiVersion, kind, metadata } = applied
  const { name, namespace, annotations } = metadata
  const text = annotations?.[lastAppliedAnnotation]
  const isKept = client.managedFields(applied).some((e) => e.operation === 'Apply' && ownsLastApplied(e))
  if (options.fieldManager !== 'kubectl' || text === undefined || isKept) return applied
  const only = { apiVersion, kind, metadata: { name, ...(namespace && { namespace }), annotations: { [lastAppliedAnnotation]: text } } }
  return client.patch(ref, 'apply', only, { ...options, fieldManager: 'kubectl-last-applied', force: true })
}

/**
 * `kubectl apply --server-side` of one object. Throws with the ways out of a conflict.
 * @source kubectl/pkg/cmd/apply/apply.go applyOneObject, migrateToSSAIfNecessary
 */
export function* applyServerSide(client: ApiClient, info: Info, options: WriteOptions): Generator<Wait, AnyObject, void> {
  yield* waitForOwners(client)
  const { fieldManager = '', dryRun } = options
  const { ref, object } = info
  const send = (): AnyObject => client.patch(ref, 'apply', object, options)
  try {
    const applied = send()
    if (dryRun) return applied
    const kept = keepLastApplied(client, info, applied, options)
    const migrated = upgraded(client.managedFields(kept), fieldManager)
    if (!migrated) return kept
    client.patch(ref, 'json', [{ op: 'replace', path: '/metadata/managedFields', value: migrated }], { fieldManager })
    return send()
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'Conflict') throw error
    throw new CommandError(`${error.message}\n${conflictHelp}`)
  }
}
