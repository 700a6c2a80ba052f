/** A token bucket of one token, by arithmetic: all there is to know is when the next token is there. */
export interface Limiter {
  /** 0 = never gives one. */
  msPerToken: number
  nextTokenMs: number
}

/** A full bucket. */
export function createLimiter(msPerToken: number): Limiter {
  return { msPerToken, nextTokenMs: 0 }
}

export function tryAccept(limiter: Limiter, nowMs: number): boolean {
  if (limiter.msPerToken === 0 || nowMs < limiter.nextTokenMs) return false
  limiter.nextTokenMs = nowMs + limiter.msPerToken
  return true
}

/**
 * Changes the pace. The new bucket is full, or empty when the old one had no token left. No change at the same pace.
 * @source rate_limited_queue.go SwapLimiter; NL-5.5
 */
export function swapLimiter(limiter: Limiter, msPerToken: number, nowMs: number): void {
  if (limiter.msPerToken === msPerToken) return
  const drained = !tryAccept(limiter, nowMs)
  limiter.msPerToken = msPerToken
  limiter.nextTokenMs = drained ? nowMs + msPerToken : nowMs
}
