import type { Resource } from '#k8s/resources.ts'
import { structOf } from '#k8s/schema/index.ts'
import type { Field, FieldType } from '#k8s/schema/notation.ts'
import { type KubernetesVersion, versions } from '#k8s/version.ts'
import type { Running } from '#protocol/api-client.ts'
import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { mappingFor } from '../resource-type.ts'

const scalarNames: Record<string, string> = {
  int32: 'integer',
  int64: 'integer',
  bool: 'boolean',
  quantity: 'Quantity',
  intOrString: 'IntOrString',
  time: 'Time',
  microTime: 'MicroTime',
  any: 'Object',
}

function typeName(type: FieldType): string {
  switch (type.shape) {
    case 'scalar':
      return scalarNames[type.scalar] ?? type.scalar
    case 'struct':
      return type.struct
    case 'list':
      return `[]${typeName(type.item)}`
    case 'map':
      return `map[string]${typeName(type.value)}`
  }
}

function structIn(type: FieldType): string | undefined {
  if (type.shape === 'struct') return type.struct
  return type.shape === 'list' ? structIn(type.item) : type.shape === 'map' ? structIn(type.value) : undefined
}

function fieldLines(struct: string, version: KubernetesVersion, recursive: boolean, indent: string, above: readonly string[]): string {
  const fields = [...structOf(struct).fields].filter(([, f]) => !f.since || versions.indexOf(f.since) <= versions.indexOf(version))
  return fields
    .map(([name, field]) => {
      const line = `${indent}${name}\t<${typeName(field.type)}>${field.required ? ' -required-' : ''}\n`
      const inner = structIn(field.type)
      return recursive && inner && !above.includes(inner) ? line + fieldLines(inner, version, true, `${indent}  `, [...above, inner]) : line
    })
    .join('')
}

function resourceOf(word: string): { resource: Resource; path: string[] } {
  const [type = '', ...path] = word.split('.')
  return { resource: mappingFor(type), path }
}

/** Follows a path of field names through the structs; the last field and the struct it is in. */
function walk(resource: Resource, path: readonly string[]): { field?: Field; struct?: string } {
  let struct: string | undefined = resource.kind
  let field: Field | undefined
  for (const name of path) {
    field = struct === undefined ? undefined : structOf(struct).fields.get(name)
    if (!field) throw new CommandError(`field ${JSON.stringify(name)} does not exist`)
    struct = structIn(field.type)
  }
  return { field, struct }
}

export const explain: Verb = {
  name: 'explain',
  summary: 'List the fields of a type of object',
  usage: 'kubectl explain TYPE[.FIELD…] [--recursive]',
  flags: [
    { name: 'recursive', kind: 'bool', usage: 'Also the fields of fields' },
    { name: 'api-version', kind: 'string' },
    { name: 'output', shorthand: 'o', kind: 'string', default: 'plaintext' },
  ],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run({ io, client }, args): Running {
    const [word, ...more] = args.operands
    if (!word) {
      throw new CommandError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      )
    }
    if (more.length > 0) throw new CommandError('We accept only this format: explain RESOURCE')
    const { resource, path } = resourceOf(word)
    const { field, struct } = walk(resource, path)
    const group = resource.group ? `GROUP:      ${resource.group}\n` : ''
    const last = path.at(-1)
    const about = field ? `\nFIELD: ${last} <${typeName(field.type)}>${field.required ? ' -required-' : ''}\n` : ''
    io.out(`${group}KIND:       ${resource.kind}\nVERSION:    ${resource.version}\n${about}`)
    if (struct) io.out(`\nFIELDS:\n${fieldLines(struct, client.version as KubernetesVersion, args.bool('recursive'), '  ', [struct])}`)
    return 0
  },
}
