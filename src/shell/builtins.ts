import { untilExit } from './compound-run.ts'
import { Exit, LoopControl, loopsAround } from './control.ts'
import { functionBody, local, returnFrom, shift } from './functions.ts'
import { intervalMs } from './interval.ts'
import { clearScreen, ProgramError, ShellError, type ShellIo } from './io.ts'
import { echo, printf, seq } from './print.ts'
import { builtins, filters } from './registry.ts'
import type { Builtin, Session } from './session.ts'
import { testCommand } from './test-command.ts'
import { timeout } from './timeout.ts'
import { alias, exportVariables, read, runWithEnv, unalias, unset } from './variables.ts'
import { watch } from './watch.ts'
import { xargs } from './xargs.ts'

/** A command that answers at once. */
const now = (run: (args: string[], io: ShellIo, session: Session) => number | undefined): Builtin =>
  // biome-ignore lint/correctness/useYield: it never waits for the cluster
  function* (args, io, session) {
    return run(args, io, session) ?? 0
  }

/** `sleep N[smhd] …`: waits that much cluster time. */
const sleep: Builtin = function* (args) {
  let ms = 0
  for (const arg of args) {
    const one = intervalMs(arg)
    if (one === undefined) throw new ProgramError(`sleep: invalid time interval ‘${arg}’`)
    ms += one
  }
  if (!args.length) throw new ProgramError('sleep: missing operand: say how long, as in `sleep 30`')
  yield { kind: 'sleep', ms }
  return 0
}

/** A line of the help, cut at blanks to fit a phone; what goes on stands below its beginning. */
function helpLine(name: string, text: string): string {
  const width = 50
  const indent = 10
  let line = name.padEnd(indent)
  let lines = ''
  for (const word of text.split(' ')) {
    if (line.length + word.length > width && line.trim()) {
      lines += `${line.trimEnd()}\n`
      line = ' '.repeat(indent)
    }
    line += `${word} `
  }
  return `${lines}${line.trimEnd()}\n`
}

const help = now((_args, io, { programs, aliases }) => {
  const also = [...aliases].map(([name, { text }]) => `, ${name} = ${text}`).join('')
  for (const [name, text] of [
    ['Programs', `${Object.keys(programs).join(' ')}${also}; try: kubectl get nodes`],
    ['Filters', `${[...filters.keys()].filter((n) => !/^(.grep|more|less)$/.test(n)).join(' ')}, as in: kubectl get pods -A | grep dns`],
    ['Commands', 'watch timeout xargs sleep echo printf seq read test alias export history clear'],
    ['Shell', 'X=value $X $(command), a; b, a && b, a || b, <<EOF, for, while, if, case, [[ ]], f() { …; }'],
    ['Keys', 'Tab completes, Up and Down walk the history, Ctrl+R searches it, Ctrl+C stops a command that waits'],
    ['Time', 'is the cluster’s: `sleep 30` lets it live for 30 seconds'],
    ['More', 'kubectl help, kubectl explain daemonset'],
  ] as const)
    io.out(helpLine(name, text))
  return 0
})

const history = now((_args, io, session) => {
  const lines = io.history ?? session.history
  for (const [i, line] of lines.entries()) io.out(`${String(i + 1).padStart(5)}  ${line}\n`)
  return 0
})

/** `sh -c TEXT` */
const nested: Builtin = function* (args, io, session) {
  if (args[0] !== '-c' || args[1] === undefined) throw new ShellError('this is the only shell: type the commands themselves', 2)
  return yield* untilExit(session.runText(args[1], io))
}

const exit = now((args, _io, { env }) => {
  const status = args[0] ?? env.get('?') ?? '0'
  if (!/^\d+$/.test(status)) throw new ShellError(`exit: ${status}: numeric argument required`, 2)
  throw new Exit(Number(status) % 256)
})

const loopControl = (goesOn: boolean): Builtin =>
  now((args, io, { env }) => {
    const levels = Number(args[0] ?? 1)
    if (loopsAround(env) === 0) {
      io.err(`bash: ${goesOn ? 'continue' : 'break'}: only meaningful in a \`for', \`while', or \`until' loop\n`)
      return 0
    }
    throw new LoopControl(goesOn, Math.min(loopsAround(env), Math.max(1, levels || 1)))
  })

/** `type`, `which`, `command -v`: what a name is. */
const which = (name: string): Builtin =>
  function* (args, io, session) {
    const names = args.filter((a) => !a.startsWith('-'))
    if (name === 'command' && !args.some((a) => /^-[vV]$/.test(a))) return yield* session.runWords(args, io)
    let status = 0
    for (const wanted of names) {
      const text = session.aliases.get(wanted)?.text
      const isFunction = name !== 'which' && functionBody(wanted, session.env) !== undefined
      const known = text !== undefined || isFunction || session.isCommand(wanted)
      if (!known) status = 1
      if (name !== 'type') io.out(known ? `${text === undefined ? wanted : `alias ${wanted}='${text}'`}\n` : '')
      else if (!known) io.err(`bash: type: ${wanted}: not found\n`)
      else if (text !== undefined) io.out(`${wanted} is aliased to \`${text}'\n`)
      else if (isFunction) io.out(`${wanted} is a function\n`)
      else io.out(`${wanted} is ${builtins.has(wanted) ? 'a shell builtin' : `/usr/bin/${wanted}`}\n`)
    }
    return status
  }

/** Programs people reach for that cannot exist here, and what to use instead. */
const substitutes: Record<string, string> = {
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
  ls: 'there are no files; the documents of the editor are used with kubectl apply -f NAME, and cat NAME shows one',
  cd: 'there are no directories; kubectl config set-context --current --namespace=NAME changes the namespace',
}

const refuse = (name: string): Builtin =>
  now((_args, io) => {
    io.err(`bash: ${name}: not available here: ${substitutes[name]}\n`)
    return 127
  })

/** The shell's own commands, by name. */
export const ownCommands: readonly (readonly [string, Builtin])[] = [
  ['echo', now(echo)],
  ['printf', now(printf)],
  ['seq', now(seq)],
  ['true', now(() => 0)],
  [':', now(() => 0)],
  ['false', now(() => 1)],
  ['test', now((args) => testCommand('test', args))],
  ['[', now((args) => testCommand('[', args))],
  ['sleep', sleep],
  ['timeout', timeout],
  ['watch', watch],
  ['xargs', xargs],
  ['read', read],
  ['local', now((args, io, { env }) => local(args, io, env))],
  ['return', returnFrom],
  ['shift', now((args, io, { env }) => shift(args, io, env))],
  ['export', now(exportVariables)],
  ['env', runWithEnv],
  ['unset', now(unset)],
  ['alias', now(alias)],
  ['unalias', now(unalias)],
  ['eval', (args, io, session) => session.runText(args.join(' '), io)],
  ['bash', nested],
  ['sh', nested],
  ['type', which('type')],
  ['which', which('which')],
  ['command', which('command')],
  ['break', loopControl(false)],
  ['continue', loopControl(true)],
  ['exit', exit],
  ['history', history],
  ['clear', now((_args, io) => io.out(clearScreen) as undefined)],
  ['help', help],
  ...Object.keys(substitutes).map((name): [string, Builtin] => [name, refuse(name)]),
]
