/** Whether a letter of two halves, or a line's end, would be cut in two there. */
const cutsAt = (text: string, at: number) => /^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)$/.test(text.slice(Math.max(0, at - 1), at + 1))

/** What makes one text of another: the part of `from` that goes, and what comes in its place. */
export function changedPart(from: string, to: string): { start: number; end: number; replacement: string } {
  const shorter = Math.min(from.length, to.length)
  let head = 0
  while (head < shorter && from[head] === to[head]) head += 1
  if (cutsAt(from, head) || cutsAt(to, head)) head -= 1
  let tail = 0
  while (tail < shorter - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1
  if (cutsAt(from, from.length - tail) || cutsAt(to, to.length - tail)) tail -= 1
  return { start: head, end: from.length - tail, replacement: to.slice(head, to.length - tail) }
}
