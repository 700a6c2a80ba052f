import type { Resource } from '#k8s/resources.ts'
import type { Io, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { printJson } from '../go-format.ts'
import { compileJsonPath } from '../jsonpath.ts'
import { printYaml } from '../output/yaml.ts'
import type { DryRun } from './dry-run.ts'

/** Prints one result: `daemonset.apps/x <operation>`, or the object itself under -o json, yaml, … */
export type PrintResult = (resource: Resource, object: { metadata: { name: string } }, operation: string) => void

const suffixes: Record<DryRun, string> = { none: '', client: ' (dry run)', server: ' (server dry run)' }

/** `daemonset.apps/x`, `pod/y`. */
export function resourceName(resource: Resource, name: string): string {
  return `${resource.kind.toLowerCase()}${resource.group ? `.${resource.group}` : ''}/${name}`
}

/**
 * The printer that a verb's -o and --dry-run ask for. Throws when there is no such output format.
 * @source cli-runtime/pkg/genericclioptions PrintFlags.ToPrinter, printers.NamePrinter
 */
export function resultPrinter(io: Io, args: Parsed, dryRun: DryRun = 'none'): PrintResult {
  const printObject = objectPrinter(args)
  if (printObject) {
    return (_resource, object) => io.out(printObject(args.bool('show-managed-fields') ? object : { ...object, metadata: { ...object.metadata, managedFields: undefined } }))
  }
  const short = args.string('output') === 'name'
  return (resource, object, operation) => io.out(`${resourceName(resource, object.metadata.name)}${short ? '' : ` ${operation}${suffixes[dryRun]}`}\n`)
}

/** How -o prints objects; undefined for no -o and for -o name. */
export function objectPrinter(args: Parsed): ((value: object) => string) | undefined {
  const [format = '', template = args.string('template')] = args.string('output').split(/=(.*)/s)
  switch (format) {
    case '':
    case 'name':
      return undefined
    case 'json':
      return (value) => `${printJson(value)}\n`
    case 'yaml':
      return printYaml
    case 'jsonpath':
    case 'jsonpath-as-json': {
      if (!template) throw new CommandError('template format specified but no template given')
      const path = compileJsonPath(template)
      return format === 'jsonpath' ? (value) => path.print(value) : (value) => `${printJson(path.findResults(value).flat())}\n`
    }
    case 'go-template':
    case 'template':
      throw new CommandError(`the playground does not simulate "-o ${format}"; use -o jsonpath=…`)
    default:
      throw new CommandError(
        `unable to match a printer suitable for the output format ${JSON.stringify(args.string('output'))}, allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,yaml`,
      )
  }
}
