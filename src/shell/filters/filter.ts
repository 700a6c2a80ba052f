import { ProgramError } from '../io.ts'

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

/** The filter fed by the named documents in turn (`-` is what is piped in), or by the pipe when there are none. */
export function withFiles(program: string, names: readonly string[], filter: Filter, { err, readFile }: FilterOutput, failure = 1): Filter {
  if (names.length === 0 || (names.length === 1 && names[0] === '-')) return filter
  let piped = ''
  return {
    write: (text) => {
      piped += text
    },
    end: () => {
      let missing = false
      for (const name of names) {
        const text = name === '-' ? piped : name === '/dev/null' ? '' : readFile(name)
        if (text !== undefined) filter.write(text)
        else {
          err(`${program}: ${name}: No such file or directory (the files here are the documents of the editor)\n`)
          missing = true
        }
      }
      const status = filter.end()
      return missing ? failure : status
    },
  }
}

export interface Options {
  flags: Set<string>
  values: Map<string, string>
  /** Every value of an option that may be repeated. */
  all(letter: string): string[]
  operands: string[]
}

/**
 * Reads single-letter options: `flags` take no value, `valued` do (`-n5`, `-n 5`, `--lines=5` through `long`).
 * `-5` becomes value `n` when `n` is valued. Throws `ProgramError` with `status` on an unknown option.
 */
export function readOptions(name: string, args: string[], flags: string, valued = '', long: Record<string, string> = {}, status = 1): Options {
  const given: [letter: string, value: string][] = []
  const result: Options = {
    flags: new Set(),
    values: new Map(),
    all: (letter) => given.filter(([l]) => l === letter).map(([, value]) => value),
    operands: [],
  }
  const understood = `understood here: ${[...flags, ...valued].map((l) => `-${l}`).join(' ')}`
  const take = (letter: string, value: string | undefined): void => {
    if (value === undefined) throw new ProgramError(`${name}: option requires an argument -- '${letter}'`, status)
    result.values.set(letter, value)
    given.push([letter, value])
  }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    if (arg === '--') {
      for (const operand of args.slice(i + 1)) result.operands.push(operand)
      break
    }
    if (!arg.startsWith('-') || arg === '-') {
      result.operands.push(arg)
      continue
    }
    if (arg.startsWith('--')) {
      const [word, value] = arg.slice(2).split(/=(.*)/s) as [string, string | undefined]
      const letter = Object.hasOwn(long, word) ? (long[word] as string) : undefined
      if (letter === undefined) throw new ProgramError(`${name}: unrecognized option '${arg}' (${understood})`, status)
      if (valued.includes(letter)) take(letter, value ?? args[++i])
      else result.flags.add(letter)
      continue
    }
    if (/^-\d+$/.test(arg) && valued.includes('n') && !flags.includes(arg.slice(1))) {
      take('n', arg.slice(1))
      continue
    }
    for (let at = 1; at < arg.length; at++) {
      const letter = arg[at] as string
      if (flags.includes(letter)) result.flags.add(letter)
      else if (valued.includes(letter)) {
        take(letter, arg.slice(at + 1) || args[++i])
        break
      } else throw new ProgramError(`${name}: invalid option -- '${letter}' (${understood})`, status)
    }
  }
  return result
}
