import { ProgramError } from '../io.ts'
import { byAllLines, byLine, type Filter, type FilterFactory, readOptions, withFiles } from './filter.ts'

function wholeNumber(program: string, text: string, what: string): number {
  if (!/^[-+]?\d+$/.test(text)) throw new ProgramError(`${program}: invalid number of ${what}: ‘${text}’`)
  return Number(text)
}

/** `head [-n N|-c N]`: the first N lines (default 10) or bytes; `-n -N` all but the last N. */
export const head: FilterFactory = (args, output) => {
  const { out } = output
  const { values, operands } = readOptions('head', args, 'qv', 'nc', { lines: 'n', bytes: 'c' })
  const bytes = values.get('c')
  if (bytes !== undefined) return withFiles('head', operands, byCharacters(out, wholeNumber('head', bytes, 'bytes')), output)
  const n = wholeNumber('head', values.get('n') ?? '10', 'lines')
  if (n < 0)
    return withFiles(
      'head',
      operands,
      byAllLines((lines) => void lines.slice(0, n).map((l) => out(`${l}\n`))),
      output,
    )
  let printed = 0
  const filter = byLine(
    (l) => {
      if (printed++ < n) out(`${l}\n`)
    },
    undefined,
    () => printed >= n,
  )
  return withFiles('head', operands, filter, output)
}

function byCharacters(out: (text: string) => void, n: number): Filter {
  let left = n
  return {
    write: (text) => {
      out(text.slice(0, Math.max(0, left)))
      left -= text.length
    },
    end: () => 0,
    get done() {
      return left <= 0
    },
  }
}

/** `tail [-n N|-c N]`: the last N lines (default 10) or bytes; `-n +N` from line N on. */
export const tail: FilterFactory = (args, output) => {
  const { out } = output
  const given = args.map((arg, i) => (i === 0 && /^\+\d+$/.test(arg) ? `-n${arg}` : arg))
  const { values, operands } = readOptions('tail', given, 'fFq', 'nc', { lines: 'n', bytes: 'c' })
  const bytes = values.get('c')
  const text = bytes ?? values.get('n') ?? '10'
  const n = wholeNumber('tail', text, bytes ? 'bytes' : 'lines')
  const last = <T>(all: T[]): T[] => (text.startsWith('+') ? all.slice(Math.max(0, n - 1)) : n === 0 ? [] : all.slice(-Math.abs(n)))
  if (bytes === undefined && text.startsWith('+')) return withFiles('tail', operands, fromLine(out, n), output)
  const filter = bytes ? byText((all) => out(last([...all]).join(''))) : byAllLines((lines) => void last(lines).map((l) => out(`${l}\n`)))
  return withFiles('tail', operands, filter, output)
}

const fromLine = (out: (text: string) => void, n: number): Filter =>
  byLine((l, number) => {
    if (number >= n) out(`${l}\n`)
  })

function byText(answer: (text: string) => void): Filter {
  let all = ''
  return {
    write: (text) => {
      all += text
    },
    end: () => {
      answer(all)
      return 0
    },
  }
}

/** `wc [-lwcmL]`: lines, words, bytes. */
export const wc: FilterFactory = (args, output) => {
  const { flags, operands } = readOptions('wc', args, 'lwcmL', '', { lines: 'l', words: 'w', bytes: 'c', chars: 'm', 'max-line-length': 'L' })
  const filter = byText((text) => {
    const wanted = flags.size ? flags : new Set('lwc')
    const numbers = {
      l: text.split('\n').length - 1,
      w: text.split(/\s+/).filter(Boolean).length,
      m: [...text].length,
      c: new TextEncoder().encode(text).length,
      L: text.split('\n').reduce((longest, l) => Math.max(longest, l.length), 0),
    }
    const shown = (['l', 'w', 'm', 'c', 'L'] as const).filter((k) => wanted.has(k)).map((k) => String(numbers[k]))
    output.out(`${shown.length > 1 ? shown.map((s) => s.padStart(7)).join(' ') : shown[0]}\n`)
  })
  return withFiles('wc', operands, filter, output)
}

/** `uniq [-cdui] [-f N]`: joins equal neighbours. */
export const uniq: FilterFactory = (args, output) => {
  const { flags, values, operands } = readOptions('uniq', args, 'cdui', 'f', { count: 'c', repeated: 'd', unique: 'u', 'ignore-case': 'i' })
  const skipped = Number(values.get('f') ?? 0)
  const key = (line = ''): string => {
    const text = line.replace(new RegExp(`^(?:\\s*\\S+){0,${skipped}}`), '')
    return flags.has('i') ? text.toLowerCase() : text
  }
  const filter = byAllLines((lines) => {
    for (let i = 0; i < lines.length; ) {
      let n = 1
      while (i + n < lines.length && key(lines[i + n]) === key(lines[i])) n++
      if ((!flags.has('d') || n > 1) && (!flags.has('u') || n === 1)) output.out(`${flags.has('c') ? `${String(n).padStart(7)} ` : ''}${lines[i]}\n`)
      i += n
    }
    return 0
  })
  return withFiles('uniq', operands, filter, output)
}

/** `cat [-n] [-s] [DOCUMENT…]`: copies its input, or the named documents. */
export const cat: FilterFactory = (args, output) => {
  const { flags, operands } = readOptions('cat', args, 'ns')
  let number = 0
  let wasEmpty = false
  const copy: Filter =
    flags.size > 0
      ? byLine((l) => {
          if (flags.has('s') && wasEmpty && !l) return
          wasEmpty = !l
          output.out(`${flags.has('n') ? `${String(++number).padStart(6)}\t` : ''}${l}\n`)
        })
      : { write: output.out, end: () => 0 }
  return withFiles('cat', operands, copy, output)
}

/** `tac [DOCUMENT…]`: the last line first. */
export const tac: FilterFactory = (args, output) =>
  withFiles(
    'tac',
    readOptions('tac', args, '').operands,
    byAllLines((lines) => void lines.reverse().map((l) => output.out(`${l}\n`))),
    output,
  )
