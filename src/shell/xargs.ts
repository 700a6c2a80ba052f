import { ShellError } from './io.ts'
import type { Builtin } from './session.ts'

/** `xargs [-r] [-t] [-n N] [-L N] [-I TEXT] COMMAND …`: runs the command with the words of its input as arguments. */
export const xargs: Builtin = function* (args, io, session) {
  let perRun = Number.POSITIVE_INFINITY
  let placeholder: string | undefined
  let quietWhenEmpty = false
  let trace = false
  let byLine = false
  let at = 0
  for (; args[at]?.startsWith('-'); at++) {
    const [, option, attached] = /^(-.)(.*)$/.exec(args[at] as string) ?? []
    const value = (): string => attached || (args[++at] ?? '')
    if (option === '-n') perRun = Number(value())
    else if (option === '-L') {
      perRun = Number(value())
      byLine = true
    } else if (option === '-I') {
      placeholder = value()
      byLine = true
      perRun = 1
    } else if (option === '-r' || args[at] === '--no-run-if-empty') quietWhenEmpty = true
    else if (option === '-t') trace = true
    else throw new ShellError(`xargs: unknown option ${args[at]}`)
  }
  if (!(perRun >= 1)) throw new ShellError('xargs: the number of arguments must be at least 1')
  const command = args.slice(at)
  if (!command.length) command.push('echo')
  const input = io.stdin ?? ''
  const items = byLine
    ? input
        .split('\n')
        .map((l) => l.trim())
        .filter(Boolean)
    : readItems(input)
  if (!items.length && (quietWhenEmpty || placeholder !== undefined)) return 0
  let status = 0
  for (let i = 0; i === 0 || i < items.length; i += perRun) {
    const chunk = items.slice(i, i + perRun)
    const words =
      placeholder === undefined
        ? [...command, ...(byLine ? chunk.flatMap(readItems) : chunk)]
        : command.map((word) => word.split(placeholder as string).join(chunk[0]))
    if (trace) io.err(`${words.join(' ')}\n`)
    if ((yield* session.runWords(words, { ...io, stdin: '' })) !== 0) status = 123
    if (perRun === Number.POSITIVE_INFINITY) break
  }
  return status
}

const readItems = (text: string): string[] =>
  (text.match(/(?:"[^"\n]*"|'[^'\n]*'|\\.|[^\s"'\\])+/gs) ?? []).map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'|\\(.)/gs, (_, a, b, c) => a ?? b ?? c),
  )
