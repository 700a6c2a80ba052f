import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'

/** A verb that kubectl has and the playground has not: known, so that it is not taken for a typing mistake, and says so when run. */
export function unsupported(name: string): Verb {
  return {
    name,
    summary: '',
    flags: [],
    takesAnything: true,
    // biome-ignore lint/correctness/useYield: a verb is a generator
    *run() {
      throw new CommandError(`the playground does not simulate "kubectl ${name}"`)
    },
  }
}
