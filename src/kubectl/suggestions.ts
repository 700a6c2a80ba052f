import { editDistance } from '#k8s/edit-distance.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { clientSince } from './client-version.ts'
import type { Verb } from './command.ts'

/** Words that a command is suggested for, and those that it was suggested for up to 1.35. PR #137266 */
const suggestFor: Record<string, readonly string[]> = { get: ['list'], delete: ['rm'] }
const suggestForOnce: Record<string, readonly string[]> = { get: ['list', 'ps'], delete: ['rm'], wait: ['list', 'ps'] }

/**
 * Names of commands that a mistyped one may have meant: at most two edits away, or beginning with what was typed.
 * @source github.com/spf13/cobra Command.SuggestionsFor
 */
export function suggestionsFor(typed: string, verbs: readonly Verb[], client: Pick<ApiClient, 'version'>): string[] {
  const word = typed.toLowerCase()
  const others = clientSince(client, 'fewerSuggestions') ? suggestFor : suggestForOnce
  return verbs
    .map((v) => v.name)
    .filter((name) => name !== 'help')
    .filter((name) => editDistance(word, name) <= 2 || name.startsWith(word) || others[name]?.includes(word))
}
