import type { Wait } from '#protocol/api-client.ts'
import { type Expansion, expandText } from './expand.ts'
import { globSource, literalSource } from './glob.ts'
import { patterns } from './registry.ts'
import type { Word } from './syntax.ts'

/** The pattern that a word is (`case`, `[[ x == … ]]`): what is quoted stands for itself. */
export function* expandPattern(word: Word, context: Expansion): Generator<Wait, RegExp, void> {
  let source = ''
  for (const part of word) {
    const text = yield* expandText([part], context)
    source += part.quoted ? literalSource(text) : globSource(text)
  }
  return patterns().source(`^(?:${source})$`)
}
