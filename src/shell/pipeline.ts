import type { Running, Wait } from '#protocol/api-client.ts'
import { type Expansion, expandFields, expandText } from './expand.ts'
import type { Filter } from './filters/filter.ts'
import { Collector, type Env, ProgramError, ShellError, type ShellIo } from './io.ts'
import { filters } from './registry.ts'
import type { Alias } from './session.ts'
import type { Command, Compound, Redirect, SimpleCommand, Word } from './syntax.ts'

/** What a pipeline needs of the shell that runs it. */
export interface PipelineHost {
  readonly aliases: ReadonlyMap<string, Alias>
  /** `seen.status` is that of the last `$(…)`. */
  expansion(io: ShellIo, env: Env, seen: { status?: number }): Expansion
  runCommand(words: string[], io: ShellIo, env: Env): Running
  runCompound(command: Compound, io: ShellIo, env: Env): Running
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

/** Runs the commands of a pipeline; the status is the last one's. Stages run one after the other, but filters pass text on as it comes. */
export function* runPipeline(commands: readonly Command[], io: ShellIo, env: Env, host: PipelineHost): Running {
  const seen: { status?: number } = {}
  const stages: (Stage | number)[] = []
  for (const command of commands) {
    try {
      stages.push(yield* prepare(command, io, commands.length > 1 ? new Map(env) : env, seen, host))
    } catch (error) {
      if (error instanceof ShellError && error.endsLine) throw error
      stages.push(report(error, io))
    }
  }
  let input: { text?: string; lines?: ShellIo['lines'] } = { text: io.stdin, lines: io.lines }
  let status = seen.status ?? 0
  for (let first = 0; first < stages.length; ) {
    let next = first + 1
    while (next < stages.length && isFilter(stages[next])) next++
    // from the last filter of this part back to the command that feeds them
    const collected = new Collector()
    let out = next === stages.length ? io.out : collected.add
    const chain: Filter[] = []
    for (let i = next - 1; i > first; i--) {
      const stage = stages[i] as Stage
      const filter = createFilter(stage, stage.redirect({ ...io, out }))
      chain.unshift(filter)
      out = (text) => filter.write(text)
    }
    const stage = stages[first] as Stage | number
    if (typeof stage === 'number') status = stage
    else if (stage.words.length || stage.compound) {
      const stdin = stage.stdin ?? input.text
      const lines = stage.stdin === undefined ? input.lines : undefined
      status = yield* untilDone(runStage(stage, stage.redirect({ ...io, out, stdin, lines }), host), chain)
    }
    for (const filter of chain) status = filter.end()
    input = { text: collected.text }
    first = next
  }
  return status
}

const isFilter = (stage: Stage | number | undefined): boolean =>
  typeof stage === 'object' && filters.has(stage.words[0] ?? '') && stage.stdin === undefined

/** The filter of a stage; one whose arguments are wrong has said so, and lets nothing through. */
function createFilter({ words: [name = '', ...args] }: Stage, io: ShellIo): Filter {
  try {
    return (filters.get(name) as NonNullable<ReturnType<typeof filters.get>>)(args, io)
  } catch (error) {
    const status = report(error, io)
    return { write: () => undefined, end: () => status, done: true }
  }
}

function* runStage({ words, assigned, compound, env }: Stage, io: ShellIo, host: PipelineHost): Running {
  const lines = io.lines ?? (compound && io.stdin !== undefined ? { rest: io.stdin } : undefined)
  const before = assigned.map(([name]) => [name, env.get(name)] as const)
  for (const [name, value] of assigned) env.set(name, value)
  try {
    if (compound) return yield* host.runCompound(compound, { ...io, lines, stdin: undefined }, env)
    return yield* host.runCommand(words, lines ? { ...io, stdin: io.stdin ?? lines.rest } : io, env)
  } catch (error) {
    if (error instanceof ShellError && error.endsLine) throw error
    return report(error, io)
  } finally {
    for (const [name, value] of before) value === undefined ? env.delete(name) : env.set(name, value)
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
  if (command.kind !== 'simple') return { words: [], assigned: [], compound: command, env, ...redirected }
  const words: string[] = []
  for (const word of withAlias(command.words, host.aliases)) words.push(...(yield* expandFields(word, context)))
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
      if (to === undefined)
        throw new ShellError(`cannot write to ${name}: there are no files here; leave out the \`>\` and read the output in the terminal`, 1)
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
