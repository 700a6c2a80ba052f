import type { ManagedFieldsEntry } from '#k8s/managed-fields/entry.ts'
import type { AnyObject } from '#k8s/types.ts'
import { semanticEqual } from '#sim/equal.ts'
import { fieldOwnersIfLoaded } from './load.ts'
import type { FieldWriter } from './write-record.ts'

/** Whether a JSON patch needs the managed fields to be there. */
export const isPatchOfOwners = (patch: unknown): boolean =>
  Array.isArray(patch) && patch.some((operation) => String(operation?.path).startsWith('/metadata/managedFields'))

const isReset = ([first, ...more]: readonly object[]): boolean => !first || (more.length === 0 && Object.keys(first).length === 0)

const isUsable = ({ operation, fieldsType, fieldsV1 }: Partial<ManagedFieldsEntry>): boolean =>
  (operation === 'Apply' || operation === 'Update') && fieldsType === 'FieldsV1' && typeof fieldsV1 === 'object'

/**
 * What managed fields that a client sends come to: they count instead of those before; an empty list, or `[{}]`, takes them all away.
 * What cannot be read counts for nothing. @source managedfields/internal decodeLiveOrNew, isResetManagedFields
 */
export function sentOwners(sent: readonly ManagedFieldsEntry[] | undefined, stored?: AnyObject): Pick<FieldWriter, 'base' | 'result' | 'isChange'> {
  if (!Array.isArray(sent)) return {}
  const before = stored && fieldOwnersIfLoaded()?.managedFieldsOf(stored)
  if (isReset(sent)) return stored ? { result: [], isChange: before?.length !== 0 } : {}
  return sent.every(isUsable) ? { base: sent, isChange: !before || !semanticEqual(before, sent) } : {}
}
