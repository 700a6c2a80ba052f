/**
 * The mini shell: runs a command line over a few built-in commands, text filters and the given programs.
 * Not modelled: files and jobs. The commands of a pipe run side by side in the cluster's time; only a program gets its input when it is whole.
 */
import type { Running, Wait } from '#protocol/api-client.ts'
import { defineAlias } from './alias.ts'
import { runCompound, untilExit } from './compound-run.ts'
import { Exit } from './control.ts'
import { Collector, type Env, type Program, ShellError, type ShellIo } from './io.ts'
import { parseScript } from './parse.ts'
import { type Lines, moreInput, wholeInput } from './pipe.ts'
import { type PipelineHost, report, runPipeline } from './pipeline.ts'
import { builtins, filters } from './registry.ts'
import type { Alias, Session } from './session.ts'
import type { Script } from './syntax.ts'

export interface Shell {
  /** Runs one line (or several); the generator's result is the exit status, which `$?` then holds too. */
  run(line: string, io: ShellIo, env: Env): Running
  /** Lines run so far, oldest first. */
  readonly history: readonly string[]
  readonly aliases: ReadonlyMap<string, Alias>
}

export interface ShellOptions {
  programs: Readonly<Record<string, Program>>
  /** Names that stand for commands from the start. */
  aliases?: Readonly<Record<string, string>>
  /** The cluster's time in milliseconds. */
  now(): number
}

export function createShell({ programs, aliases: given = {}, now }: ShellOptions): Shell {
  const history: string[] = []
  const aliases = new Map(Object.entries(given).map(([name, text]) => [name, defineAlias(text)]))
  const host: PipelineHost = {
    aliases,
    now,
    isProgram: (name) => Object.hasOwn(programs, name),
    expansion: (io, env, seen) => ({
      env,
      *capture(script) {
        const printed = new Collector()
        seen.status = yield* untilExit(runScript(script, { ...io, stdin: undefined, out: printed.add }, new Map(env)))
        return printed.text
      },
    }),
    runCommand,
    runCompound: (command, io, env) => runCompound(command, { io, env, expansion: host.expansion(io, env, {}), runScript }),
  }
  return {
    history,
    aliases,
    *run(line, io, env) {
      if (line.trim() && history.at(-1) !== line) history.push(line)
      let status = 130
      try {
        status = yield* runText(line, io, env)
      } catch (error) {
        if (error instanceof Exit) status = error.status
        else throw error
      } finally {
        env.set('?', String(status))
      }
      return status
    },
  }

  function* runText(text: string, io: ShellIo, env: Env): Running {
    try {
      return yield* runScript(parseScript(text), io, env)
    } catch (error) {
      return report(error, io)
    }
  }

  function* runScript(script: Script, io: ShellIo, env: Env): Running {
    let status = script.length ? 0 : Number(env.get('?') ?? 0)
    for (const { after, pipeline } of script) {
      if ((after === '&&' && status !== 0) || (after === '||' && status === 0)) continue
      status = yield* runPipeline(pipeline.commands, io, env, host)
      if (pipeline.negated) status = status === 0 ? 1 : 0
      env.set('?', String(status))
    }
    return status
  }

  function sessionOf(env: Env): Session {
    return {
      programs,
      env,
      aliases,
      history,
      runWords: (words, io) => runCommand([...words], io, env),
      runText: (text, io) => runText(text, io, env),
      now,
      isCommand: (name) => filters.has(name) || builtins.has(name) || Object.hasOwn(programs, name),
    }
  }

  /** A command or a program whose input is known already, by its words. */
  function* runCommand(words: string[], io: ShellIo, env: Env): Running {
    const [name = '', ...args] = words
    const filter = filters.get(name)
    if (filter) {
      const feeding = filter(args, io)
      const lines = io.stdin === undefined && io.lines ? io.lines : { rest: io.stdin ?? '' }
      do {
        feeding.write(lines.rest)
        lines.rest = ''
      } while (!feeding.done && (yield* moreInput(lines)))
      return feeding.end()
    }
    const builtin = builtins.get(name)
    if (builtin) return yield* builtin(args, io, sessionOf(env))
    const program = Object.hasOwn(programs, name) ? programs[name] : undefined
    if (program) return yield* program(args, { ...io, stdin: io.stdin ?? (yield* inputOf(args, io)) }, env)
    if (name.includes('/')) throw new ShellError(`${name}: No such file or directory (there are no files to run here)`, 127)
    throw new ShellError(`${name}: command not found (there is ${Object.keys(programs).join(', ')}, and what \`help\` lists)`, 127)
  }
}

/** What a program finds of the lines it shares with others: all of them if it reads them, which an argument `-` says. */
function* inputOf(args: readonly string[], { lines }: { lines?: Lines }): Generator<Wait, string | undefined, void> {
  return lines && args.some((arg) => /^(-\w*f=?|--[\w-]+=)?-$/.test(arg)) ? yield* wholeInput(lines) : lines?.rest
}
