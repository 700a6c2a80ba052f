import { ShellError } from './io.ts'
import { parseScript } from './parse.ts'
import type { Alias } from './session.ts'

/** The alias for a text. Only a command with arguments can be one; throws `ShellError` otherwise. */
export function defineAlias(text: string): Alias {
  const [first, ...more] = parseScript(text)
  const command = first?.pipeline.commands[0]
  const isPlain = command?.kind === 'simple' && !command.assignments.length && !command.redirects.length
  if (!isPlain || more.length || first?.pipeline.negated || first?.pipeline.commands.length !== 1)
    throw new ShellError(`alias: only a command with its arguments can have another name here, not: ${text}`, 1)
  return { text, words: command.words }
}
