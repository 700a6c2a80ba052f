import { readManifests } from '#kubectl/manifest.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import type { Lint } from '#protocol/lint.ts'
import { editsOf, markedRange } from './edits.ts'
import { lintRules } from './index.ts'
import { misspeltKind } from './misspelt-kind.ts'
import { readInput } from './read-input.ts'

/** Documents larger than this are not looked at while they are typed, characters. */
const maxLength = 200_000

/** What the lints have to say about a file, against the cluster as it is now. */
export function lintText(text: string, client: ApiClient): Lint[] {
  if (text.length > maxLength) return []
  const lines = text.split(/\r?\n/)
  return readManifests(text, '').manifests.flatMap((manifest) => {
    const input = readInput(manifest.value, client)
    const findings = input ? lintRules.flatMap((rule) => rule(input)) : misspeltKind(manifest.value)
    return findings.map(({ path, severity, message, rule, fix }): Lint => {
      const edits = fix && editsOf(manifest, lines, fix.changes)
      return { ...markedRange(manifest, path), severity: severity ?? 'warning', message, rule, ...(edits && { fix: { title: fix.title, edits } }) }
    })
  })
}
