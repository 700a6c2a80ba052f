/**
 * The mini shell: runs a command line over a few built-in commands, text filters and the given programs.
 * Not modelled: files, jobs, functions, loops; a pipe runs its stages one after the other, except that filters
 * pass text on as it comes, so that `kubectl get -w | grep x` shows lines as they appear.
 */
import type { Running, Wait } from '#protocol/api-client.ts'
import { builtins } from './builtins.ts'
import { type Expansion, expandFields, expandText } from './expand.ts'
import type { Filter } from './filters/filter.ts'
import { filters } from './filters/index.ts'
import { Collector, type Env, type Program, ShellError, type ShellIo } from './io.ts'
import { parseScript } from './parse.ts'
import type { Session } from './session.ts'
import type { Command, Pipeline, Script } from './syntax.ts'

export interface Shell {
  /** Runs one line (or several); the generator's result is the exit status, which `$?` then holds too. */
  run(line: string, io: ShellIo, env: Env): Running
  /** Lines run so far, oldest first. */
  readonly history: readonly string[]
}

export interface ShellOptions {
  programs: Readonly<Record<string, Program>>
}

export function createShell({ programs }: ShellOptions): Shell {
  const history: string[] = []
  return {
    history,
    *run(line, io, env) {
      if (line.trim()) history.push(line)
      let status = 130
      try {
        status = yield* runText(line, io, env)
      } finally {
        env.set('?', String(status))
      }
      return status
    },
  }

  function* runText(text: string, io: ShellIo, env: Env): Running {
    let script: Script
    try {
      script = parseScript(text)
    } catch (error) {
      return report(error, io)
    }
    return yield* runScript(script, io, env)
  }

  function* runScript(script: Script, io: ShellIo, env: Env): Running {
    let status = script.length ? 0 : Number(env.get('?') ?? 0)
    for (const { after, pipeline } of script) {
      if ((after === '&&' && status !== 0) || (after === '||' && status === 0)) continue
      try {
        status = yield* runPipeline(pipeline, io, env)
      } catch (error) {
        status = report(error, io)
      }
      if (pipeline.negated) status = status === 0 ? 1 : 0
      env.set('?', String(status))
    }
    return status
  }

  function sessionOf(env: Env): Session {
    return {
      programs,
      env,
      history,
      runWords: (words, io) => runCommand(words, io, env),
      runText: (text, io) => runText(text, io, env),
    }
  }

  function expansionOf(io: ShellIo, env: Env, seen?: { status?: number }): Expansion {
    return {
      env,
      *capture(script) {
        const printed = new Collector()
        const inner: Env = new Map(env)
        const status = yield* runScript(script, { ...io, stdin: undefined, out: printed.add }, inner)
        if (seen) seen.status = status
        return printed.text
      },
    }
  }

  /** A command or a program whose input is known already, by its words. */
  function* runCommand(words: string[], io: ShellIo, env: Env): Running {
    const [name = '', ...args] = words
    const filter = filters.get(name)
    if (filter) return feed(filter(args, io), io.stdin)
    const builtin = builtins.get(name)
    if (builtin) return yield* builtin(args, io, sessionOf(env))
    const program = Object.hasOwn(programs, name) ? programs[name] : undefined
    if (program) return yield* program(args, io)
    const why = name.includes('/') ? 'there are no files to run' : `try one of ${[...Object.keys(programs), 'help'].join(', ')}`
    throw new ShellError(`${name}: command not found (${why})`, 127)
  }

  function* runPipeline({ commands }: Pipeline, io: ShellIo, env: Env): Running {
    const seen: { status?: number } = {}
    const stages = []
    for (const command of commands) stages.push(yield* prepare(command, io, env, seen, commands.length > 1))
    let input = io.stdin
    let status = seen.status ?? 0
    for (let first = 0; first < stages.length; ) {
      let next = first + 1
      while (next < stages.length && filters.has(stages[next]?.words[0] ?? '') && stages[next]?.stdin === undefined) next++
      // from the last filter of this part back to the command that feeds them
      const collected = new Collector()
      let out = next === stages.length ? io.out : collected.add
      const chain: Filter[] = []
      for (let i = next - 1; i > first; i--) {
        const [name = '', ...args] = stages[i]?.words ?? []
        const stageIo = stages[i]?.redirect({ ...io, out }) as ShellIo
        const filter = (filters.get(name) as NonNullable<ReturnType<typeof filters.get>>)(args, stageIo)
        chain.unshift(filter)
        out = (text) => filter.write(text)
      }
      const stage = stages[first] as (typeof stages)[number]
      if (stage.words.length) {
        const running = runCommand(stage.words, stage.redirect({ ...io, out, stdin: stage.stdin ?? input }), env)
        status = yield* untilDone(running, chain)
      }
      for (const filter of chain) status = filter.end()
      input = collected.text
      first = next
    }
    return status
  }

  /** Expands one command: its words, its input and where its output goes. Assignments alone change the session. */
  function* prepare(command: Command, io: ShellIo, env: Env, seen: { status?: number }, piped: boolean) {
    const context = expansionOf(io, env, seen)
    const words: string[] = []
    for (const word of command.words) words.push(...(yield* expandFields(word, context)))
    for (const { name, value } of command.assignments) {
      const text = yield* expandText(value, context)
      if (!words.length && !piped) env.set(name, text)
    }
    let stdin: string | undefined
    const targets: { fd: 1 | 2; to: 'nothing' | 1 | 2 }[] = []
    for (const redirect of command.redirects) {
      if (redirect.kind === 'text') stdin = yield* expandText(redirect.text, context)
      else if (redirect.kind === 'input') {
        const name = yield* expandText(redirect.from, context)
        stdin = name === '/dev/null' ? '' : io.readFile(name)
        if (stdin === undefined) throw new ShellError(`${name}: there is no such document`, 1)
      } else if (typeof redirect.to === 'number') targets.push({ fd: redirect.fd, to: redirect.to })
      else {
        const name = yield* expandText(redirect.to, context)
        if (name !== '/dev/null')
          throw new ShellError(`cannot write to ${name}: there are no files here; leave out the \`>\` and read the output in the terminal`, 1)
        targets.push({ fd: redirect.fd, to: 'nothing' })
      }
    }
    const redirect = (stageIo: ShellIo): ShellIo => {
      const to = { 1: stageIo.out, 2: stageIo.err }
      for (const target of targets) to[target.fd] = target.to === 'nothing' ? () => undefined : to[target.to]
      return { ...stageIo, out: to[1], err: to[2] }
    }
    return { words, stdin, redirect }
  }
}

/** Runs a command until it ends or until a filter behind it wants no more. */
function* untilDone(running: Running, chain: readonly Filter[]): Generator<Wait, number, void> {
  try {
    for (let step = running.next(); ; step = running.next()) {
      if (step.done) return step.value
      if (chain.some((filter) => filter.done)) return 0
      yield step.value
    }
  } finally {
    running.return(0)
  }
}

function feed(filter: Filter, input = ''): number {
  filter.write(input)
  return filter.end()
}

function report(error: unknown, io: ShellIo): number {
  if (!(error instanceof ShellError)) throw error
  io.err(`sh: ${error.message}\n`)
  return error.status
}
