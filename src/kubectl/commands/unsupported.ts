import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'

/**
 * A verb that kubectl has and the playground has not: known, so that it is not taken for a typing mistake, and says so when run. `why` says
 * what is missing, and what to use instead.
 */
export function unsupported(name: string, why = ''): Verb {
  return {
    name,
    summary: why && `Not available in the playground: ${why}`,
    flags: [],
    takesAnything: true,
    // biome-ignore lint/correctness/useYield: a verb is a generator
    *run() {
      throw new CommandError(`the playground does not simulate "kubectl ${name}"${why && `: ${why}`}`)
    },
  }
}
