import { appsStructs } from './apps.ts'
import { containerStructs } from './container.ts'
import { autoscalingStructs, coordinationStructs, coreStructs, schedulingStructs } from './core.ts'
import { metaStructs } from './meta.ts'
import { type Field, parseField, type StructNotation } from './notation.ts'
import { podStructs } from './pod.ts'
import { inRequiredOrder } from './required-order.ts'
import { volumeStructs } from './volume.ts'

/** A struct of the API: its Go name, its name in the OpenAPI document, its fields. */
export interface Struct {
  name: string
  openApiName: string
  fields: ReadonlyMap<string, Field>
  required: readonly string[]
  /** Times that are values, not pointers: JSON has them as null when they are not set. */
  times: readonly string[]
}

/** The one time that a template, say, need not have. */
const leftOut = 'creationTimestamp'

const isTimeValue = ({ type, pointer }: Field): boolean =>
  type.shape === 'scalar' && (type.scalar === 'time' || type.scalar === 'microTime') && !pointer

const packages: [prefix: string, tables: Record<string, StructNotation>[]][] = [
  ['io.k8s.apimachinery.pkg.apis.meta.v1', [metaStructs]],
  ['io.k8s.api.core.v1', [containerStructs, volumeStructs, podStructs, coreStructs]],
  ['io.k8s.api.apps.v1', [appsStructs]],
  ['io.k8s.api.scheduling.v1', [schedulingStructs]],
  ['io.k8s.api.coordination.v1', [coordinationStructs]],
  ['io.k8s.api.autoscaling.v1', [autoscalingStructs]],
]

function readStruct(prefix: string, name: string, notation: StructNotation): Struct {
  const fields = new Map(Object.entries(notation).map(([field, text]) => [field, parseField(text)]))
  const required = inRequiredOrder(
    name,
    [...fields].filter(([, field]) => field.required).map(([field]) => field),
  )
  const times = [...fields].filter(([field, value]) => field !== leftOut && isTimeValue(value)).map(([field]) => field)
  return { name, openApiName: `${prefix}.${name}`, fields, required, times }
}

const structs = new Map<string, Struct>()
for (const [prefix, tables] of packages) {
  for (const table of tables) for (const name in table) structs.set(name, readStruct(prefix, name, table[name] as StructNotation))
}

/** A struct by its Go name; throws when no table has it. */
export function structOf(name: string): Struct {
  const struct = structs.get(name)
  if (!struct) throw new Error(`no struct ${name}`)
  return struct
}

/** Names of all structs, for tests. */
export function structNames(): string[] {
  return [...structs.keys()]
}
