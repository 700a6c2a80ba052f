import { ShellError } from '../io.ts'

/** One stage of a pipe: takes text as it comes, writes what passes. */
export interface Filter {
  write(text: string): void
  /** No more input; gives the exit status. */
  end(): number
  /** True once nothing more can come out (`head`), so that the writer may stop. */
  readonly done?: boolean
}

export interface FilterOutput {
  out(text: string): void
  err(text: string): void
  /** Text of a named document, for filters that take file names. */
  readFile(name: string): string | undefined
}

export type FilterFactory = (args: string[], output: FilterOutput) => Filter

/** A filter that sees one line at a time (without its newline). `end` gives the exit status, 0 by default. */
export function byLine(line: (text: string, number: number) => void, end?: () => number | undefined, isDone?: () => boolean): Filter {
  let rest = ''
  let count = 0
  return {
    write(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() as string
      for (const l of lines) line(l, ++count)
    },
    end() {
      if (rest) line(rest, ++count)
      rest = ''
      return end?.() ?? 0
    },
    get done() {
      return isDone?.() ?? false
    },
  }
}

/** A filter that needs all lines before it can answer. */
export function byAllLines(answer: (lines: string[]) => number | undefined): Filter {
  const all: string[] = []
  return byLine(
    (l) => void all.push(l),
    () => answer(all),
  )
}

export interface Options {
  flags: Set<string>
  values: Map<string, string>
  operands: string[]
}

/**
 * Reads single-letter options: `flags` take no value, `valued` do (`-n5`, `-n 5`, `--lines=5` through `long`).
 * `-5` becomes value `n` when `n` is valued. Throws `ShellError` on an unknown option.
 */
export function readOptions(name: string, args: string[], flags: string, valued = '', long: Record<string, string> = {}): Options {
  const result: Options = { flags: new Set(), values: new Map(), operands: [] }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    if (arg === '--') {
      result.operands.push(...args.slice(i + 1))
      break
    }
    if (!arg.startsWith('-') || arg === '-') {
      result.operands.push(arg)
      continue
    }
    if (arg.startsWith('--')) {
      const [word, value] = arg.slice(2).split(/=(.*)/s) as [string, string | undefined]
      const letter = long[word]
      if (!letter) throw new ShellError(`${name}: unknown option ${arg}`)
      if (valued.includes(letter)) result.values.set(letter, value ?? args[++i] ?? '')
      else result.flags.add(letter)
      continue
    }
    if (/^-\d+$/.test(arg) && valued.includes('n')) {
      result.values.set('n', arg.slice(1))
      continue
    }
    for (let at = 1; at < arg.length; at++) {
      const letter = arg[at] as string
      if (flags.includes(letter)) result.flags.add(letter)
      else if (valued.includes(letter)) {
        const value = arg.slice(at + 1) || args[++i]
        if (value === undefined) throw new ShellError(`${name}: option -${letter} needs a value`)
        result.values.set(letter, letter === 'e' && result.values.has('e') ? `${result.values.get('e')}\n${value}` : value)
        break
      } else throw new ShellError(`${name}: unknown option -${letter}`)
    }
  }
  return result
}

/** A whole number given to an option; throws `ShellError` otherwise. */
export function wholeNumber(name: string, text: string): number {
  if (!/^[-+]?\d+$/.test(text)) throw new ShellError(`${name}: invalid number: ${text}`)
  return Number(text)
}
