import { ShellError } from './io.ts'
import type { Part, Word } from './syntax.ts'

/** One word does not become more than this: a shell has no bound, but nobody waits for a million names. */
const mostWords = 10_000

const tooMany = () => new ShellError(`brace expansion: more than ${mostWords} words are not made here`, 1)

/** A word in pieces: single characters outside quotes, and parts that braces see as a whole. */
type Piece = string | Exclude<Part, { kind: 'text'; quoted: false }>

function toPieces(word: Word): Piece[] {
  return word.flatMap((part): Piece[] => (part.kind === 'text' && !part.quoted ? [...part.text] : [part as Exclude<Piece, string>]))
}

function toWord(pieces: readonly Piece[]): Word {
  const word: Word = []
  for (const piece of pieces) {
    const last = word.at(-1)
    if (typeof piece !== 'string') word.push(piece)
    else if (last?.kind === 'text' && !last.quoted) word[word.length - 1] = { ...last, text: last.text + piece }
    else word.push({ kind: 'text', text: piece, quoted: false })
  }
  return word
}

/** `{1..3}`, `{09..11}`, `{a..e..2}` as texts; undefined when it is no sequence. */
function sequence(inside: readonly Piece[]): Piece[][] | undefined {
  if (inside.some((piece) => typeof piece !== 'string')) return undefined
  const text = inside.join('')
  const [, from, to, step] = /^(-?\d+)\.\.(-?\d+)(?:\.\.-?(\d+))?$/.exec(text) ?? []
  if (from === undefined) {
    const [, a, b, by] = /^([a-zA-Z])\.\.([a-zA-Z])(?:\.\.-?(\d+))?$/.exec(text) ?? []
    if (!a || !b) return undefined
    return range(a.charCodeAt(0), b.charCodeAt(0), Number(by ?? 1) || 1).map((code) => [String.fromCharCode(code)])
  }
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to as string) ? Math.max(from.length, (to as string).length) : 0
  return range(Number(from), Number(to), Number(step ?? 1) || 1).map((n) => [...padded(n, width)])
}

const padded = (n: number, width: number): string => (n < 0 ? `-${String(-n).padStart(width - 1, '0')}` : String(n).padStart(width, '0'))

function range(from: number, to: number, step: number): number[] {
  const count = Math.floor(Math.abs(to - from) / step) + 1
  if (count > mostWords) throw tooMany()
  return Array.from({ length: count }, (_, i) => from + (to < from ? -i : i) * step)
}

/** Where the brace at `start` closes, and the commas that belong to it; undefined when it does not. */
function braceAt(pieces: readonly Piece[], start: number): { end: number; commas: number[] } | undefined {
  const commas: number[] = []
  let depth = 0
  for (let at = start; at < pieces.length; at++) {
    const piece = pieces[at]
    if (piece === '{') depth++
    else if (piece === ',' && depth === 1) commas.push(at)
    else if (piece === '}' && --depth === 0) return { end: at, commas }
  }
  return undefined
}

function alternatives(pieces: readonly Piece[], start: number): { end: number; texts: Piece[][] } | undefined {
  const brace = braceAt(pieces, start)
  if (!brace) return undefined
  const { end, commas } = brace
  if (commas.length === 0) {
    const texts = sequence(pieces.slice(start + 1, end))
    return texts && { end, texts }
  }
  const bounds = [start, ...commas, end]
  return { end, texts: commas.concat(end).flatMap((to, i) => expand(pieces.slice((bounds[i] as number) + 1, to))) }
}

function expand(pieces: readonly Piece[]): Piece[][] {
  for (let start = pieces.indexOf('{'); start >= 0; start = pieces.indexOf('{', start + 1)) {
    const found = alternatives(pieces, start)
    if (!found) continue
    const tails = expand(pieces.slice(found.end + 1))
    if (found.texts.length * tails.length > mostWords) throw tooMany()
    const before = pieces.slice(0, start)
    return found.texts.flatMap((text) => tails.map((tail) => [...before, ...text, ...tail]))
  }
  return [[...pieces]]
}

/** `worker-{0,1}`, `worker-{0..3}` and `{"a":1,"b":2}` as the words they stand for; what is quoted in them stays as it is. */
export function expandBraces(word: Word): Word[] {
  if (!word.some((part) => part.kind === 'text' && !part.quoted && part.text.includes('{'))) return [word]
  return expand(toPieces(word))
    .map(toWord)
    .filter((each) => each.length > 0)
}
