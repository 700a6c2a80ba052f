import type { Running, Wait } from '#protocol/api-client.ts'
import { untilExit } from './compound-run.ts'
import { type Expansion, expandFields, expandText } from './expand.ts'
import type { Filter } from './filters/filter.ts'
import { callFunction, defineFunction, functionBody } from './functions.ts'
import { cannotWrite, type Env, ProgramError, ShellError, type ShellIo } from './io.ts'
import { Pipe, wholeInput } from './pipe.ts'
import { filters } from './registry.ts'
import type { Alias } from './session.ts'
import { runSideBySide, type Segment } from './side-by-side.ts'
import type { Command, Compound, Redirect, SimpleCommand, Word } from './syntax.ts'

/** What a pipeline needs of the shell that runs it. */
export interface PipelineHost {
  readonly aliases: ReadonlyMap<string, Alias>
  /** `seen.status` is that of the last `$(…)`. */
  expansion(io: ShellIo, env: Env, seen: { status?: number }): Expansion
  runCommand(words: string[], io: ShellIo, env: Env): Running
  runCompound(command: Compound, io: ShellIo, env: Env): Running
  isProgram(name: string): boolean
  /** The cluster's time in milliseconds. */
  now(): number
}

/** A command of a pipeline, made ready. */
interface Stage {
  words: string[]
  assigned: [name: string, value: string][]
  compound?: Compound
  stdin?: string
  env: Env
  redirect(io: ShellIo): ShellIo
}

/** Says what went wrong, as one line; anything but a `ShellError` is thrown on. */
export function report(error: unknown, io: ShellIo): number {
  if (!(error instanceof ShellError)) throw error
  io.err(`${error instanceof ProgramError ? '' : 'bash: '}${error.message}\n`)
  return error.status
}

/** Runs the commands of a pipeline side by side, each reading what the one before writes as it comes; the status is the last one's. */
export function* runPipeline(commands: readonly Command[], io: ShellIo, env: Env, host: PipelineHost): Running {
  const seen: { status?: number } = {}
  const isPiped = commands.length > 1
  const stages: (Stage | number)[] = []
  for (const command of commands) {
    try {
      stages.push(yield* prepare(command, io, isPiped ? new Map(env) : env, seen, host))
    } catch (error) {
      if (error instanceof ShellError && error.endsLine) throw error
      stages.push(report(error, io))
    }
  }
  const segments: Segment[] = []
  let input: Pipe | undefined
  for (let first = 0; first < stages.length; ) {
    let next = first + 1
    while (next < stages.length && isFilter(stages[next])) next++
    // from the last filter of this part back to the command that feeds them
    const output = next === stages.length ? undefined : new Pipe()
    let out = output ? output.write : io.out
    const filters: Filter[] = []
    for (let i = next - 1; i > first; i--) {
      const stage = stages[i] as Stage
      const filter = createFilter(stage, stage.redirect({ ...io, out }))
      filters.unshift(filter)
      out = (text) => filter.write(text)
    }
    const stage = stages[first] as Stage | number
    const running = runStage(stage, { ...io, out }, input, seen.status ?? 0, host)
    segments.push({ running: isPiped ? untilExit(running) : running, filters, input, output })
    input = output
    first = next
  }
  const [only] = segments
  if (!isPiped && only) return yield* only.running
  return yield* runSideBySide(segments, host.now)
}

const isFilter = (stage: Stage | number | undefined): boolean =>
  typeof stage === 'object' && filters.has(stage.words[0] ?? '') && stage.stdin === undefined && !functionBody(stage.words[0] ?? '', stage.env)

/** The filter of a stage; one whose arguments are wrong has said so, and lets nothing through. */
function createFilter({ words: [name = '', ...args] }: Stage, io: ShellIo): Filter {
  try {
    return (filters.get(name) as NonNullable<ReturnType<typeof filters.get>>)(args, io)
  } catch (error) {
    const status = report(error, io)
    return { write: () => undefined, end: () => status, done: true }
  }
}

