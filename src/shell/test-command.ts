import { ShellError } from './io.ts'

const numeric: Record<string, (a: number, b: number) => boolean> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
}

const textual: Record<string, (a: string, b: string) => boolean> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
}

/** `test` and `[ … ]`: texts, whole numbers, `-z -n`, `!`, `-a`, `-o`. Files are not there: `-e` and its kin are false. Status 2 on a mistake. */
export function testCommand(name: 'test' | '[', args: string[]): number {
  const fail = (why: string): never => {
    throw new ShellError(`${name}: ${why}`, 2)
  }
  if (name === '[' && args.at(-1) !== ']') fail("missing `]'")
  const words = name === '[' ? args.slice(0, -1) : args
  const number = (text: string): number => (/^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : fail(`${text}: integer expression expected`))

  const evaluate = (from: number, to: number): boolean => {
    const [a = '', b = '', c = ''] = words.slice(from, to)
    const count = to - from
    if (count === 0) return false
    if (count === 1) return a !== ''
    if (count === 3 && numeric[b]) return numeric[b](number(a), number(c))
    if (count === 3 && textual[b]) return textual[b](a, c)
    for (const [operator, join] of [
      ['-o', (x: boolean, y: boolean) => x || y],
      ['-a', (x: boolean, y: boolean) => x && y],
    ] as const) {
      const at = words.indexOf(operator, from + 1)
      if (at > from && at < to - 1) return join(evaluate(from, at), evaluate(at + 1, to))
    }
    if (a === '!') return !evaluate(from + 1, to)
    if (count === 2) {
      if (a === '-z' || a === '-n') return (b === '') === (a === '-z')
      return /^-[a-hkprstuwxLOGNS]$/.test(a) ? false : fail(`${a}: unary operator expected`)
    }
    return fail(count === 3 ? `${b}: binary operator expected` : 'too many arguments')
  }
  return evaluate(0, words.length) ? 0 : 1
}
