import { filters } from './filters/index.ts'
import { clearScreen, ShellError, type ShellIo } from './io.ts'
import type { Builtin, Session } from './session.ts'
import { watch } from './watch.ts'
import { xargs } from './xargs.ts'

/** A command that answers at once. */
const now = (run: (args: string[], io: ShellIo, session: Session) => number | undefined): Builtin =>
  // biome-ignore lint/correctness/useYield: it never waits for the cluster
  function* (args, io, session) {
    return run(args, io, session) ?? 0
  }

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\', e: '\x1b', a: '', '0': '\0', '"': '"', "'": "'" }
const unescaped = (text: string): string => text.replace(/\\(.)/g, (all, c: string) => escapes[c] ?? all)

const echo = now((args, io) => {
  const options = new Set<string>()
  while (/^-[neE]+$/.test(args[0] ?? '')) for (const c of (args.shift() as string).slice(1)) options.add(c)
  const text = args.join(' ')
  io.out((options.has('e') ? unescaped(text) : text) + (options.has('n') ? '' : '\n'))
  return 0
})

/** `printf FORMAT [ARG…]` with %s %d %i %q %b %%; the format is used again while arguments are left. */
const printf = now((args, io) => {
  const [format, ...rest] = args
  if (format === undefined) throw new ShellError('printf: a format is needed')
  do {
    const before = rest.length
    const text = unescaped(format).replace(/%(-?)(\d*)([sdibqc%])/g, (_, left, width, kind) => {
      if (kind === '%') return '%'
      const value = rest.shift() ?? ''
      const shown =
        kind === 'd' || kind === 'i'
          ? String(Math.trunc(Number(value)) || 0)
          : kind === 'b'
            ? unescaped(value)
            : kind === 'c'
              ? value.slice(0, 1)
              : value
      return left ? shown.padEnd(Number(width)) : shown.padStart(Number(width))
    })
    io.out(text)
    if (rest.length === before) break
  } while (rest.length)
  return 0
})

const shown = (env: ReadonlyMap<string, string>): [string, string][] => [...env].filter(([name]) => /^[A-Za-z_]/.test(name)).sort()

const exportVariables = now((args, io, { env }) => {
  for (const arg of args.filter((a) => a !== '-p')) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(arg) ?? []
    if (!name) throw new ShellError(`export: \`${arg}': not a valid name`, 1)
    if (value !== undefined) env.set(name, value)
  }
  if (args.every((a) => a === '-p')) for (const [name, value] of shown(env)) io.out(`export ${name}='${value}'\n`)
  return 0
})

const factors: Record<string, number> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `sleep N[smhd] …`: waits that much cluster time. */
const sleep: Builtin = function* (args) {
  let ms = 0
  for (const arg of args) {
    const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(arg) ?? []
    if (number === undefined) throw new ShellError(`sleep: invalid time interval \`${arg}'`, 1)
    ms += Number(number) * (factors[unit as string] as number)
  }
  if (!args.length) throw new ShellError('sleep: say how long, as in `sleep 30`', 1)
  yield { kind: 'sleep', ms }
  return 0
}

const help = now((_args, io, { programs }) => {
  io.out(
    [
      `Programs:  ${Object.keys(programs).join(' ')}`,
      `Commands:  ${[...builtins.keys()].filter((n) => /^\w/.test(n) && !substitutes[n]).join(' ')}`,
      `Filters:   ${[...filters.keys()].join(' ')}   (after a pipe: kubectl get pods | grep agent)`,
      'Also:      NAME=value  $NAME  $(command)  a; b  a && b  a || b  <<EOF  Ctrl+C stops a command that waits',
      'Time in here is cluster time: `sleep 30` lets the cluster live for 30 seconds.',
      '',
    ].join('\n'),
  )
  return 0
})

/** Programs people reach for that cannot exist here, and what to use instead. */
const substitutes: Record<string, string> = {
  tee: 'it writes files, and there are none here',
  jq: 'use kubectl -o jsonpath=… or -o custom-columns=…',
  yq: 'use kubectl -o jsonpath=… or -o yaml',
  vi: 'use kubectl edit, or the editor of the page',
  vim: 'use kubectl edit, or the editor of the page',
  nano: 'use kubectl edit, or the editor of the page',
  ssh: 'the nodes are simulated; stop or start them on the page',
  docker: 'the nodes are simulated and run no containers',
  crictl: 'the nodes are simulated and run no containers',
  systemctl: 'the nodes are simulated; stop or start a kubelet on the page',
  helm: 'paste the rendered manifests and use kubectl apply -f -',
  curl: 'there is no network here; use kubectl',
  wget: 'there is no network here; use kubectl',
  sudo: 'you already may do everything',
}

const refuse = (name: string): Builtin =>
  now((_args, io) => {
    io.err(`sh: ${name} is not available: ${substitutes[name]}\n`)
    return 127
  })

/** The shell's own commands, by name. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['echo', echo],
  ['printf', printf],
  ['true', now(() => 0)],
  [':', now(() => 0)],
  ['false', now(() => 1)],
  ['sleep', sleep],
  ['watch', watch],
  ['xargs', xargs],
  ['export', exportVariables],
  ['env', now((_args, io, { env }) => void shown(env).map(([name, value]) => io.out(`${name}=${value}\n`)))],
  ['unset', now((args, _io, { env }) => void args.map((name) => env.delete(name)))],
  ['history', now((_args, io, { history }) => void history.map((line, i) => io.out(`${String(i + 1).padStart(5)}  ${line}\n`)))],
  ['clear', now((_args, io) => io.out(clearScreen) as undefined)],
  ['help', help],
  ...Object.keys(substitutes).map((name): [string, Builtin] => [name, refuse(name)]),
])
