/** Which lines of two texts stay: pairs of indices of a longest common subsequence, found from both ends inward. */
function commonLines(a: readonly string[], b: readonly string[]): [number, number][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [row, below] = [lengths[i] as Uint16Array, lengths[i + 1] as Uint16Array]
      row[j] = a[i] === b[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, row[j + 1] as number)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if ((lengths[i + 1]?.[j] as number) >= (lengths[i]?.[j + 1] as number)) i++
    else j++
  }
  return pairs
}

/** The hunks of `diff -u` (three lines of context) that make `after` of `before`; empty when they are equal. Lines end with `\n`. */
export function unifiedDiff(before: string, after: string): string {
  const a = before === '' ? [] : before.replace(/\n$/, '').split('\n')
  const b = after === '' ? [] : after.replace(/\n$/, '').split('\n')
  const rows: { mark: ' ' | '-' | '+'; text: string; a: number; b: number }[] = []
  let [i, j] = [0, 0]
  for (const [x, y] of [...commonLines(a, b), [a.length, b.length]] as [number, number][]) {
    for (; i < x; i++) rows.push({ mark: '-', text: a[i] as string, a: i, b: j })
    for (; j < y; j++) rows.push({ mark: '+', text: b[j] as string, a: i, b: j })
    if (x < a.length && y < b.length) rows.push({ mark: ' ', text: a[i] as string, a: i++, b: j++ })
  }
  const near = (at: number): boolean => rows.slice(Math.max(0, at - 3), at + 4).some((r) => r.mark !== ' ')
  let out = ''
  for (let from = 0; from < rows.length; ) {
    if (!near(from)) {
      from++
      continue
    }
    let to = from
    while (to < rows.length && near(to)) to++
    const hunk = rows.slice(from, to)
    const first = hunk[0] as (typeof rows)[number]
    const range = (mark: '-' | '+', start: number): string => {
      const count = hunk.filter((r) => r.mark !== (mark === '-' ? '+' : '-')).length
      return `${mark}${count === 0 ? start : start + 1}${count === 1 ? '' : `,${count}`}`
    }
    out += `@@ ${range('-', first.a)} ${range('+', first.b)} @@\n${hunk.map((r) => `${r.mark}${r.text}\n`).join('')}`
    from = to
  }
  return out
}
