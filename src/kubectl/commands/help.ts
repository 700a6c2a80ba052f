import type { Running } from '#protocol/api-client.ts'
import type { Verb } from '../command.ts'
import { globalFlags } from '../global-flags.ts'
import { flagTable, verbHelp } from '../help-text.ts'

/** `kubectl help [VERB…]`; `list` gives the verbs, since this one is among them. */
export function helpVerb(list: () => readonly Verb[]): Verb {
  return {
    name: 'help',
    summary: 'Help about a command',
    usage: 'kubectl help [COMMAND]',
    flags: [],
    *run({ io }, args): Running {
      let verb: Verb = { name: 'kubectl', summary: '', flags: [], subcommands: list() }
      let path = 'kubectl'
      for (const word of args.operands) {
        const next = verb.subcommands?.find((v) => v.name === word || v.aliases?.includes(word))
        if (!next) {
          if (verb.name !== 'kubectl') break
          io.err(`Unknown help topic [${args.operands.map((o) => `\`${o}\``).join(' ')}]\n${verbHelp(verb, path)}`)
          return 0
        }
        verb = next
        path += ` ${next.name}`
      }
      if (verb.says) io.err(verb.says)
      else io.out(verbHelp(verb, path))
      return 0
    },
  }
}

export const options: Verb = {
  name: 'options',
  summary: 'List the flags that every command takes',
  flags: [],
  *run({ io }): Running {
    io.out(
      `The following options can be passed to any command:\n\n${flagTable(globalFlags.map((f) => ({ ...f, usage: f.usage ?? 'No effect in the playground' })))}`,
    )
    return 0
  },
}
