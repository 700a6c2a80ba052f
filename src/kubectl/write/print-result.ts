import type { KubectlContext, Parsed } from '../command.ts'
import { type ObjectPrinter, objectPrinter, type PrinterChoice } from '../output/object-printer.ts'
import type { DryRun } from './dry-run.ts'

/** What of a resource stands before a name. */
type ResourceWords = { kind: string; group: string }

/** Prints one result: `daemonset.apps/x <operation>`, or the object itself under -o json, yaml, … */
export type PrintResult = (resource: ResourceWords, object: { metadata?: { name?: string } }, operation: string) => void

const suffixes: Record<DryRun, string> = { none: '', client: ' (dry run)', server: ' (server dry run)' }

/** `daemonset.apps/x`, `pod/y`. */
export function resourceName(resource: ResourceWords, name: string): string {
  return `${resource.kind.toLowerCase()}${resource.group ? `.${resource.group}` : ''}/${name}`
}

/**
 * The printer that a verb's -o and --dry-run ask for. Throws when there is no such output format.
 * @source cli-runtime/pkg/genericclioptions PrintFlags.ToPrinter, printers.NamePrinter
 */
export function resultPrinter(context: KubectlContext, args: Parsed, dryRun: DryRun = 'none', choice: PrinterChoice = {}): PrintResult {
  const { io } = context
  const printObject = resultObjectPrinter(context, args, choice)
  if (printObject) {
    let printed = 0
    return (_resource, object) => io.out(`${printed++ && args.string('output').toLowerCase() === 'yaml' ? '---\n' : ''}${printObject(object)}`)
  }
  const short = args.string('output').toLowerCase() === 'name'
  return (resource, object, operation) =>
    io.out(`${resourceName(resource, object.metadata?.name ?? '<unknown>')}${short ? '' : ` ${operation}${suffixes[dryRun]}`}\n`)
}

/** How -o or --template prints objects; undefined for neither and for -o name. Throws CommandError for an unknown format. */
export function resultObjectPrinter(context: KubectlContext, args: Parsed, choice: PrinterChoice = {}): ObjectPrinter | undefined {
  const output = args.string('output')
  return (output === '' && !args.string('template')) || output.toLowerCase() === 'name' ? undefined : objectPrinter(output, args, context, choice)
}
