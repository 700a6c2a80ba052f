import type { Running } from '#protocol/api-client.ts'
import { FlagError, noOptDefault, parseArgs } from './args.ts'
import { flagsSince } from './client-version.ts'
import type { Flag, KubectlContext, Verb } from './command.ts'
import { allVerbs, isEarly, loadVerbs } from './commands/index.ts'
import { namespaceOf } from './contexts.ts'
import { CommandError, errorText, usageError } from './error-text.ts'
import { clientFor } from './field-owners.ts'
import { checkProfile, globalFlags, helpFlag } from './global-flags.ts'
import { verbHelp } from './help-text.ts'
import { lateParts } from './late-parts.ts'
import { asksForMetrics } from './measured.ts'
import { suggestionsFor } from './suggestions.ts'
import { wrongContext } from './wrong-context.ts'

const rootName = 'kubectl'

/** Words that could be command names: flags and their values are left out, as far as the command so far knows its flags. */
function stripFlags(words: readonly string[], flags: readonly Flag[]): string[] {
  const takesValue = (word: string) => {
    if (word.includes('=')) return false
    const flag = word.startsWith('--')
      ? flags.find((f) => f.name === word.slice(2))
      : word.length === 2
        ? flags.find((f) => f.shorthand === word[1])
        : undefined
    return (word.startsWith('--') || word.length === 2) && !(flag && noOptDefault(flag) !== undefined)
  }
  const out: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (word === '--') break
    if (word.startsWith('-')) {
      if (takesValue(word)) i++
    } else if (word) out.push(word)
  }
  return out
}

function without(words: readonly string[], name: string): string[] {
  const at = words.indexOf(name)
  return words.filter((_, i) => i !== at)
}

interface FoundVerb {
  verb: Verb
  path: string
  words: readonly string[]
  /** Words that named no further command. */
  operands: readonly string[]
}

/** The command that a line names. @source github.com/spf13/cobra Command.Find */
function findVerb(argv: readonly string[]): FoundVerb {
  let verb: Verb = { name: rootName, summary: '', flags: [], subcommands: allVerbs() }
  let path = rootName
  let words = argv
  for (;;) {
    const operands = stripFlags(words, [...globalFlags, helpFlag, ...verb.flags])
    const name = operands[0]
    const next = name === undefined ? undefined : verb.subcommands?.find((v) => v.name === name || v.aliases?.includes(name))
    if (!next || name === undefined) return { verb, path, words, operands }
    verb = next
    path += ` ${next.name}`
    words = without(words, name)
  }
}

function unknownCommand(argv: readonly string[], name: string, { client, io }: KubectlContext): CommandError {
  const first = argv[0] as string
  if (first.startsWith('-')) {
    io.err(`Error: flags cannot be placed before plugin name: ${first}\n`)
    return new CommandError('')
  }
  const near = suggestionsFor(name, allVerbs(), client)
  const hint = near.length > 0 ? `\n\nDid you mean this?\n${near.map((n) => `\t${n}\n`).join('')}` : ''
  return new CommandError(`unknown command ${JSON.stringify(name)} for "kubectl"${hint}`)
}

function* dispatch(argv: readonly string[], context: KubectlContext): Running {
  const until = isEarly(argv) ? undefined : loadVerbs()
  if (until) yield { kind: 'load', until }
  const { verb, path, words, operands } = findVerb(argv)
  const isRoot = path === rootName
  if (isRoot && operands.length > 0) throw unknownCommand(argv, operands[0] as string, context)
  if (verb.says) {
    context.io.err(verb.says)
    return 0
  }
  const asksForHelp = verb.takesAnything && words.some((word) => word === '--help' || word === '-h')
  const flags = flagsSince(context, verb.flags)
  let args: ReturnType<typeof parseArgs>
  try {
    args = parseArgs(verb.takesAnything ? [] : words, [
      ...flags,
      ...flagsSince(context, globalFlags).filter((g) => !flags.some((f) => f.name === g.name)),
      helpFlag,
    ])
  } catch (error) {
    if (!(error instanceof FlagError)) throw error
    // its exit status 1 says that there is a difference
    if (path === 'kubectl diff') throw new CommandError(usageError(path, error.message).message, 2)
    throw new CommandError(`${error.message}\nSee '${path} --help' for usage.`)
  }
  for (const [{ name, deprecated }] of args.given) if (deprecated) context.io.err(`Flag --${name} has been deprecated, ${deprecated}\n`, 'aside')
  const isHelp = args.bool('help') || asksForHelp
  if (!isHelp) checkProfile(args, context)
  if (isHelp || isRoot) {
    context.io.out(verbHelp({ ...verb, flags }, path))
    return 0
  }
  const wrong = wrongContext(path, args, context.contexts)
  if (wrong && verb.run) {
    context.io.err(wrong)
    return path === 'kubectl diff' ? 2 : 1
  }
  if (verb.run) {
    const whole = argv.some(asksForMetrics) ? lateParts().withMetrics(context.client) : context.client
    const client = yield* clientFor(whole, args, context.io)
    const { contexts } = context
    const namespace = args.string('namespace') || (contexts ? namespaceOf(contexts, args.string('context') || undefined) : context.namespace)
    return yield* verb.run({ ...context, client, namespace }, args)
  }
  if (args.operands.length > 0) throw usageError(path, `unknown command ${JSON.stringify(args.operands.join(' '))}`)
  context.io.err(verbHelp(verb, path))
  return 1
}

/**
 * Runs one kubectl command line (argv without the word `kubectl`) and returns its exit status. Errors are written to
 * `context.io.err` in kubectl's words. Yields only where the command waits for cluster time.
 */
export function* runKubectl(argv: readonly string[], context: KubectlContext): Running {
  try {
    return yield* dispatch(argv, context)
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw error
    if (error instanceof CommandError && error.printed) context.io.out(error.printed)
    const text = errorText(error)
    if (text) context.io.err(text)
    return error instanceof CommandError ? error.exitStatus : 1
  }
}
