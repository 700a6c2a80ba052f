import type { Io, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'

export type DryRun = 'none' | 'client' | 'server'

/**
 * What `--dry-run` asks for. Throws on an unknown value.
 * @source kubectl/pkg/cmd/util GetDryRunStrategy
 */
export function dryRunOf(args: Parsed, io: Io): DryRun {
  const value = args.string('dry-run')
  if (value === 'unchanged') {
    io.err('Warning: --dry-run is deprecated and can be replaced with --dry-run=client.\n')
    return 'client'
  }
  if (value === 'none' || value === 'client' || value === 'server') return value
  throw new CommandError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
}