/** Runs one command; `piped` is what the one before it writes. */
function* runStage(stage: Stage | number, outer: ShellIo, piped: Pipe | undefined, statusOfNothing: number, host: PipelineHost): Running {
  if (typeof stage === 'number') return stage
  const { words, assigned, compound, env } = stage
  const [name = '', ...args] = words
  if (!words.length && !compound) return statusOfNothing
  const given = stage.stdin !== undefined ? { stdin: stage.stdin, lines: undefined } : piped ? { stdin: undefined, lines: piped } : {}
  const io = stage.redirect({ ...outer, ...given })
  const lines = io.lines ?? (io.stdin === undefined ? undefined : { rest: io.stdin })
  const before = assigned.map(([variable]) => [variable, env.get(variable)] as const)
  for (const [variable, value] of assigned) env.set(variable, value)
  try {
    if (compound) return yield* host.runCompound(compound, { ...io, lines, stdin: undefined }, env)
    const body = functionBody(name, env)
    if (body) return yield* callFunction(name, args, env, () => runPipeline([body], { ...io, lines, stdin: undefined }, env, host))
    // a program gets all of its input at once
    const stdin = piped && io.lines === piped && host.isProgram(name) ? yield* wholeInput(piped) : io.stdin
    return yield* host.runCommand(words, { ...io, stdin }, env)
  } catch (error) {
    if (error instanceof ShellError && error.endsLine) throw error
    return report(error, io)
  } finally {
    for (const [variable, value] of before) value === undefined ? env.delete(variable) : env.set(variable, value)
  }
}

/** The words of a command with its alias put in. */
function withAlias(words: readonly Word[], aliases: PipelineHost['aliases'], used: readonly string[] = []): readonly Word[] {
  const [first, ...rest] = words
  const part = first?.length === 1 ? first[0] : undefined
  if (part?.kind !== 'text' || part.quoted || used.includes(part.text)) return words
  const alias = aliases.get(part.text)
  return alias ? withAlias([...alias.words, ...rest], aliases, [...used, part.text]) : words
}

/** Expands one command: its words, its input and where its output goes. Assignments alone change the session. */
function* prepare(command: Command, io: ShellIo, env: Env, seen: { status?: number }, host: PipelineHost): Generator<Wait, Stage, void> {
  const context = host.expansion(io, env, seen)
  const redirected = yield* readRedirects(command.redirects, io, context)
  if (command.kind === 'function') {
    defineFunction(command.name, command.body, env)
    return { words: [], assigned: [], env, ...redirected }
  }
  if (command.kind !== 'simple') return { words: [], assigned: [], compound: command, env, ...redirected }
  const words: string[] = []
  for (const word of withAlias(command.words, host.aliases)) for (const field of yield* expandFields(word, context)) words.push(field)
  const assigned = yield* readAssignments(command, words.length > 0, env, context)
  return { words, assigned, env, ...redirected }
}

function* readAssignments({ assignments }: SimpleCommand, before: boolean, env: Env, context: Expansion): Generator<Wait, Stage['assigned'], void> {
  const assigned: Stage['assigned'] = []
  for (const { name, append, value } of assignments) {
    const text = (append ? (env.get(name) ?? '') : '') + (yield* expandText(value, context))
    if (before) assigned.push([name, text])
    else env.set(name, text)
  }
  return assigned
}

function* readRedirects(
  redirects: readonly Redirect[],
  io: ShellIo,
  context: Expansion,
): Generator<Wait, { stdin?: string; redirect: Stage['redirect'] }, void> {
  let stdin: string | undefined
  const targets: { fd: 1 | 2; to: 'nothing' | 1 | 2 }[] = []
  for (const redirect of redirects) {
    if (redirect.kind === 'text') stdin = yield* expandText(redirect.text, context)
    else if (redirect.kind === 'input') {
      const name = yield* expandText(redirect.from, context)
      stdin = name === '/dev/null' ? '' : io.readFile(name)
      if (stdin === undefined) throw new ShellError(`${name}: No such file or directory (the files here are the documents of the editor)`, 1)
    } else if (typeof redirect.to === 'number') targets.push({ fd: redirect.fd, to: redirect.to })
    else {
      const name = yield* expandText(redirect.to, context)
      const device = { '/dev/null': 'nothing', '/dev/stdout': 1, '/dev/stderr': 2 } as const
      const to = device[name as keyof typeof device]
      if (to === undefined) throw new ShellError(cannotWrite(name, 'the `>`'), 1)
      targets.push({ fd: redirect.fd, to })
    }
  }
  const redirect = (stageIo: ShellIo): ShellIo => {
    const to = { 1: stageIo.out, 2: stageIo.err }
    for (const target of targets) to[target.fd] = target.to === 'nothing' ? () => undefined : to[target.to]
    return { ...stageIo, out: to[1], err: to[2] }
  }
  return { stdin, redirect }
}
