import type { Running } from '#protocol/api-client.ts'
import type { Env } from './io.ts'

/** `break N` and `continue N` on their way out to their loop. */
export class LoopControl {
  readonly goesOn: boolean
  levels: number

  constructor(goesOn: boolean, levels: number) {
    this.goesOn = goesOn
    this.levels = levels
  }
}

/** How many loops run around a command, by the variables it uses: a subshell has its own, and is in none. */
const loops = new WeakMap<Env, number>()

export const loopsAround = (env: Env): number => loops.get(env) ?? 0

/** Runs what is inside of `count` loops. */
export function* insideLoops(count: number, env: Env, running: Running): Running {
  const before = loopsAround(env)
  loops.set(env, count)
  try {
    return yield* running
  } finally {
    loops.set(env, before)
  }
}

/** `exit`: ends the line, the subshell or the `$(…)` it stands in. */
export class Exit {
  readonly status: number

  constructor(status: number) {
    this.status = status
  }
}

/** `return`: ends the function it stands in. */
export class FunctionReturn {
  readonly status: number

  constructor(status: number) {
    this.status = status
  }
}
