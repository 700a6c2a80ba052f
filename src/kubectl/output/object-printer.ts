import { isObject } from '#k8s/patch/json.ts'
import { formatGoSyntax } from '#k8s/schema/go-format.ts'
import type { KubeObject } from '#k8s/types.ts'
import { clientSince } from '../client-version.ts'
import type { Io, KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { marshalJson, printJson } from '../go-format.ts'
import { compileJsonPath } from '../jsonpath.ts'
import { lateParts } from '../late-parts.ts'
import { customColumnsIn, parseCustomColumns, printCustomColumns } from './custom-columns.ts'
import { toYaml } from './yaml.ts'

/** Turns one object, or a v1 List of them, into text. Throws CommandError. */
export type ObjectPrinter = (object: object) => string

const templates = ['go-template', 'go-template-file', 'template', 'templatefile']
const jsonPaths = ['jsonpath', 'jsonpath-as-json', 'jsonpath-file']
const plainFormats = ['json', 'name', 'yaml']
const columnFormats = ['custom-columns', 'custom-columns-file']

interface Format {
  name: string
  /** Behind `=`, or from `--template`. */
  argument: string
}

function parseFormat(output: string, args: Parsed): Format {
  const at = output.indexOf('=')
  const name = at < 0 ? output : output.slice(0, at)
  const takesTemplate = [...templates, ...jsonPaths, ...columnFormats].includes(name)
  const template = args.string('template')
  // two templates are one too many
  if (template && takesTemplate && at >= 0) return { name: output, argument: '' }
  if (template && (takesTemplate || output === '')) return { name: name || 'go-template', argument: template }
  return { name, argument: at < 0 ? '' : output.slice(at + 1) }
}

function withoutManagedFields(object: object, args: Parsed): object {
  // a document may call anything its items
  if (args.bool('show-managed-fields') || !isObject(object)) return object
  if ('items' in object && Array.isArray(object.items)) return { ...object, items: object.items.map((o) => withoutManagedFields(o, args)) }
  if (!('metadata' in object) || typeof object.metadata !== 'object' || object.metadata === null) return object
  return { ...object, metadata: { ...object.metadata, managedFields: undefined } }
}

function itemsOf(object: object): KubeObject[] {
  return 'items' in object && Array.isArray(object.items) ? object.items : [object as KubeObject]
}

/** @source cli-runtime/pkg/printers/name.go */
function nameOf({ apiVersion, kind, metadata }: Omit<KubeObject, 'metadata'> & { metadata?: KubeObject['metadata'] }): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : ''
  return `${kind.toLowerCase()}${group}/${metadata?.name ?? '<unknown>'}\n`
}

/** Of json, yaml and kyaml. */
function plainPrinter(output: string, isTyped: boolean): ObjectPrinter {
  if (output === 'yaml') return toYaml
  if (output === 'json' && !isTyped) return (object) => `${printJson(object)}\n`
  const { printTypedJson, inStructOrder, toKyaml } = lateParts()
  if (output === 'json') return (object) => `${printTypedJson(object)}\n`
  return isTyped ? (object) => toKyaml(inStructOrder(object), 'all') : (object) => toKyaml(object)
}

function fileArgument({ argument }: Format, io: Io, what = '--template'): string {
  const text = io.readFile(argument)
  if (text === undefined) throw new CommandError(`error reading ${what} ${argument}, open ${argument}: no such file or directory\n`)
  return text
}

/** @source cli-runtime/pkg/printers/jsonpath.go JSONPathPrinter.PrintObj */
function jsonPathPrinter(template: string, asJson: boolean, allowMissingKeys: boolean): ObjectPrinter {
  const path = attempt(
    () => compileJsonPath(template, { allowMissingKeys }),
    (why) => `error parsing jsonpath ${template}, ${why}\n`,
  )
  return (object) =>
    attempt(
      () =>
        asJson
          ? path
              .findResults(object)
              .map((results) => `${marshalJson(results, 4)}\n`)
              .join('')
          : path.print(object),
      (why) =>
        `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${why}. Printing more information for debugging the template:\n` +
        `\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${formatGoSyntax(object)}\n\n\n`,
    )
}

function attempt<T>(work: () => T, text: (why: string) => string): T {
  try {
    return work()
  } catch (error) {
    throw new CommandError(text((error as Error).message))
  }
}

export interface PrinterChoice {
  /** Custom columns are `kubectl get`'s alone; so are `wide` tables, which are not printed here. */
  isGet?: boolean
  /** The verb decodes objects into Go structs, whose order of fields JSON then has. */
  isTyped?: boolean
}

/**
 * The printer of `-o`/`--output` (with `--template`), for everything but tables. Throws CommandError with kubectl's words when
 * the format is unknown or its template cannot be read.
 * @source cli-runtime/pkg/genericclioptions PrintFlags.ToPrinter, kubectl/pkg/cmd/get PrintFlags.ToPrinter
 */
export function objectPrinter(
  output: string,
  args: Parsed,
  context: Pick<KubectlContext, 'client' | 'io'>,
  { isGet = false, isTyped = false }: PrinterChoice = {},
): ObjectPrinter {
  const { io } = context
  const format = parseFormat(output, args)
  const plain = clientSince(context.client, 'kyaml') ? [...plainFormats, 'kyaml'] : plainFormats
  const name = output.toLowerCase()
  if (plain.includes(name)) {
    if (name === 'name') return (object) => itemsOf(object).map(nameOf).join('')
    const print = plainPrinter(name, isTyped)
    return (object) => print(withoutManagedFields(object, args))
  }
  if (isGet && columnFormats.includes(format.name)) {
    if (!format.argument) throw new CommandError('custom-columns format specified but no custom columns given')
    const fromFile = format.name === 'custom-columns-file'
    const columns = fromFile ? customColumnsIn(fileArgument(format, io, 'template')) : parseCustomColumns(format.argument)
    // the headers of a file are always shown
    return (object) => printCustomColumns(columns, itemsOf(object), !fromFile && args.bool('no-headers'))
  }
  if (templates.includes(format.name) || jsonPaths.includes(format.name)) {
    if (!format.argument) throw new CommandError('template format specified but no template given')
    const template = format.name.endsWith('file') ? fileArgument(format, io) : format.argument
    const allowMissingKeys = args.string('allow-missing-template-keys') !== 'false'
    if (!jsonPaths.includes(format.name)) return lateParts().goTemplatePrinter(template, allowMissingKeys, context.client)
    return jsonPathPrinter(template, format.name === 'jsonpath-as-json', allowMissingKeys)
  }
  const allowed = [...plain, ...templates, ...jsonPaths, ...(isGet ? [...columnFormats, 'wide'] : [])].sort()
  throw new CommandError(
    `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: ${allowed.join(',')}`,
  )
}
