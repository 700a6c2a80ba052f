import { ProgramError } from '../io.ts'
import { byLine, type FilterFactory, readOptions, withFiles } from './filter.ts'
import { compileSource, type Dialect, toSource } from './regexp.ts'

const long = {
  'ignore-case': 'i',
  'invert-match': 'v',
  count: 'c',
  'line-number': 'n',
  'only-matching': 'o',
  'word-regexp': 'w',
  'line-regexp': 'x',
  quiet: 'q',
  silent: 'q',
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'perl-regexp': 'P',
  'after-context': 'A',
  'before-context': 'B',
  context: 'C',
  'max-count': 'm',
  regexp: 'e',
  color: 'a',
  colour: 'a',
  'line-buffered': 'a',
}

function context(text = '0'): number {
  if (!/^\d+$/.test(text)) throw new ProgramError(`grep: ${text}: invalid context length argument`, 2)
  return Number(text)
}

/** `grep [-EFPivcnowqxlL] [-e PATTERN] [-A|-B|-C N] [-m N] PATTERN [DOCUMENT…]`; `dialect` is that of egrep and fgrep. */
export const grepAs =
  (dialect?: Dialect): FilterFactory =>
  (args, output) => {
    const { out } = output
    const { flags, values, all, operands } = readOptions('grep', args, 'EFGPivcnowqxlLhsHay', 'eABCm', long, 2)
    const patterns = all('e').length ? all('e') : operands.splice(0, 1)
    if (!patterns.length) throw new ProgramError('grep: a pattern is needed, as in `kubectl get pods | grep agent`', 2)
    const as = dialect ?? (flags.has('E') ? 'extended' : flags.has('F') ? 'fixed' : flags.has('P') ? 'perl' : 'basic')
    const expression = toExpression(
      patterns.flatMap((p) => p.split('\n')),
      as,
      flags,
    )
    const inverted = flags.has('v')
    const afterLines = context(values.get('A') ?? values.get('C'))
    const beforeLines = context(values.get('B') ?? values.get('C'))
    const max = values.has('m') ? context(values.get('m')) : Number.POSITIVE_INFINITY
    const isList = flags.has('l') || flags.has('L')
    const silent = flags.has('c') || flags.has('q') || isList
    const before: [string, number][] = []
    let matches = 0
    let owed = 0
    let lastPrinted = 0

    const print = (line: string, number: number, mark: ':' | '-'): void => {
      if ((afterLines || beforeLines) && lastPrinted && number > lastPrinted + 1) out('--\n')
      lastPrinted = number
      out(`${flags.has('n') ? number + mark : ''}${line}\n`)
    }
    const filter = byLine(
      (line, number) => {
        expression.lastIndex = 0
        if (matches < max && expression.test(line) !== inverted) {
          matches++
          if (silent) return
          if (flags.has('o')) {
            expression.lastIndex = 0
            if (!inverted) for (const m of line.matchAll(expression)) if (m[0]) out(`${flags.has('n') ? `${number}:` : ''}${m[0]}\n`)
            return
          }
          for (const [text, n] of before.splice(0)) print(text, n, '-')
          print(line, number, ':')
          owed = afterLines
        } else if (owed > 0) {
          owed--
          print(line, number, '-')
        } else if (beforeLines && matches < max) {
          before.push([line, number])
          if (before.length > beforeLines) before.shift()
        }
      },
      () => {
        if (flags.has('q')) return matches ? 0 : 1
        if (isList) {
          if (flags.has('l') === matches > 0) out('(standard input)\n')
          return matches ? 0 : 1
        }
        if (flags.has('c')) out(`${matches}\n`)
        return matches ? 0 : 1
      },
      () => (flags.has('q') ? matches > 0 : !silent && matches >= max && !owed),
    )
    return withFiles('grep', operands, filter, output, 2)
  }

/** No word goes on here: look-ahead, said without it. */
const wordEnds = '(?:\\b(?<=\\w)|\\B(?<!\\w))'

function toExpression(patterns: readonly string[], dialect: Dialect, flags: Set<string>): RegExp {
  const reading = { program: 'grep', dialect, status: 2 }
  const sources = patterns.map((p) => toSource(reading, p))
  let source = sources.length > 1 ? sources.map((s) => `(?:${s})`).join('|') : (sources[0] as string)
  if (flags.has('w')) source = `(?<!\\w)(?:${source})${wordEnds}`
  if (flags.has('x')) source = `^(?:${source})$`
  return compileSource(reading, source, flags.has('i') || flags.has('y') ? 'gi' : 'g', patterns.join('\n'))
}

export const grep = grepAs()
