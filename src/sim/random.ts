/** State of a generator: four 32-bit words. */
export type RandomState = [number, number, number, number]

/** A seeded generator (sfc32). Its whole state is in `state`, so that a snapshot can keep it. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform integer in [0, below). */
  int(below: number): number
}

/** Four words from any seed, mixed with splitmix32 so that near seeds differ. */
export function seedRandom(seed: number): RandomState {
  let s = seed >>> 0
  const word = () => {
    s = (s + 0x9e3779b9) >>> 0
    let z = s
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
  return [word(), word(), word(), word()]
}

/** 32 random bits as a number from 0; changes the state in place. */
export function next32(state: RandomState): number {
  const a = state[0]
  const b = state[1]
  const c = state[2]
  const d = state[3]
  const t = (a + b + d) >>> 0
  state[3] = (d + 1) >>> 0
  state[0] = (b ^ (b >>> 9)) >>> 0
  state[1] = (c + (c << 3)) >>> 0
  state[2] = (((c << 21) | (c >>> 11)) + t) >>> 0
  return t
}

/** A generator over `read()`'s state, which it changes in place. */
export function createRandom(read: () => RandomState): Random {
  return { next: () => next32(read()) / 4294967296, int: (below) => Math.floor((next32(read()) / 4294967296) * below) }
}
