import type { Explanation } from '#protocol/explain.ts'

/** An explanation with only a title and a summary. */
export function answer(title: string, summary: string, rest: Partial<Explanation> = {}): Explanation {
  return { title, summary, reasons: [], remedies: [], nodes: [], objects: [], ...rest }
}

export const code = (text: string): string => `\`${text}\``

const two = (value: number) => String(value).padStart(2, '0')

/** `00:05:41`: a moment of cluster time as the clock of the page shows it when it is over; parts of a second count as a whole one. */
export function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** `1 node`, `3 nodes` */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
