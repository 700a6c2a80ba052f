import type { Running } from '#protocol/api-client.ts'
import { defineAlias } from './alias.ts'
import { splitFields } from './expand.ts'
import { removeFunction } from './functions.ts'
import { ShellError, type ShellIo } from './io.ts'
import { type Lines, moreInput } from './pipe.ts'
import type { Session } from './session.ts'

const shown = (env: ReadonlyMap<string, string>): [string, string][] => [...env].filter(([name]) => /^[A-Za-z_]/.test(name)).sort()

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** `export [NAME[=VALUE]…]`: every variable is passed on here, so this only sets. */
export function exportVariables(args: string[], io: ShellIo, { env }: Session): number {
  const names = args.filter((a) => a !== '-p')
  for (const arg of names) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(arg) ?? []
    if (!name) throw new ShellError(`export: \`${arg}': not a valid identifier`, 1)
    if (value !== undefined) env.set(name, value)
  }
  if (!names.length) for (const [name, value] of shown(env)) io.out(`export ${name}=${quoted(value)}\n`)
  return 0
}

/** `env [NAME=VALUE…] [COMMAND…]`: runs the command with these variables; without one it prints all there are. */
export function* runWithEnv(args: string[], io: ShellIo, { env, runWords }: Session): Running {
  const at = args.findIndex((arg) => !/^[A-Za-z_]\w*=/.test(arg))
  const given = args.slice(0, at < 0 ? args.length : at).map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)] as const)
  const before = given.map(([name]) => [name, env.get(name)] as const)
  for (const [name, value] of given) env.set(name, value)
  try {
    if (at >= 0) return yield* runWords(args.slice(at), io)
    for (const [name, value] of shown(env)) io.out(`${name}=${value}\n`)
    return 0
  } finally {
    for (const [name, value] of before) value === undefined ? env.delete(name) : env.set(name, value)
  }
}

export function unset(args: string[], _io: ShellIo, { env }: Session): number {
  const isFunction = args[0] === '-f'
  for (const name of args.filter((a) => a !== '-v' && a !== '-f'))
    if (isFunction || (!env.delete(name) && args[0] !== '-v')) removeFunction(name, env)
  return 0
}

/** `read [-r] NAME…`: the next line of the input in variables; the last takes what is left. Status 1 at the end of the input. */
export function* read(args: string[], io: ShellIo, { env }: Session): Running {
  const names = args.filter((a) => !/^-[re]+$/.test(a))
  const wrong = names.find((name) => !/^[A-Za-z_]\w*$/.test(name))
  if (wrong !== undefined)
    throw new ShellError(
      wrong.startsWith('-') ? `read: ${wrong}: invalid option` : `read: \`${wrong}': not a valid identifier`,
      wrong[0] === '-' ? 2 : 1,
    )
  const lines: Lines = io.lines ?? { rest: io.stdin ?? '' }
  while (!lines.rest.includes('\n') && (yield* moreInput(lines)));
  const end = lines.rest.indexOf('\n')
  const line = end < 0 ? lines.rest : lines.rest.slice(0, end)
  lines.rest = end < 0 ? '' : lines.rest.slice(end + 1)
  if (!names.length) env.set('REPLY', line)
  const fields = splitFields(line, env.get('IFS'), names.length)
  for (const [i, name] of names.entries()) env.set(name, fields[i] ?? '')
  return end < 0 ? 1 : 0
}

/** `alias [NAME[=COMMAND]…]` */
export function alias(args: string[], io: ShellIo, { aliases }: Session): number {
  let status = 0
  const print = (name: string): void => io.out(`alias ${name}=${quoted(aliases.get(name)?.text ?? '')}\n`)
  for (const arg of args) {
    const [, name = '', text] = /^([^=]*)(?:=(.*))?$/s.exec(arg) ?? []
    if (text !== undefined && !/^[\w.:+-]+$/.test(name)) throw new ShellError(`alias: \`${name}': invalid alias name`, 1)
    if (text !== undefined) aliases.set(name, defineAlias(text))
    else if (aliases.has(name)) print(name)
    else {
      io.err(`bash: alias: ${name}: not found\n`)
      status = 1
    }
  }
  if (!args.length) for (const name of [...aliases.keys()].sort()) print(name)
  return status
}

export function unalias(args: string[], io: ShellIo, { aliases }: Session): number {
  let status = 0
  if (args[0] === '-a') aliases.clear()
  else
    for (const name of args)
      if (!aliases.delete(name)) {
        io.err(`bash: unalias: ${name}: not found\n`)
        status = 1
      }
  return status
}
