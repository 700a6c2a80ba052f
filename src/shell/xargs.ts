import { unescapeText } from './escapes.ts'
import { readOptions } from './filters/filter.ts'
import { ProgramError } from './io.ts'
import { type Lines, moreInput } from './pipe.ts'
import type { Builtin } from './session.ts'

const long = {
  'max-args': 'n',
  'max-lines': 'L',
  replace: 'I',
  'no-run-if-empty': 'r',
  verbose: 't',
  delimiter: 'd',
  null: '0',
  'max-procs': 'P',
}

/** Where the command of xargs begins among its arguments. */
function commandStart(args: readonly string[]): number {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    if (!arg.startsWith('-')) return i
    if (/^-[nLIdP]$/.test(arg)) i++
  }
  return args.length
}

function positive(option: string, text = ''): number {
  if (!/^\d+$/.test(text)) throw new ProgramError(`xargs: invalid number "${text}" for -${option} option`)
  if (Number(text) < 1) throw new ProgramError(`xargs: value ${text} for -${option} option should be >= 1`)
  return Number(text)
}

/** `xargs [-rt0] [-n N] [-L N] [-I TEXT] [-d SEPARATOR] COMMAND …`: runs the command with the words of its input as arguments. */
export const xargs: Builtin = function* (args, io, session) {
  const start = commandStart(args)
  const given = args.slice(0, start).map((arg) => (arg === '-i' ? '-I{}' : arg))
  const { flags, values } = readOptions('xargs', given, 'rt0', 'nLIdP', long)
  const command = args.slice(start)
  if (!command.length) command.push('echo')
  const placeholder = values.get('I')
  const isByLine = placeholder !== undefined || values.has('L')
  let perRun = Number.POSITIVE_INFINITY
  if (values.has('n')) perRun = positive('n', values.get('n'))
  if (values.has('L')) perRun = positive('L', values.get('L'))
  if (placeholder !== undefined) perRun = 1
  const lines: Lines = io.stdin === undefined && io.lines ? io.lines : { rest: io.stdin ?? '' }
  const separator = flags.has('0') ? '\0' : values.get('d')
  const end = separator === undefined ? '\n' : unescapeText(separator)
  const itemsOf = (text: string): string[] => {
    if (separator !== undefined) return text.split(end).filter((item, i, all) => item !== '' || i < all.length - 1)
    if (!isByLine) return readItems(text)
    return text
      .split('\n')
      .map((l) => l.trimStart())
      .filter(Boolean)
  }
  const items: string[] = []
  let isWhole = false
  let status = 0
  for (let runs = 0; ; runs++) {
    while (items.length < perRun && !isWhole) {
      isWhole = !lines.open
      const length = isWhole ? lines.rest.length : lines.rest.lastIndexOf(end) + 1
      for (const item of itemsOf(lines.rest.slice(0, length))) items.push(item)
      lines.rest = lines.rest.slice(length)
      if (items.length < perRun) yield* moreInput(lines)
    }
    if (!items.length && (runs > 0 || flags.has('r') || placeholder !== undefined)) return status
    const chunk = items.splice(0, perRun)
    const words =
      placeholder === undefined
        ? [...command, ...(isByLine ? chunk.flatMap(readItems) : chunk)]
        : command.map((word) => word.split(placeholder).join(chunk[0]))
    if (flags.has('t')) io.err(`${words.join(' ')}\n`)
    const alias = session.aliases.get(words[0] ?? '')
    if (alias) words.splice(0, 1, ...alias.text.split(' '))
    if (!session.isCommand(words[0] ?? '')) throw new ProgramError(`xargs: ${words[0]}: No such file or directory`, 127)
    if ((yield* session.runWords(words, { ...io, stdin: '', lines: undefined })) !== 0) status = 123
  }
}

function readItems(text: string): string[] {
  const items = (text.match(/(?:"[^"\n]*"|'[^'\n]*'|\\.|[^\s\\])+/gs) ?? []) as string[]
  const open = items.find((item) => /['"]/.test(item.replace(/"[^"]*"|'[^']*'|\\./gs, '')))
  if (open) throw new ProgramError(`xargs: unmatched ${open.includes('"') ? 'double' : 'single'} quote; by default quotes are special to xargs`)
  return items.map((word) => word.replace(/"([^"]*)"|'([^']*)'|\\(.)/gs, (_, a, b, c) => a ?? b ?? c))
}
