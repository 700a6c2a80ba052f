import { ShellError } from './io.ts'
import type { Word } from './syntax.ts'

/** One word does not become more than this: a shell has no bound, but nobody waits for a million names. */
const mostWords = 10_000

const tooMany = () => new ShellError(`brace expansion: more than ${mostWords} words are not made here`, 1)

/** The texts `{a,b}` or `{1..3}` stands for; undefined when it is plain text. */
function choices(inside: string): string[] | undefined {
  if (inside.includes(',')) return inside.split(',')
  const [, from, to, step] = /^(-?\d+)\.\.(-?\d+)(?:\.\.-?(\d+))?$/.exec(inside) ?? []
  if (from === undefined) {
    const [, a, b] = /^([a-zA-Z])\.\.([a-zA-Z])$/.exec(inside) ?? []
    if (!a || !b) return undefined
    return range(a.charCodeAt(0), b.charCodeAt(0), 1).map((code) => String.fromCharCode(code))
  }
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to as string) ? Math.max(from.length, (to as string).length) : 0
  return range(Number(from), Number(to), Number(step ?? 1) || 1).map((n) => String(n).padStart(width, '0'))
}

function range(from: number, to: number, step: number): number[] {
  const count = Math.floor(Math.abs(to - from) / step) + 1
  if (count > mostWords) throw tooMany()
  return Array.from({ length: count }, (_, i) => from + (to < from ? -i : i) * step)
}

/** `worker-{0,1}` and `worker-{0..3}` as the words they stand for. Braces around quotes or variables are left alone. */
export function expandBraces(word: Word): Word[] {
  for (const [i, part] of word.entries()) {
    if (part.kind !== 'text' || part.quoted) continue
    for (const match of part.text.matchAll(/\{([^{}]*)\}/g)) {
      const texts = choices(match[1] as string)
      if (!texts) continue
      const before = part.text.slice(0, match.index)
      const after = part.text.slice(match.index + match[0].length)
      const words: Word[] = []
      for (const text of texts) {
        words.push(...expandBraces([...word.slice(0, i), { ...part, text: before + text + after }, ...word.slice(i + 1)]))
        if (words.length > mostWords) throw tooMany()
      }
      return words
    }
  }
  return [word]
}
