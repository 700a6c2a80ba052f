import type { FilterFactory } from './filters/filter.ts'
import type { Builtin } from './session.ts'

const knownFilters = new Map<string, FilterFactory>()
let knownPatterns: Patterns | undefined
const knownBuiltins = new Map<string, Builtin>()

/** The filters a pipe may use, and the shell's own commands, by name. They are there once `commands.ts` was imported. */
export const filters: ReadonlyMap<string, FilterFactory> = knownFilters
export const builtins: ReadonlyMap<string, Builtin> = knownBuiltins

/** Patterns ready to be searched for without trying all ways there are. They throw ProgramError. */
interface Patterns {
  /** An extended regular expression, as `[[ x =~ … ]]` has it. */
  extended(pattern: string): RegExp
  /** One that is written as for JavaScript. */
  source(source: string): RegExp
}

/** They are there once `commands.ts` was imported. */
export function patterns(): Patterns {
  if (!knownPatterns) throw new TypeError('used before it was loaded')
  return knownPatterns
}

export function addCommands(more: {
  filters: Readonly<Record<string, FilterFactory>>
  builtins: Iterable<readonly [string, Builtin]>
  patterns: Patterns
}): void {
  knownPatterns = more.patterns
  for (const [name, filter] of Object.entries(more.filters)) knownFilters.set(name, filter)
  for (const [name, builtin] of more.builtins) knownBuiltins.set(name, builtin)
}
