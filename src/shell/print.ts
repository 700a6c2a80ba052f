import { formatText, unescapeText } from './escapes.ts'
import { ShellError, type ShellIo } from './io.ts'

/** `echo [-neE] TEXT…` */
export function echo(args: string[], io: ShellIo): number {
  const options = new Set<string>()
  while (/^-[neE]+$/.test(args[0] ?? '')) for (const c of (args.shift() as string).slice(1)) options.add(c)
  const text = args.join(' ')
  // \0101 is echo's way to write an octal number, \c ends all output
  const [shown = '', ended] = options.has('e') ? text.replace(/\\0([0-7]{1,3})/g, '\\$1').split(/(?<!\\)(?:\\\\)*\\c(.*)/s) : [text]
  io.out((options.has('e') ? unescapeText(shown) : shown) + (options.has('n') || ended !== undefined ? '' : '\n'))
  return 0
}

/** `printf FORMAT [ARG…]`; the format is used again while arguments are left. */
export function printf(args: string[], io: ShellIo): number {
  const [format, ...rest] = args[0] === '--' ? args.slice(1) : args
  if (format === undefined) throw new ShellError('printf: usage: printf format [arguments]', 2)
  let status = 0
  const text = (): string => rest.shift() ?? ''
  const number = (): number => {
    const given = text()
    if (/^['"]/.test(given)) return given.codePointAt(1) ?? 0
    const value = given.trim() === '' ? 0 : Number(given)
    if (!Number.isNaN(value)) return value
    io.err(`bash: printf: ${given}: invalid number\n`)
    status = 1
    return Number.parseFloat(given) || 0
  }
  const plain = unescapeText(format)
  do {
    const before = rest.length
    io.out(formatText(plain, { text, number }))
    if (rest.length === before) break
  } while (rest.length)
  return status
}

const mostNumbers = 10_000

/** `seq [-s SEPARATOR] [-w] [FIRST [STEP]] LAST`, at most 10 000 numbers: more are refused. */
export function seq(args: string[], io: ShellIo): number {
  let separator = '\n'
  let wide = false
  const numbers: number[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    if (arg.startsWith('-s')) separator = arg.slice(2) || (args[++i] ?? '')
    else if (arg === '-w') wide = true
    else if (Number.isNaN(Number(arg)) || !arg) throw new ShellError(`seq: invalid floating point argument: '${arg}'`, 1)
    else numbers.push(Number(arg))
  }
  const last = numbers.pop()
  if (last === undefined) throw new ShellError('seq: missing operand', 1)
  const [first = 1, step = 1] = numbers
  const count = Math.floor((last - first) / step) + 1
  if (!(count > 0)) return 0
  if (count > mostNumbers) throw new ShellError(`seq: more than ${mostNumbers} numbers are not printed here`, 1)
  const texts = Array.from({ length: count }, (_, i) => String(Number((first + i * step).toFixed(10))))
  const width = wide ? texts.reduce((widest, t) => Math.max(widest, t.length), 0) : 0
  io.out(`${texts.map((t) => t.padStart(width, '0')).join(separator)}\n`)
  return 0
}
