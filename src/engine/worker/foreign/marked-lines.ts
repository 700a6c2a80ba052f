/** What a text is whose lines all have something in front: what it would be without. */
export interface MarkedLines {
  what: 'diff' | 'numbers'
  /** From 1: the first line that shows it. */
  line: number
  kept: readonly string[]
}

/** What diff prints besides the lines. */
const aroundDiff = /^(?:diff |index |--- |\+\+\+ |@@ |\\ No newline|(?:old|new|deleted) )/

/** A file as it was and as it would be in one, as long as no part of it is left out (`@@`). */
function wholeDiff(lines: readonly string[]): MarkedLines | undefined {
  const shown = lines.map((text, at) => ({ text, at })).filter(({ text }) => text.trim() && !aroundDiff.test(text))
  const first = shown.find(({ text }) => /^\+\s*(?:- |#|$|["\w./-]+["']?:)/.test(text) || /^-[a-zA-Z]/.test(text))
  if (!first || !shown.every(({ text }) => /^[-+ ]/.test(text))) return undefined
  // a manifest whose lists begin at the margin
  if (!shown.some(({ text }) => text.startsWith('+')) && !shown.some(({ text }) => text.startsWith(' '))) return undefined
  const kept = lines.filter((text) => !aroundDiff.test(text) && !text.startsWith('-')).map((text) => text.slice(1))
  return { what: 'diff', line: first.at + 1, kept }
}

const number = /^\s*(\d+)(?:\s?[:|│.)](?=\s|\S)|(?=\s)|$)/
const isCounted = (numbers: readonly number[]): boolean => numbers.length > 2 && numbers.every((one, i) => one === (numbers[0] as number) + i)

/** Lines with their numbers in front, as `cat -n` prints them, or with each number in a line of its own, as pages are copied. */
function numbered(lines: readonly string[]): MarkedLines | undefined {
  const full = lines.flatMap((text, at) => (text.trim() ? [{ text, at }] : []))
  const line = (full[0]?.at ?? 0) + 1
  if (full.every(({ text }) => number.test(text)) && isCounted(full.map(({ text }) => Number(number.exec(text)?.[1]))))
    return { what: 'numbers', line, kept: lines.map((text) => text.replace(number, '').replace(/^\t/, '')) }
  const alone = full.filter(({ text }) => /^\s*\d+\s*$/.test(text))
  if (alone[0] !== full[0] || alone.length === full.length || !isCounted(alone.map(({ text }) => Number(text)))) return undefined
  return { what: 'numbers', line, kept: lines.filter((text) => !/^\s*\d+\s*$/.test(text)) }
}

/** What stands in front of all lines of a text that is no YAML for that; undefined when nothing does. */
export function markedLines(lines: readonly string[]): MarkedLines | undefined {
  return wholeDiff(lines) ?? numbered(lines)
}
