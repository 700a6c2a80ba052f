import type { Explanation } from '#protocol/explain.ts'

/** An explanation with only a title and a summary. */
export function answer(title: string, summary: string, rest: Partial<Explanation> = {}): Explanation {
  return { title, summary, reasons: [], remedies: [], nodes: [], objects: [], ...rest }
}

export const code = (text: string): string => `\`${text}\``

/** `1 node`, `3 nodes` */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
