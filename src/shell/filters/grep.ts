import { ShellError } from '../io.ts'
import { byLine, type FilterFactory, readOptions, wholeNumber } from './filter.ts'

/** `grep [-EFivcnowqx] [-e PATTERN] [-A|-B|-C N] [-m N] PATTERN`: basic and extended regular expressions. */
export const grep: FilterFactory = (args, { out }) => {
  const { flags, values, operands } = readOptions('grep', args, 'EFGivcnowqxhsHaPr', 'eABCm', {
    'ignore-case': 'i',
    'invert-match': 'v',
    count: 'c',
    'line-number': 'n',
    'only-matching': 'o',
    'word-regexp': 'w',
    quiet: 'q',
    'extended-regexp': 'E',
    'fixed-strings': 'F',
    'after-context': 'A',
    'before-context': 'B',
    context: 'C',
    'max-count': 'm',
    regexp: 'e',
  })
  const pattern = values.get('e') ?? operands.shift()
  if (pattern === undefined) throw new ShellError('grep: a pattern is needed, as in `kubectl get pods | grep agent`')
  if (flags.has('r') || operands.length) throw new ShellError('grep: there are no files here; pipe something into it')
  const expression = toRegExp(pattern, flags)
  const inverted = flags.has('v')
  const afterLines = wholeNumber('grep', values.get('A') ?? values.get('C') ?? '0')
  const beforeLines = wholeNumber('grep', values.get('B') ?? values.get('C') ?? '0')
  const max = wholeNumber('grep', values.get('m') ?? String(Number.MAX_SAFE_INTEGER))
  const silent = flags.has('c') || flags.has('q')
  const before: [string, number][] = []
  let matches = 0
  let owed = 0
  let lastPrinted = 0

  const print = (line: string, number: number, mark: ':' | '-'): void => {
    if ((afterLines || beforeLines) && lastPrinted && number > lastPrinted + 1) out('--\n')
    lastPrinted = number
    out(`${flags.has('n') ? number + mark : ''}${line}\n`)
  }
  return byLine(
    (line, number) => {
      if (matches >= max && !owed) return
      expression.lastIndex = 0
      if (matches < max && expression.test(line) !== inverted) {
        matches++
        if (silent) return
        expression.lastIndex = 0
        if (flags.has('o')) {
          if (!inverted) for (const m of line.matchAll(expression)) if (m[0]) out(`${flags.has('n') ? `${number}:` : ''}${m[0]}\n`)
          return
        }
        for (const [text, n] of before.splice(0)) print(text, n, '-')
        print(line, number, ':')
        owed = afterLines
      } else if (owed > 0) {
        owed--
        print(line, number, '-')
      } else if (beforeLines) {
        before.push([line, number])
        if (before.length > beforeLines) before.shift()
      }
    },
    () => {
      if (flags.has('c') && !flags.has('q')) out(`${matches}\n`)
      return matches ? 0 : 1
    },
    () => (flags.has('q') ? matches > 0 : !flags.has('c') && matches >= max && !owed),
  )
}

function toRegExp(pattern: string, flags: Set<string>): RegExp {
  const alternatives = pattern.split('\n').map((p) => {
    if (flags.has('F')) return p.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return posixClasses(flags.has('E') || flags.has('P') ? p : basicToExtended(p))
  })
  let source = alternatives.length > 1 ? `(?:${alternatives.join('|')})` : (alternatives[0] as string)
  if (flags.has('w')) source = `(?<!\\w)(?:${source})(?!\\w)`
  if (flags.has('x')) source = `^(?:${source})$`
  try {
    return new RegExp(source, flags.has('i') ? 'gi' : 'g')
  } catch {
    throw new ShellError(`grep: this pattern cannot be read: ${pattern}`)
  }
}

/** In a basic expression `\( \| \) \{ \} \+ \?` are operators and the bare characters are plain. */
const basicToExtended = (pattern: string): string =>
  pattern
    .replace(/\\([(){}|+?])|([(){}|+?])|\\.|\[[^\]]*\]/g, (all, operator, plain) => (operator ? operator : plain ? `\\${plain}` : all))
    .replace(/^\*/, '\\*')

const classes: Record<string, string> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-/:-@\\[-`{-~',
}

/** `[[:digit:]]` and its kin. */
export const posixClasses = (pattern: string): string => pattern.replace(/\[:(\w+):\]/g, (all, name: string) => classes[name] ?? all)
