import type { Verb } from './command.ts'

function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}

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
    .filter((name) => levenshtein(word, name) <= 2 || name.startsWith(word) || suggestFor[name]?.includes(word))
}
