import { metricsGroup } from '#k8s/api/metrics-resources.ts'
import { apiVersionOf, type Resource } from '#k8s/resources.ts'
import { structOf } from '#k8s/schema/index.ts'
import type { Field, FieldType } from '#k8s/schema/notation.ts'
import { type KubernetesVersion, versions } from '#k8s/version.ts'
import type { Running } from '#protocol/api-client.ts'
import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { type FieldDocs, fieldDocs, loadFieldDocs } from '../field-docs.ts'
import { findResource } from '../resource-type.ts'

const scalarNames: Record<string, string> = {
  int32: 'integer',
  int64: 'integer',
  bool: 'boolean',
  quantity: 'Quantity',
  intOrString: 'IntOrString',
  time: 'string',
  microTime: 'string',
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

/** Text in lines of at most 80 characters, indented. @source kubectl/pkg/explain/v2 templates, text wrapping */
function wrapped(text: string, indent: string, width = 80): string {
  const lines: string[] = []
  for (const part of text.split('\n')) {
    let line = ''
    for (const word of part.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (indent.length + longer.length > width && line !== '') {
        lines.push(line)
        line = word
      } else line = longer
    }
    lines.push(line)
  }
  return lines.map((line) => `${indent}${line}\n`).join('')
}

interface Shown {
  version: KubernetesVersion
  recursive: boolean
  docs: FieldDocs
}

function fieldLines(struct: string, shown: Shown, indent: string, above: readonly string[]): string {
  const { version, recursive, docs } = shown
  const known = [...structOf(struct).fields].filter(([, f]) => !f.since || versions.indexOf(f.since) <= versions.indexOf(version))
  return known
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => {
      const line = `${indent}${name}\t<${typeName(field.type)}>${field.required ? ' -required-' : ''}\n`
      const inner = structIn(field.type)
      if (!recursive) return `${line}${wrapped(docs[struct]?.[name] ?? '<no description>', `${indent}  `)}\n`
      return inner && !above.includes(inner) ? line + fieldLines(inner, shown, `${indent}  `, [...above, inner]) : line
    })
    .join('')
}

/** `daemonsets.apps.spec` may name the type with its group, if it is the plural. @source kubectl/pkg/explain SplitAndParseResourceRequest */
function targetOf(word: string): { resource: Resource; path: string[] } | string {
  const [type = '', ...path] = word.replace(/(.)\.$/, '$1').split('.')
  if (word === '.') throw new CommandError('a resource must be present, got: /, Resource=')
  if (/\[/.test(word) || type === '' || path.includes('')) throw new CommandError('invalid jsonpath syntax, first node must be field node')
  const resource = findResource(type)
  // said without the usual `error: `
  if (!resource) return `the server doesn't have a resource type ${JSON.stringify(type)}`
  const group = resource.group.split('.')
  const named = type === resource.plural && resource.group !== '' && group.every((part, i) => path[i] === part)
  return { resource, path: named ? path.slice(group.length) : path }
}

interface Place {
  struct?: string
  field?: Field
  /** What is said of it. */
  about: string
}

/** Follows a path of field names through the structs. */
function walk(resource: Resource, path: readonly string[], docs: FieldDocs): Place {
  let place: Place = { struct: resource.kind, about: docs[resource.kind]?.[''] ?? '' }
  for (const name of path) {
    const { struct } = place
    const field = struct === undefined ? undefined : structOf(struct).fields.get(name)
    if (!field || struct === undefined) throw new CommandError(`field ${JSON.stringify(path.at(-1))} does not exist`)
    const inner = structIn(field.type)
    const [own, ofType] = [docs[struct]?.[name], inner && docs[inner]?.['']]
    place = { struct: inner, field, about: [own, ofType].filter(Boolean).join('\n') }
  }
  return place
}

/** @source kubectl/pkg/explain/v2/templates/plaintext.tmpl */
export const explain: Verb = {
  name: 'explain',
  summary: 'Say what a type of object and its fields mean',
  usage: 'kubectl explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group]',
  flags: [
    { name: 'recursive', shorthand: 'R', kind: 'bool', usage: 'Only the names of the fields, and of the fields in them' },
    { name: 'api-version', kind: 'string', usage: 'The version of the type: GROUP/VERSION' },
    { name: 'output', shorthand: 'o', kind: 'string', default: 'plaintext', usage: 'plaintext' },
  ],
  *run({ io, client }, args): Running {
    const [word, ...more] = args.operands
    if (!word) {
      throw new CommandError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      )
    }
    if (more.length > 0) throw new CommandError('We accept only this format: explain RESOURCE')
    const target = targetOf(word)
    if (typeof target === 'string') {
      io.err(`${target}\n`)
      return 1
    }
    const { resource, path } = target
    const apiVersion = args.string('api-version')
    const isDocumented = resource.group !== metricsGroup
    if (!isDocumented || (apiVersion && apiVersion !== apiVersionOf(resource))) {
      const asked = `${apiVersion || apiVersionOf(resource)}, Resource=${resource.plural}`
      throw new CommandError(`couldn't find resource for ${JSON.stringify(asked)}`)
    }
    const format = args.string('output')
    if (!format.startsWith('plaintext')) throw new CommandError(`unrecognized format: ${format}`)
    const until = loadFieldDocs()
    if (until) yield { kind: 'load', until }
    const docs = fieldDocs()
    io.out(`${resource.group ? `GROUP:      ${resource.group}\n` : ''}KIND:       ${resource.kind}\nVERSION:    ${resource.version}\n\n`)
    const { field, struct, about } = walk(resource, path, docs)
    if (field) io.out(`FIELD: ${path.at(-1)} <${typeName(field.type)}>\n\n\n`)
    io.out(`DESCRIPTION:\n${wrapped(about || '<empty>', '    ')}    \n`)
    if (!struct) {
      io.out('\n')
      return 0
    }
    const shown = { version: client.version as KubernetesVersion, recursive: args.bool('recursive'), docs }
    io.out(`FIELDS:\n${fieldLines(struct, shown, '  ', [struct])}\n`)
    return 0
  },
}
