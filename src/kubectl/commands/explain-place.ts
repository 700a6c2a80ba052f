import type { Resource } from '#k8s/resources.ts'
import { structOf } from '#k8s/schema/index.ts'
import type { Field, FieldType, Scalar } from '#k8s/schema/notation.ts'
import { type KubernetesVersion, versions } from '#k8s/version.ts'
import { CommandError } from '../error-text.ts'
import type { FieldDocs } from '../field-docs.ts'

/** The struct at the bottom of a type: that of `Container` in `[]Container`. */
export function structIn(type: FieldType): string | undefined {
  if (type.shape === 'struct') return type.struct
  return type.shape === 'list' ? structIn(type.item) : type.shape === 'map' ? structIn(type.value) : undefined
}

/** Scalars that the API describes as types of their own. */
const described: Partial<Record<Scalar, string>> = { intOrString: 'IntOrString', time: 'Time', microTime: 'MicroTime', quantity: 'Quantity' }

/** Where a path of field names leads. */
export interface Place {
  struct?: string
  field?: Field
  /** What is said of the field, and of its type; empty for nothing. */
  own: string
  ofType: string
}

/**
 * Follows the path through the structs. Throws CommandError where there is no such field; `told` is named then, otherwise what is missing.
 * `belowAll`: what stands below a field that is no struct is taken for what is in it.
 */
export function walk(
  resource: Resource,
  path: readonly string[],
  docs: FieldDocs,
  { told, belowAll = false }: { told?: string; belowAll?: boolean } = {},
): Place {
  let place: Place = { struct: resource.kind, own: '', ofType: docs[resource.kind]?.[''] ?? '' }
  for (const name of path) {
    const { struct } = place
    if (struct === undefined && belowAll && place.field) {
      place = inside(place.field, place)
      continue
    }
    const field = struct === undefined ? undefined : structOf(struct).fields.get(name)
    if (!field || struct === undefined) throw new CommandError(`field ${JSON.stringify(told ?? name)} does not exist`)
    const inner = structIn(field.type)
    const typeName = inner ?? (field.type.shape === 'scalar' ? described[field.type.scalar] : undefined)
    place = { struct: inner, field, own: docs[struct]?.[name] ?? '', ofType: (typeName && docs[typeName]?.['']) || '' }
  }
  return place
}

/** What is in a field that is no struct: an entry of a map or list, or the value itself. @source kubectl/pkg/explain field_lookup.go */
function inside(field: Field, place: Place): Place {
  const { type } = field
  const item = type.shape === 'map' ? type.value : type.shape === 'list' ? type.item : undefined
  if (item) return { field: { ...field, type: item }, own: '', ofType: '' }
  return place.ofType ? { ...place, own: '' } : place
}

/** Fields that a version of Kubernetes has, by name. */
export function knownFields(struct: string, version: KubernetesVersion): [name: string, field: Field][] {
  const known = [...structOf(struct).fields].filter(([, f]) => !f.since || versions.indexOf(f.since) <= versions.indexOf(version))
  return known.sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Text in lines of at most `width` characters beside the words that are longer. @source kubectl/pkg/explain formatter.go, v2/templates */
export function linesOf(text: string, width: number): string[] {
  return text.split('\n').flatMap((part) => {
    const lines: string[] = []
    let line = ''
    for (const [, blanks = '', word = ''] of part.matchAll(/([^\S\u00a0]*)([\S\u00a0]*)/g)) {
      const start = line.length + blanks.length
      if (word && start > 1 && start + word.length > width) {
        lines.push(line)
        line = word
      } else if (word || start <= width) line += blanks + word
    }
    return [...lines, line]
  })
}
