import { clientMinor } from '../client-version.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { klogLine } from '../klog.ts'

export type DryRun = 'none' | 'client' | 'server'

/** Line of helpers.go that warns, by kubectl's minor version. */
const warningLines: Record<number, number> = { 33: 703, 34: 731 }

/**
 * What `--dry-run` asks for. Throws on an unknown value.
 * @source kubectl/pkg/cmd/util GetDryRunStrategy
 */
export function dryRunOf(args: Parsed, { client, io }: Pick<KubectlContext, 'client' | 'io'>): DryRun {
  const value = args.string('dry-run')
  if (value === 'unchanged') {
    const place = `helpers.go:${warningLines[clientMinor(client)] ?? 719}`
    io.err(klogLine(client, 'W', place, '--dry-run is deprecated and can be replaced with --dry-run=client.'), 'aside')
    return 'client'
  }
  if (value === 'none' || value === 'client' || value === 'server') return value
  throw new CommandError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
}
