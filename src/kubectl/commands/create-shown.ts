/**
 * What kubectl makes of kinds that the playground does not keep: shown by --dry-run=client, never created.
 */
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { requireFlags } from '../write/flags.ts'
import { nullTimestamp } from '../write/null-timestamp.ts'
import { resultPrinter } from '../write/print-result.ts'
import { commonFlags, nameOperand } from './create-kinds.ts'

interface ShownKind {
  kind: string
  group?: string
  /** It has no namespace. */
  isClusterScoped?: boolean
}

/** Prints the object that would be created; `rest` in the order of the Go struct. Throws CommandError where it is to be created. */
function showMade(context: KubectlContext, args: Parsed, type: ShownKind, name: string, rest: object): void {
  const { kind, group = '', isClusterScoped = false } = type
  const dryRun = dryRunOf(args, context)
  const print = resultPrinter(context, args, dryRun, { isTyped: true })
  if (dryRun !== 'client')
    throw new CommandError(
      `the playground does not simulate objects of kind ${kind}, so none can be created; --dry-run=client -o yaml shows this one`,
    )
  const namespace = args.has('namespace') && !isClusterScoped ? { namespace: context.namespace } : {}
  const metadata = { name, ...namespace, ...nullTimestamp(context.client) }
  const made = { kind, apiVersion: group ? `${group}/v1` : 'v1', metadata, ...rest }
  print({ kind, group }, made, 'created')
}

interface ShownVerb extends ShownKind {
  /** Behind `kubectl create`. */
  words: string
  aliases?: readonly string[]
  summary?: string
  /** What follows the name in the usage line. */
  usage: string
  flags?: Verb['flags']
  /** Flags that must be given. */
  required?: readonly string[]
  /** All but metadata, in the order of the Go struct. Throws CommandError for what the flags do not say rightly. */
  make(args: Parsed, context: KubectlContext, name: string): object
}

/** `kubectl create WORDS NAME` of such a kind. */
export function shownVerb({ words, aliases, summary, usage, flags = [], required = [], make, ...type }: ShownVerb): Verb {
  const command = `kubectl create ${words}`
  return {
    name: words.split(' ').at(-1) as string,
    ...(aliases && { aliases }),
    summary: summary ?? `Show a ${type.kind} (with --dry-run=client: there are none here)`,
    usage: `${command} NAME ${usage}`,
    flags: [...flags, ...commonFlags],
    // biome-ignore lint/correctness/useYield: a verb is a generator
    *run(context, args) {
      requireFlags(args, ...required)
      const name = nameOperand(args, command)
      showMade(context, args, type, name, make(args, context, name))
      return 0
    },
  }
}
