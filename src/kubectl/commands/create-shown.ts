/**
 * What kubectl makes of kinds that the playground does not keep: shown by --dry-run=client, never created.
 */
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { escapeHtml } from '../go-format.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { requireFlags } from '../write/flags.ts'
import { lastAppliedAnnotation } from '../write/last-applied.ts'
import { nullTimestamp } from '../write/null-timestamp.ts'
import { resultPrinter } from '../write/print-result.ts'
import { commonFlags, nameOperand } from './create-kinds.ts'

interface ShownKind {
  kind: string
  group?: string
  /** It has no namespace. */
  isClusterScoped?: boolean
}

/** The annotations with what --save-config keeps: the object as it is, in the order of the Go struct. */
const saved = (made: object, annotations?: object): object => ({ ...annotations, [lastAppliedAnnotation]: `${escapeHtml(JSON.stringify(made))}\n` })

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
  const { metadata: more = {}, ...fields } = rest as { metadata?: { annotations?: object } }
  const metadata = { name, ...namespace, ...nullTimestamp(context.client), ...more }
  const made = { kind, apiVersion: group ? `${group}/v1` : 'v1', metadata, ...fields }
  print(
    { kind, group },
    args.bool('save-config') ? { ...made, metadata: { ...metadata, annotations: saved(made, more.annotations) } } : made,
    'created',
  )
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
  /** What `make` waits for, where it has not come yet. */
  load?: () => Promise<void> | undefined
  /** The fields in the order of the Go struct; of metadata, what it has besides the name, or another name. Throws CommandError for what the flags do not say rightly. */
  make(args: Parsed, context: KubectlContext, name: string): object
}

/** `kubectl create WORDS NAME` of such a kind. */
export function shownVerb({ words, aliases, summary, usage, flags = [], required = [], load, make, ...type }: ShownVerb): Verb {
  const command = `kubectl create ${words}`
  return {
    name: words.split(' ').at(-1) as string,
    ...(aliases && { aliases }),
    summary: summary ?? `Show a ${type.kind} (with --dry-run=client: there are none here)`,
    usage: `${command} NAME ${usage}`,
    flags: [...flags, ...commonFlags],
    *run(context, args) {
      requireFlags(args, ...required)
      const name = nameOperand(args, command)
      const until = load?.()
      if (until) yield { kind: 'load', until }
      showMade(context, args, type, name, make(args, context, name))
      return 0
    },
  }
}
