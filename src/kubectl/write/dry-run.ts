import { clientMinor } from '../client-version.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { klogLine } from '../klog.ts'

export type DryRun = 'none' | 'client' | 'server'

/** Line of helpers.go that warns of a flag without a value, by kubectl's minor version; those for values that are true and false follow. */
const warningLines: Record<number, number> = { 33: 703, 34: 731 }

/** What the values mean that --dry-run once had. @source strconv ParseBool */
const old: readonly [values: RegExp, lines: number, now: DryRun][] = [
  [/^(1|t|T|TRUE|true|True)$/, 14, 'client'],
  [/^(0|f|F|FALSE|false|False)$/, 17, 'none'],
]

/**
 * What `--dry-run` asks for. Throws on an unknown value.
 * @source kubectl/pkg/cmd/util GetDryRunStrategy
 */
export function dryRunOf(args: Parsed, { client, io }: Pick<KubectlContext, 'client' | 'io'>): DryRun {
  const value = args.string('dry-run')
  if (value === 'none' || value === 'client' || value === 'server') return value
  const line = warningLines[clientMinor(client)] ?? 719
  const warn = (what: string, lines: number, now: DryRun): DryRun => {
    io.err(klogLine(client, 'W', `helpers.go:${line + lines}`, `--dry-run${what} and can be replaced with --dry-run=${now}.`), 'aside')
    return now
  }
  if (value === 'unchanged') return warn(' is deprecated', 0, 'client')
  for (const [values, lines, now] of old) if (values.test(value)) return warn(`=${value} is deprecated (boolean value)`, lines, now)
  throw new CommandError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
}
