import type { Running } from '#protocol/api-client.ts'
import { FunctionReturn, insideLoops } from './control.ts'
import { type Env, ShellError, type ShellIo } from './io.ts'
import type { Builtin } from './session.ts'
import type { Body } from './syntax.ts'

const deepest = 100
/** Values that variables had before a function made them its own, for every call that runs, innermost last. */
const calls = new WeakMap<Env, Map<string, string | undefined>[]>()
const bodies: Body[] = []

const keyOf = (name: string): string => `${name}()`

/** Functions live among the variables of the session, so that a subshell has its own. */
export function defineFunction(name: string, body: Body, env: Env): void {
  const known = bodies.indexOf(body)
  env.set(keyOf(name), String(known < 0 ? bodies.push(body) - 1 : known))
}

export const functionBody = (name: string, env: Env): Body | undefined => bodies[Number(env.get(keyOf(name)) ?? -1)]

export const removeFunction = (name: string, env: Env): boolean => env.delete(keyOf(name))

/** `$1` … `$#` are variables of these names. */
function setParameters(args: readonly string[], env: Env): void {
  for (let i = Number(env.get('#') ?? 0); i > args.length; i--) env.delete(String(i))
  for (const [i, arg] of args.entries()) env.set(String(i + 1), arg)
  env.set('#', String(args.length))
}

/** `$1` … in order. */
export const parameters = (env: ReadonlyMap<string, string>): string[] =>
  Array.from({ length: Number(env.get('#') ?? 0) }, (_, i) => env.get(String(i + 1)) ?? '')

/** Runs what a function does, with these parameters; its own variables are as before afterwards. */
export function* callFunction(name: string, args: readonly string[], env: Env, run: () => Running): Running {
  const stack = calls.get(env) ?? []
  calls.set(env, stack)
  if (stack.length >= deepest) throw new ShellError(`${name}: maximum function nesting level exceeded (${deepest})`, 1, true)
  const outer = parameters(env)
  const own = new Map<string, string | undefined>([['FUNCNAME', env.get('FUNCNAME')]])
  stack.push(own)
  env.set('FUNCNAME', name)
  setParameters(args, env)
  try {
    return yield* insideLoops(0, env, run())
  } catch (control) {
    if (control instanceof FunctionReturn) return control.status
    throw control
  } finally {
    stack.pop()
    setParameters(outer, env)
    for (const [variable, value] of own) value === undefined ? env.delete(variable) : env.set(variable, value)
  }
}

const isInFunction = (env: Env): boolean => env.has('FUNCNAME')

/** `local NAME[=VALUE]…` */
export function local(args: string[], _io: ShellIo, env: Env): number {
  if (!isInFunction(env)) throw new ShellError('local: can only be used in a function', 1)
  const own = calls.get(env)?.at(-1)
  for (const arg of args.filter((a) => !/^-[rx]+$/.test(a))) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(arg) ?? []
    if (!name) throw new ShellError(`local: \`${arg}': not a valid identifier`, 1)
    if (own && !own.has(name)) {
      own.set(name, env.get(name))
      env.delete(name)
    }
    if (value !== undefined) env.set(name, value)
  }
  return 0
}

/** `return [N]` */
// biome-ignore lint/correctness/useYield: it never waits for the cluster
export const returnFrom: Builtin = function* ([status], io, { env }) {
  if (!isInFunction(env)) throw new ShellError("return: can only `return' from a function or sourced script", 2)
  if (status !== undefined && !/^-?\d+$/.test(status)) {
    io.err(`bash: return: ${status}: numeric argument required\n`)
    throw new FunctionReturn(2)
  }
  throw new FunctionReturn(Number(status ?? env.get('?') ?? 0) & 255)
}

/** `shift [N]` */
export function shift([by = '1']: string[], _io: ShellIo, env: Env): number {
  if (!/^\d+$/.test(by)) throw new ShellError(`shift: ${by}: numeric argument required`, 1)
  const given = parameters(env)
  if (Number(by) > given.length) return 1
  setParameters(given.slice(Number(by)), env)
  return 0
}
