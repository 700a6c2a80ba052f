import type { Running, Wait } from '#protocol/api-client.ts'

/** What driving commands needs of a cluster. The engine's Cluster is one. */
export interface CommandHost {
  readonly nowMs: number
  readonly nextTimerMs: number | undefined
  /** Rises with every write of an object. */
  readonly revision: number
  step(): boolean
  runUntil(atMs: number): void
  /** Runs work as caused by this journal entry. */
  withCause<T>(cause: number, work: () => T): T
}

interface Waiting {
  readonly id: number
  readonly running: Running
  readonly cause: number
  wakeAtMs: number
  onChange: boolean
  isLoading: boolean
  isBreathing: boolean
  ended(exit: number): void
}

/**
 * Commands that wait for the cluster, and the loop that runs both: a command resumes at the very moment it waits for,
 * so that what it writes then does not depend on how often anybody looks.
 */
export class Commands {
  private waiting: Waiting[] = []
  private readonly host: CommandHost
  /** Told when a command went on because what it waited for was loaded: outside `advance`. */
  onLoaded: (() => void) | undefined

  constructor(host: CommandHost) {
    this.host = host
  }

  /** Starts a command; it runs up to its first wait. `ended` is told the exit status, at once when it does not wait. */
  start(id: number, running: Running, cause: number, ended: (exit: number) => void): void {
    this.resume({ id, running, cause, wakeAtMs: Number.POSITIVE_INFINITY, onChange: false, isLoading: false, isBreathing: false, ended })
  }

  /** Ctrl+C: the command ends with status 130. False when it does not run. */
  interrupt(id: number): boolean {
    const found = this.waiting.find((w) => w.id === id)
    if (!found) return false
    this.waiting = this.waiting.filter((w) => w !== found)
    found.running.return(130)
    found.ended(130)
    return true
  }

  interruptAll(): void {
    for (const { id } of [...this.waiting]) this.interrupt(id)
  }

  get isWaiting(): boolean {
    return this.waiting.length > 0
  }

  private resume(command: Waiting): void {
    const next = this.next(command)
    if (next.done) {
      command.ended(next.value ?? 0)
      return
    }
    const wait: Wait = next.value
    command.onChange = wait.kind === 'change'
    command.isLoading = wait.kind === 'load'
    command.isBreathing = wait.kind === 'breath'
    command.wakeAtMs = 'ms' in wait && wait.ms !== undefined ? this.host.nowMs + wait.ms : Number.POSITIVE_INFINITY
    this.waiting.push(command)
    if (wait.kind === 'load') {
      const goOn = () => this.wake((other) => other === command)
      // what did not come is missed, and told of, by the command itself
      wait.until.then(goOn, goOn).finally(() => this.onLoaded?.())
    }
  }

  /** A command that breaks has ended, too. */
  private next(command: Waiting): ReturnType<Running['next']> {
    try {
      return this.host.withCause(command.cause, () => command.running.next())
    } catch (error) {
      command.ended(1)
      throw error
    }
  }

  private wake(ready: (command: Waiting) => boolean): void {
    const woken = this.waiting.filter(ready)
    if (woken.length === 0) return
    this.waiting = this.waiting.filter((w) => !woken.includes(w))
    for (const [i, command] of woken.entries()) {
      try {
        this.resume(command)
      } catch (error) {
        this.waiting.push(...woken.slice(i + 1))
        throw error
      }
    }
  }

  /** Whether a command has more to do at this moment of the cluster. */
  get isBusy(): boolean {
    return this.waiting.some((w) => w.isBreathing)
  }

  /** Whether a command waits for something that is not part of the cluster. */
  get isLoading(): boolean {
    return this.waiting.some((w) => w.isLoading)
  }

  /** Lets commands that do much in portions do them, until `stop()` says so (asked after every one). */
  goOn(stop: () => boolean): void {
    while (this.isBusy) {
      this.wake((w) => w.isBreathing)
      if (stop()) return
    }
  }

  /**
   * Runs cluster and commands until `atMs`, or until `stop()` says so (asked after every step). True when `atMs` was reached. While a
   * command loads something, or does much in portions, the cluster's time stands still: how long that takes must not show in it. One
   * portion is done, then.
   */
  advance(atMs: number, stop: () => boolean = () => false): boolean {
    const { host } = this
    for (;;) {
      if (this.isLoading) return false
      if (this.isBusy) {
        this.wake((w) => w.isBreathing)
        return false
      }
      const wakeAtMs = Math.min(...this.waiting.map((w) => w.wakeAtMs), Number.POSITIVE_INFINITY)
      const timerMs = host.nextTimerMs ?? Number.POSITIVE_INFINITY
      if (Math.min(wakeAtMs, timerMs) > atMs) {
        if (Number.isFinite(atMs)) host.runUntil(atMs)
        return true
      }
      if (wakeAtMs < timerMs) {
        host.runUntil(wakeAtMs)
        this.wake((w) => w.wakeAtMs <= wakeAtMs)
      } else {
        const before = host.revision
        host.step()
        if (this.waiting.length > 0 && host.revision !== before) this.wake((w) => w.onChange)
      }
      if (stop()) return false
    }
  }

  /** Runs until no command waits any more, at most `maxMs` of cluster time. False when one still waits. */
  finish(maxMs: number): boolean {
    const end = this.host.nowMs + maxMs
    while (this.waiting.length > 0 && this.host.nowMs < end) {
      if (this.advance(end, () => this.waiting.length === 0)) break
    }
    return this.waiting.length === 0
  }
}
