import { structOf } from '../schema/index.ts'
import type { FieldType } from '../schema/notation.ts'

/** How a strategic merge patch treats one field. */
export interface MergeMeta {
  /** Type of the value, or of the items when it is a list; undefined when nothing is known of it. */
  type: FieldType | undefined
  /** Lists: merge item by item, with this key (`''` for plain values); undefined: replace as a whole. */
  mergeKey: string | undefined
  retainKeys: boolean
}

const unknown: MergeMeta = { type: undefined, mergeKey: undefined, retainKeys: false }

/** What is known of the field `key` in a value of this type. @source strategicpatch LookupPatchMetadata */
export function mergeMeta(type: FieldType | undefined, key: string): MergeMeta {
  if (type?.shape === 'map') return { ...unknown, type: type.value }
  if (type?.shape !== 'struct') return unknown
  const field = structOf(type.struct).fields.get(key)
  if (!field) return unknown
  const { mergeKey, retainKeys } = field
  return { type: field.type.shape === 'list' ? field.type.item : field.type, mergeKey, retainKeys }
}

/** The type at the root of an object of a kind. */
export function typeOfKind(kind: string): FieldType {
  return { shape: 'struct', struct: kind, goType: `v1.${kind}` }
}
