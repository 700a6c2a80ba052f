/**
 * What kubectl makes of kinds that the playground does not keep: shown by --dry-run=client, never created.
 */
import { clientSince } from '../client-version.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { dryRunFlag, fieldManagerFlag, outputFlags, saveConfigFlag, validateFlag } from '../write/flags.ts'
import { resultPrinter } from '../write/print-result.ts'

export const shownFlags: Verb['flags'] = [saveConfigFlag, validateFlag, dryRunFlag, fieldManagerFlag('kubectl-create'), ...outputFlags]

interface ShownKind {
  kind: string
  group?: string
  /** It has no namespace. */
  isClusterScoped?: boolean
}

/** Made from a Go struct, an object had its zero time. */
export const zeroTime = (client: KubectlContext['client']): object => (clientSince(client, 'noNullTimestamps') ? {} : { creationTimestamp: null })

/** Prints the object that would be created; `rest` in the order of the Go struct. Throws CommandError where it is to be created. */
export function showMade(context: KubectlContext, args: Parsed, type: ShownKind, name: string, rest: object): void {
  const { kind, group = '', isClusterScoped = false } = type
  const dryRun = dryRunOf(args, context)
  const print = resultPrinter(context, args, dryRun, { isTyped: true })
  if (dryRun !== 'client')
    throw new CommandError(
      `the playground does not simulate objects of kind ${kind}, so none can be created; --dry-run=client -o yaml shows this one`,
    )
  const namespace = args.has('namespace') && !isClusterScoped ? { namespace: context.namespace } : {}
  const metadata = { name, ...namespace, ...zeroTime(context.client) }
  const made = { kind, apiVersion: group ? `${group}/v1` : 'v1', metadata, ...rest }
  print({ kind, group }, made, 'created')
}
