import { ShellError } from '../io.ts'
import { byAllLines, byLine, type Filter, type FilterFactory, type FilterOutput, readOptions, wholeNumber } from './filter.ts'

/** `head [-n N]`: the first N lines (default 10); `-n -N` all but the last N. */
export const head: FilterFactory = (args, { out }) => {
  const n = wholeNumber('head', readOptions('head', args, 'q', 'nc', { lines: 'n' }).values.get('n') ?? '10')
  if (n < 0) return byAllLines((lines) => void lines.slice(0, n).map((l) => out(`${l}\n`)))
  let printed = 0
  return byLine(
    (l) => {
      if (printed++ < n) out(`${l}\n`)
    },
    undefined,
    () => printed >= n,
  )
}

/** `tail [-n N]`: the last N lines (default 10); `-n +N` from line N on. */
export const tail: FilterFactory = (args, { out }) => {
  const text = readOptions('tail', args, 'fFq', 'nc', { lines: 'n' }).values.get('n') ?? '10'
  const n = wholeNumber('tail', text)
  if (text.startsWith('+'))
    return byLine((l, number) => {
      if (number >= n) out(`${l}\n`)
    })
  const count = Math.abs(n)
  return byAllLines((lines) => void (count ? lines.slice(-count) : []).map((l) => out(`${l}\n`)))
}

/** `wc [-lwcm]`: lines, words, bytes. */
export const wc: FilterFactory = (args, { out }) => {
  const { flags } = readOptions('wc', args, 'lwcm', '', { lines: 'l', words: 'w', bytes: 'c', chars: 'm' })
  let text = ''
  return {
    write: (t) => {
      text += t
    },
    end: () => {
      const wanted = flags.size ? flags : new Set('lwc')
      const numbers = {
        l: text.split('\n').length - 1,
        w: text.split(/\s+/).filter(Boolean).length,
        m: [...text].length,
        c: new TextEncoder().encode(text).length,
      }
      const shown = (['l', 'w', 'm', 'c'] as const).filter((k) => wanted.has(k)).map((k) => String(numbers[k]))
      out(`${shown.length > 1 ? shown.map((s) => s.padStart(7)).join(' ') : shown[0]}\n`)
      return 0
    },
  }
}

/** `sort [-rnuVhb] [-t SEPARATOR] [-k FIELD]` */
export const sort: FilterFactory = (args, { out }) => {
  const { flags, values } = readOptions('sort', args, 'rnuVhbfs', 'kt', {
    reverse: 'r',
    'numeric-sort': 'n',
    unique: 'u',
    'version-sort': 'V',
    key: 'k',
  })
  const [, from = '0', modifiers = '', to = '', more = ''] =
    /^(\d+)(?:\.\d+)?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?/.exec(values.get('k') ?? '') ?? []
  for (const m of modifiers + more) flags.add(m)
  const separator = values.get('t')
  const key = (line: string): string => {
    if (from === '0') return line
    const fields = separator ? line.split(separator) : line.trimStart().split(/\s+/)
    return fields.slice(Number(from) - 1, to ? Number(to) : undefined).join(separator ?? ' ')
  }
  const compare = (a: string, b: string): number => {
    const x = key(a)
    const y = key(b)
    if (flags.has('n') || flags.has('h')) return (Number.parseFloat(x) || 0) - (Number.parseFloat(y) || 0)
    if (flags.has('V')) return x.localeCompare(y, 'en', { numeric: true })
    const [s, t] = flags.has('f') ? [x.toLowerCase(), y.toLowerCase()] : [x, y]
    return s < t ? -1 : s > t ? 1 : 0
  }
  return byAllLines((lines) => {
    const sign = flags.has('r') ? -1 : 1
    const sorted = lines.sort((a, b) => sign * (compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)))
    const shown = flags.has('u') ? sorted.filter((l, i) => i === 0 || compare(sorted[i - 1] as string, l) !== 0) : sorted
    for (const l of shown) out(`${l}\n`)
    return 0
  })
}

/** `uniq [-cdu]`: joins equal neighbours. */
export const uniq: FilterFactory = (args, { out }) => {
  const { flags } = readOptions('uniq', args, 'cdui', '', { count: 'c', repeated: 'd', unique: 'u' })
  return byAllLines((lines) => {
    for (let i = 0; i < lines.length; ) {
      let n = 1
      while (lines[i + n] === lines[i]) n++
      if ((!flags.has('d') || n > 1) && (!flags.has('u') || n === 1)) out(`${flags.has('c') ? `${String(n).padStart(7)} ` : ''}${lines[i]}\n`)
      i += n
    }
    return 0
  })
}

/** `tr [-ds] SET1 [SET2]` on characters and ranges. */
export const tr: FilterFactory = (args, { out }) => {
  const { flags, operands } = readOptions('tr', args, 'ds')
  const set = (text = ''): string[] => [
    ...text
      .replace(/\\n/g, '\n')
      .replace(/\\t/g, '\t')
      .replace(/\[:upper:\]/g, 'A-Z')
      .replace(/\[:lower:\]/g, 'a-z')
      .replace(/\[:space:\]/g, ' \t\n')
      .replace(/(.)-(.)/gs, (_, a: string, b: string) =>
        Array.from({ length: b.charCodeAt(0) - a.charCodeAt(0) + 1 }, (_x, i) => String.fromCharCode(a.charCodeAt(0) + i)).join(''),
      ),
  ]
  const from = set(operands[0])
  const to = set(operands[1])
  if (!from.length || (!flags.has('d') && !flags.has('s') && !to.length)) throw new ShellError('tr: two sets of characters are needed')
  let last = ''
  return {
    write: (text) => {
      let result = ''
      for (const char of text) {
        const at = from.indexOf(char)
        if (flags.has('d') && at >= 0) continue
        const changed = at >= 0 && to.length ? (to[Math.min(at, to.length - 1)] as string) : char
        if (flags.has('s') && changed === last && (to.length ? to : from).includes(changed)) continue
        result += changed
        last = changed
      }
      out(result)
    },
    end: () => 0,
  }
}

/** `cat [-n] [DOCUMENT…]`: copies its input, or the named documents. */
export const cat: FilterFactory = (args, output) => {
  const { flags, operands } = readOptions('cat', args, 'n')
  const copy: Filter = flags.has('n') ? byLine((l, n) => output.out(`${String(n).padStart(6)}\t${l}\n`)) : { write: output.out, end: () => 0 }
  if (!operands.length) return copy
  return { write: () => undefined, end: () => catDocuments(operands, copy, output), done: true }
}

function catDocuments(names: string[], copy: Filter, output: FilterOutput): number {
  let status = 0
  for (const name of names) {
    const text = output.readFile(name)
    if (text === undefined) output.err(`cat: ${name}: there is no such document\n`)
    if (text === undefined) status = 1
    else copy.write(text)
  }
  copy.end()
  return status
}
