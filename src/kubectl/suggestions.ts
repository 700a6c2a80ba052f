import { editDistance } from '#k8s/edit-distance.ts'
import type { Verb } from './command.ts'

const suggestFor: Record<string, readonly string[]> = { get: ['list', 'ps'], delete: ['rm'], wait: ['watch'] }

/**
 * Names of commands that a mistyped one may have meant: at most two edits away, or beginning with what was typed.
 * @source github.com/spf13/cobra Command.SuggestionsFor
 */
export function suggestionsFor(typed: string, verbs: readonly Verb[]): string[] {
  const word = typed.toLowerCase()
  return verbs
    .map((v) => v.name)
    .filter((name) => name !== 'help')
    .filter((name) => editDistance(word, name) <= 2 || name.startsWith(word) || suggestFor[name]?.includes(word))
}
