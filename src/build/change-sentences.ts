import type { Plugin } from 'vite'

/** What tells people of a behaviour change in `src/k8s/version.ts`. */
const sentence = /,\s*what: (?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g

export const withoutSentences = (code: string): string => code.replace(sentence, '')

/**
 * The engine asks since when a behaviour is there, never what it is called for people: a twentieth of its file would be sentences. Who
 * tells of them imports the module as `version.ts?sentences`.
 */
export function changeSentencesPlugin(): Plugin {
  return {
    name: 'change-sentences',
    apply: 'build',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith('/src/k8s/version.ts') ? { code: withoutSentences(code), map: null } : undefined),
  }
}
