import { apiVersionOf, type Resource } from '#k8s/resources.ts'
import type { FieldType } from '#k8s/schema/notation.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { FieldDocs } from '../field-docs.ts'
import { knownFields, linesOf, structIn, walk } from './explain-place.ts'

const scalarNames: Record<string, string> = { int32: 'integer', int64: 'integer', bool: 'boolean', any: 'map[string]' }

function typeName(type: FieldType): string {
  switch (type.shape) {
    case 'scalar':
      return scalarNames[type.scalar] ?? 'string'
    case 'struct':
      return 'Object'
    case 'list':
      return `[]${typeName(type.item)}`
    case 'map':
      return `map[string]${typeName(type.value)}`
  }
}

const indent = ' '.repeat(5)
const isListItem = (line: string): boolean => /^(\d+\.?|-|\*)\s/.test(line.trim())

/**
 * Text in paragraphs: lines run on but behind a colon and before an item of a list; an empty line counts once something is written.
 * @source kubectl/pkg/explain/formatter.go wrapString
 */
function paragraphs(text: string): string[] {
  const parts: string[] = []
  let open = ''
  const close = () => {
    if (open) parts.push(...linesOf(open, 80 - indent.length))
    open = ''
  }
  for (const line of text.split('\n')) {
    const words = line.split(/\s+/).filter(Boolean).join(' ')
    const isWritten = parts.length > 0 || indent.length + open.length > 80
    if (words === '' || open.endsWith(':') || isListItem(line)) close()
    if (words === '' && isWritten) parts.push('')
    else if (words !== '') open = open ? `${open} ${words}` : words
  }
  close()
  return parts
}

const wrapped = (text: string): string =>
  paragraphs(text)
    .map((line) => (line ? `${indent}${line}\n` : '\n'))
    .join('')

function fieldLines(struct: string, shown: Shown, margin: string, above: readonly string[]): string {
  const { version, recursive, docs } = shown
  return knownFields(struct, version)
    .map(([name, { type, required }]) => {
      const inner = structIn(type)
      if (recursive) {
        const inside = inner && !above.includes(inner) ? fieldLines(inner, shown, `${margin}   `, [...above, inner]) : ''
        return `${margin}${name}\t<${typeName(type)}>\n${inside}`
      }
      const about = docs[struct]?.[name]
      return `${margin}${name}\t<${typeName(type)}>${required ? ' -required-' : ''}\n${about ? wrapped(about) : ''}\n`
    })
    .join('')
}

interface Shown {
  version: KubernetesVersion
  recursive: boolean
  docs: FieldDocs
}

/**
 * What `explain -o plaintext-openapiv2` prints: the words of kubectl before 1.27, to which all types are objects.
 * @source kubectl/pkg/explain model_printer.go, fields_printer.go
 */
export function explainByOpenApiV2(resource: Resource, path: readonly string[], shown: Shown): string {
  const { struct, field, own, ofType } = walk(resource, path, shown.docs, { belowAll: true })
  const name = path.at(-1)
  const isAny = field?.type.shape === 'scalar' && field.type.scalar === 'any'
  const head = field && !isAny ? `${struct ? 'RESOURCE:' : 'FIELD:   '} ${name} <${typeName(field.type)}>\n\n` : ''
  // without a type there is nothing to tell them apart by
  const texts = (isAny ? [own, own] : [own, ofType]).filter(Boolean)
  const about = texts.length > 0 ? texts.map(wrapped).join('\n') : `${indent}<empty>\n`
  const fields = struct ? `\nFIELDS:\n${fieldLines(struct, shown, '   ', [struct])}` : ''
  return `KIND:     ${resource.kind}\nVERSION:  ${apiVersionOf(resource)}\n\n${head}DESCRIPTION:\n${about}${fields}`
}
