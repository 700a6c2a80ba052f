import { metricsGroup } from '#k8s/api/metrics-resources.ts'
import { apiVersionOf, type Resource, resources } from '#k8s/resources.ts'
import type { Field, FieldType } from '#k8s/schema/notation.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Running } from '#protocol/api-client.ts'
import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { enumOf, type FieldDocs, fieldDocs, loadFieldDocs } from '../field-docs.ts'
import { findResource } from '../resource-type.ts'
import { explainByOpenApiV2 } from './explain-openapi-v2.ts'
import { knownFields, linesOf, structIn, walk } from './explain-place.ts'

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

const wrapped = (text: string, indent: string): string =>
  linesOf(text, 80 - indent.length)
    .map((line) => `${indent}${line}\n`)
    .join('')

/** The values that a field may have, as far as they are listed: those of texts are. */
function valuesOf({ type }: Field, about = ''): string[] {
  return type.shape === 'scalar' && type.scalar === 'string' ? enumOf(about) : []
}

interface Shown {
  version: KubernetesVersion
  recursive: boolean
  docs: FieldDocs
}

function fieldLines(struct: string, shown: Shown, indent: string, above: readonly string[]): string {
  const { version, recursive, docs } = shown
  return knownFields(struct, version)
    .map(([name, field]) => {
      const about = docs[struct]?.[name]
      const values = valuesOf(field, about)
      const some = values.length > 4 ? [...values.slice(0, 4), '....'] : values
      const line = `${indent}${name}\t<${typeName(field.type)}>${field.required ? ' -required-' : ''}\n`
      const head = some.length > 0 ? `${line}${indent}enum: ${some.map((value) => value || '""').join(', ')}\n` : line
      const inner = structIn(field.type)
      if (!recursive) return `${head}${wrapped(about ?? '<no description>', `${indent}  `)}\n`
      return inner && !above.includes(inner) ? head + fieldLines(inner, shown, `${indent}  `, [...above, inner]) : head
    })
    .join('')
}

const byOpenApiV2 = 'plaintext-openapiv2'

/** Throws where a type is not in that version of the API. @source kubectl/pkg/cmd/explain/explain.go ExplainOptions.Run */
function checkVersion(apiVersion: string, resource: Resource, format: string): void {
  const isDocumented = resource.group !== metricsGroup
  if (isDocumented && apiVersion === apiVersionOf(resource)) return
  const parts = apiVersion.split('/')
  if (parts.length > 2) throw new CommandError(`unexpected GroupVersion string: ${apiVersion}`)
  const what = `${parts.length === 1 ? '/' : ''}${apiVersion}, ${format === byOpenApiV2 ? `Kind=${resource.kind}` : `Resource=${resource.plural}`}`
  const isKnown = resources.some((r) => apiVersionOf(r) === apiVersion.replace(/^\//, ''))
  throw new CommandError(
    isDocumented && isKnown && format !== byOpenApiV2
      ? `GVR (${what}) not found in OpenAPI schema`
      : `couldn't find resource for ${JSON.stringify(what)}`,
  )
}

/** `daemonsets.apps.spec` may name the type with its group, if it is the plural. @source kubectl/pkg/explain SplitAndParseResourceRequest */
function targetOf(word: string): { resource: Resource; path: string[] } | string {
  const [type = '', ...path] = word.replace(/(.)\.$/, '$1').split('.')
  if (word === '.') throw new CommandError('a resource must be present, got: /, Resource=')
  const resource = findResource(type)
  // `pods.` is the plural with its group, which is empty
  if (path[0] === '' && type === resource?.plural && resource.group === '') {
    if (path[1] === '' && path.length > 2) throw new CommandError('invalid multiple recursive descent')
    path.shift()
  }
  // `ds..` asks for a field without a name
  const isNameless = path.length > 0 && path.indexOf('') === path.length - 1
  if (/\[/.test(word) || type === '' || (path.includes('') && !isNameless))
    throw new CommandError('invalid jsonpath syntax, first node must be field node')
  // said without the usual `error: `
  if (!resource) return `the server doesn't have a resource type ${JSON.stringify(type)}`
  const group = resource.group.split('.')
  const named = type === resource.plural && resource.group !== '' && group.every((part, i) => path[i] === part)
  return { resource, path: named ? path.slice(group.length) : path }
}

/** @source kubectl/pkg/explain/v2/templates/plaintext.tmpl */
export const explain: Verb = {
  name: 'explain',
  summary: 'Say what a type of object and its fields mean',
  usage: 'kubectl explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group]',
  flags: [
    { name: 'recursive', shorthand: 'R', shorthandSince: 36, kind: 'bool', usage: 'Only the names of the fields, and of the fields in them' },
    { name: 'api-version', kind: 'string', usage: 'The version of the type: GROUP/VERSION' },
    { name: 'output', shorthand: 'o', kind: 'string', default: 'plaintext', usage: 'plaintext or plaintext-openapiv2' },
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
    const format = args.string('output')
    if (format !== 'plaintext' && format !== byOpenApiV2) throw new CommandError(`unrecognized format: ${format}`)
    checkVersion(args.string('api-version') || apiVersionOf(resource), resource, format)
    const until = loadFieldDocs()
    if (until) yield { kind: 'load', until }
    const docs = fieldDocs()
    const shown = { version: client.version as KubernetesVersion, recursive: args.bool('recursive'), docs }
    if (format === byOpenApiV2) {
      io.out(explainByOpenApiV2(resource, path, shown))
      return 0
    }
    io.out(`${resource.group ? `GROUP:      ${resource.group}\n` : ''}KIND:       ${resource.kind}\nVERSION:    ${resource.version}\n\n`)
    const { field, struct, own, ofType } = walk(resource, path, docs, { told: path.at(-1) })
    const values = field ? valuesOf(field, own) : []
    const listed = values.length > 0 ? `ENUM:\n${values.map((value) => `    ${value || '""'}\n`).join('')}` : '\n'
    if (field) io.out(`FIELD: ${path.at(-1)} <${typeName(field.type)}>\n${listed}\n`)
    const about = [own, ofType].filter(Boolean).join('\n') || '<empty>'
    io.out(`DESCRIPTION:\n${wrapped(about, '    ')}    \n`)
    if (!struct) {
      io.out('\n')
      return 0
    }
    io.out(`FIELDS:\n${fieldLines(struct, shown, '  ', [struct])}\n`)
    return 0
  },
}
