import type { Running, Wait } from '#protocol/api-client.ts'
import { calculate } from './arithmetic.ts'
import { holds } from './condition.ts'
import { Exit, FunctionReturn, insideLoops, LoopControl, loopsAround } from './control.ts'
import { type Expansion, expandFields, expandText } from './expand.ts'
import type { Env, ShellIo } from './io.ts'
import { expandPattern } from './pattern.ts'
import type { Compound, Script, Word } from './syntax.ts'

export interface CompoundContext {
  io: ShellIo
  env: Env
  expansion: Expansion
  runScript(script: Script, io: ShellIo, env: Env): Running
}

/** After so many rounds without an end a loop lets the cluster have a turn, so that Ctrl+C reaches it. */
const roundsInOneGo = 500

/** Runs a loop, a condition or a group; gives the status of the last command in it. */
export function runCompound(command: Compound, context: CompoundContext): Running {
  const isLoop = command.kind === 'for' || command.kind === 'while' || command.kind === 'count'
  return isLoop ? insideLoops(loopsAround(context.env) + 1, context.env, runOne(command, context)) : runOne(command, context)
}

function* runOne(command: Compound, context: CompoundContext): Running {
  const { io, env, expansion, runScript } = context
  switch (command.kind) {
    case 'group':
      if (!command.subshell) return yield* runScript(command.body, io, env)
      return yield* untilExit(runScript(command.body, io, new Map(env)))
    case 'if':
      for (const { test, body } of command.branches) if (!test || (yield* runScript(test, io, env)) === 0) return yield* runScript(body, io, env)
      return 0
    case 'case': {
      const text = yield* expandText(command.word, expansion)
      for (const { patterns, body } of command.branches)
        for (const pattern of patterns) if ((yield* expandPattern(pattern, expansion)).test(text)) return yield* runScript(body, io, env)
      return 0
    }
    case 'condition':
      return (yield* holds(command.condition, expansion)) ? 0 : 1
    case 'arithmetic':
      return (yield* numberOf(command.text, context)) === 0 ? 1 : 0
    case 'count': {
      yield* numberOf(command.start, context)
      let status = 0
      for (let rounds = 1; command.test.length === 0 || (yield* numberOf(command.test, context)) !== 0; rounds++) {
        const round = yield* runRound(runScript(command.body, io, env))
        if (round.status !== undefined) status = round.status
        if (round.ends) break
        yield* numberOf(command.step, context)
        if (rounds % roundsInOneGo === 0) yield { kind: 'sleep', ms: 0 }
      }
      return status
    }
    case 'for': {
      const values: string[] = []
      for (const word of command.words) for (const field of yield* expandFields(word, expansion)) values.push(field)
      let status = 0
      for (const value of values) {
        env.set(command.name, value)
        const round = yield* runRound(runScript(command.body, io, env))
        if (round.status !== undefined) status = round.status
        if (round.ends) break
      }
      return status
    }
    case 'while': {
      let status = 0
      for (let rounds = 1; ; rounds++) {
        const test = yield* runRound(runScript(command.test, io, env))
        if (test.ends || (test.status !== undefined && (test.status === 0) === command.until)) return status
        const round = yield* runRound(runScript(command.body, io, env))
        if (round.status !== undefined) status = round.status
        if (round.ends) return status
        if (rounds % roundsInOneGo === 0) yield { kind: 'sleep', ms: 0 }
      }
    }
  }
}

/** The value of an expression of `((…))`. */
function* numberOf(text: Word, { env, expansion }: CompoundContext): Generator<Wait, number, void> {
  return calculate(yield* expandText(text, expansion), env)
}

/** One round of a loop; `break` and `continue` for a loop further out are thrown on. */
function* runRound(running: Running): Generator<Wait, { status?: number; ends: boolean }, void> {
  try {
    return { status: yield* running, ends: false }
  } catch (control) {
    if (!(control instanceof LoopControl)) throw control
    control.levels -= 1
    if (control.levels > 0) throw control
    return { status: 0, ends: !control.goesOn }
  }
}

/** Runs what a subshell does, to the end or to an `exit` in it: nothing in it ends what is around it. */
export function* untilExit(running: Running): Running {
  try {
    return yield* running
  } catch (error) {
    if (error instanceof Exit || error instanceof FunctionReturn) return error.status
    throw error
  }
}
