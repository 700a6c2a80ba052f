import type { FilterFactory } from './filters/filter.ts'
import type { Builtin } from './session.ts'

const knownFilters = new Map<string, FilterFactory>()
const knownBuiltins = new Map<string, Builtin>()

/** The filters a pipe may use, and the shell's own commands, by name. They are there once `commands.ts` was imported. */
export const filters: ReadonlyMap<string, FilterFactory> = knownFilters
export const builtins: ReadonlyMap<string, Builtin> = knownBuiltins

export function addCommands(more: { filters: Readonly<Record<string, FilterFactory>>; builtins: Iterable<readonly [string, Builtin]> }): void {
  for (const [name, filter] of Object.entries(more.filters)) knownFilters.set(name, filter)
  for (const [name, builtin] of more.builtins) knownBuiltins.set(name, builtin)
}
