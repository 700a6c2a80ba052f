import { ProgramError } from '../io.ts'
import { type FilterFactory, type FilterOutput, readOptions } from './filter.ts'

const escapes: Record<string, string> = { 0: '', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** What stands between columns, in turn. */
function delimitersOf(list: string): string[] {
  if (/(^|[^\\])(\\\\)*\\$/.test(list)) throw new ProgramError(`paste: delimiter list ends with an unescaped backslash: ${list}`)
  const found = [...list.matchAll(/\\(.)|./gsu)].map(([char, escaped]) => (escaped === undefined ? char : (escapes[escaped] ?? escaped)))
  return found.length > 0 ? found : ['']
}

const linesOf = (text: string): string[] =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .slice(0, text ? undefined : 0)

const joined = (cells: readonly string[], delimiters: readonly string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell : delimiters[(i - 1) % delimiters.length] + cell)).join('')

/** The lines of each source: what is piped in is one list, however often it is named. Undefined = there is no such document. */
function sources(names: readonly string[], piped: string, { err, readFile }: FilterOutput): (string[] | undefined)[] {
  const stdin = linesOf(piped)
  return names.map((name) => {
    const text = name === '-' ? undefined : name === '/dev/null' ? '' : readFile(name)
    if (text === undefined && name !== '-') {
      err(`paste: ${name}: No such file or directory (the files here are the documents of the editor)\n`)
      return undefined
    }
    return text === undefined ? stdin : linesOf(text)
  })
}

/** `paste [-s] [-d LIST] [DOCUMENT…]`: lines side by side; with -s those of each in one. */
export const paste: FilterFactory = (args, output) => {
  const { flags, values, operands } = readOptions('paste', args, 's', 'd', { serial: 's', delimiters: 'd' })
  const delimiters = delimitersOf(values.get('d') ?? '\t')
  const names = operands.length > 0 ? operands : ['-']
  let piped = ''
  const inOne = (): number => {
    const all = sources(names, piped, output)
    // what is piped in is empty the second time
    for (const lines of all) if (lines) output.out(`${joined(lines.splice(0), delimiters)}\n`)
    return all.includes(undefined) ? 1 : 0
  }
  const sideBySide = (): number => {
    const all = sources(names, piped, output)
    if (all.includes(undefined)) return 1
    while (all.some((lines) => lines?.length))
      output.out(
        `${joined(
          all.map((lines) => lines?.shift() ?? ''),
          delimiters,
        )}\n`,
      )
    return 0
  }
  return {
    write: (text) => {
      piped += text
    },
    end: flags.has('s') ? inOne : sideBySide,
  }
}
