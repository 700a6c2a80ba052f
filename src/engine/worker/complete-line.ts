import { complete } from '#kubectl/complete.ts'
import type { Requests } from '#protocol/messages.ts'
import { commandAt } from '#shell/command-at.ts'
import { builtins, filters } from '#shell/registry.ts'
import type { Session } from './session.ts'

/**
 * Completion of a terminal line at the cursor: words that may stand where the last word begins. Commands at the beginning of one, then what
 * kubectl knows; names of documents behind a filter, variables behind `$`.
 */
export function completeLine(session: Session, line: string, cursor: number, files: readonly string[]): Requests['complete']['out'] {
  const typed = line.slice(0, cursor)
  const { namespace, variables, aliases } = session.open.terminal.completing()
  const variable = /\$\{?(\w*)$/.exec(typed)?.[1]
  if (variable !== undefined) return { from: cursor - variable.length, words: beginning(variables, variable) }
  const { words: before, word } = commandAt(typed)
  const from = typed.search(/[^\s=,'"|;&()]*$/)
  const [first = ''] = before
  if (before.length === 0) {
    const commands = ['kubectl', ...aliases.keys(), ...builtins.keys(), ...filters.keys()].filter((name) => /^[a-z]/.test(name))
    // a line is begun with kubectl; what else there is comes when it is asked for
    return { from, words: word ? beginning(commands, word) : ['kubectl'] }
  }
  const [program, ...rest] = [...(aliases.get(first) ?? first).split(/\s+/), ...before.slice(1)]
  if (program === 'kubectl') return { from, words: complete(rest, word, session.open.cluster.client, files, namespace) }
  return { from, words: filters.has(first) ? beginning(files, word) : [] }
}

const beginning = (words: Iterable<string>, word: string): string[] => [...new Set(words)].filter((w) => w.startsWith(word)).sort()
