import type { Kind } from '#k8s/types.ts'
import { isKubernetesVersion, type KubernetesVersion, newestVersion, versions } from '#k8s/version.ts'
import type { Running } from '#protocol/api-client.ts'
import type { EchoedBy, Fault, Output, Requests, WorkerMessage } from '#protocol/messages.ts'
import { reasonIn } from '#protocol/reason.ts'
import { Commands } from '#scenario/commands.ts'
import type { Scenario } from '#scenario/format.ts'
import { readScenario } from '#scenario/load.ts'
import { beginningScenario, type Portions } from '#scenario/play.ts'
import { createTerminal, type Terminal } from '#scenario/terminal.ts'
import { splitCommands } from '#shell/parse.ts'
import { Cluster } from '../cluster.ts'
import { populateDefaultCluster } from '../default-cluster.ts'
import { History, type Moment } from '../history.ts'
import { Background } from './background.ts'
import { Director } from './director.ts'
import { Refusal } from './refusal.ts'

/** Timers between two looks at the wall clock. */
const portionTimers = 50
/** And no more of them than take this wall time, where each does much. */
const portionMs = 12

/** Long work on the cluster, in portions; after one it may ask for a rest, ms of wall time, in which what it did can be seen. */
export type Work<T = void> = Generator<number | undefined, T>

/** The exit status of a line that was interrupted. */
export const interrupted = 130

export type Emit = (message: WorkerMessage) => void

/** One open cluster with everything around it: clock, running commands, terminal, scenario, undo. */
export interface Open {
  cluster: Cluster
  commands: Commands
  terminal: Terminal
  history: History
  director: Director
  scenario?: Scenario
  played: number
  seed: number
}

/** Lets a new cluster begin. */
function* begin(open: Open, beginning: Portions<void>, opened?: (open: Open) => void): Portions<void> {
  try {
    yield* beginning
  } finally {
    open.history.begin()
    opened?.(open)
  }
}

/** Enough of what was done to recognise it. */
const cut = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text)

/** A command as somebody would type it who gives it a text to read. */
const withText = (command: string, stdin: string): string => `${command} <<'EOF'\n${stdin.replace(/\n?$/, '\n')}EOF`

/**
 * What the worker does, without a worker: requests in, messages out. `tick` is called with the wall-clock time that passed;
 * nothing here reads a clock of its own.
 */
export class Session {
  open!: Open
  playing = true
  speed = 1
  /** Long work under way (a skip, a scenario): meanwhile the clock does not move the cluster. */
  private work: Work | undefined
  /** What is left of its rest. */
  private restMs = 0
  /** Whether the work shows something, for which it takes its time, and whether it no longer should. */
  private isShow = false
  isHurried = false
  /** How far the work has come, 0 … 1. */
  progress: number | null = null
  /** Whether the page keeps up: else what changed waits for its next frame. */
  canShow: () => boolean = () => true
  readonly emit: Emit
  /** Answers that take long, beside the clock and the work. */
  readonly background: Background
  private readonly wallMs: () => number

  constructor(emit: Emit, wallMs: () => number) {
    this.emit = emit
    this.background = new Background(emit)
    this.wallMs = wallMs
    this.openCluster({})
  }

  /**
   * Replaces the cluster; `opened` is told when it has begun, which may take portions. Throws Refusal or ScenarioError before anything is
   * given up.
   */
  openCluster({ scenario: text, version, seed = 1, playing = true }: Requests['open']['in'], opened?: (open: Open) => void): void {
    const scenario = text === undefined ? undefined : readScenario(text)
    const wanted = version ?? scenario?.version ?? newestVersion
    if (!isKubernetesVersion(wanted)) throw new Refusal(`Kubernetes ${wanted} is not known here; choose one of ${versions.join(', ')}`)
    const cluster = new Cluster({ version: wanted as KubernetesVersion, seed })
    if (!scenario) populateDefaultCluster(cluster)
    const beginning = scenario && beginningScenario(cluster, scenario)
    // the machines join at once: what is wrong with them is said before anything is given up
    beginning?.next()
    const commands = new Commands(cluster)
    commands.onLoaded = () => this.flush()
    this.halt()
    if (this.open) this.open.commands.interruptAll()
    this.open = {
      cluster,
      commands,
      terminal: createTerminal(cluster.client),
      history: new History(cluster),
      director: new Director(cluster),
      scenario,
      played: 0,
      seed,
    }
    this.playing = playing
    if (beginning) this.perform(begin(this.open, beginning, opened))
    else opened?.(this.open)
  }

  /** Does long work, in portions of `tick`; other work under way is given up. A show takes its time, until somebody does something else. */
  perform(work: Work, isShow = false): void {
    this.halt()
    this.work = work
    this.isShow = isShow
    this.isHurried = false
    this.progress = 0
    this.tick(0)
  }

  /** Somebody does something else: what is being shown is brought to its end before. Returns whether there was such a thing. */
  endShow(): boolean {
    const { work } = this
    if (!work || !this.isShow) return false
    this.isHurried = true
    // a command that waits for something else than the cluster is not waited for
    while (this.work === work && !this.open.commands.isLoading) if (work.next().done) this.halt()
    return true
  }

  /** Runs the cluster to this time as fast as it can. */
  *runningTo(atMs: number): Portions<void> {
    const { cluster, commands } = this.open
    const fromMs = cluster.nowMs
    let timers = 0
    let isLate = this.lateIn(portionMs)
    while (!commands.advance(atMs, () => ++timers % portionTimers === 0 || isLate())) {
      isLate = this.lateIn(portionMs)
      this.progress = (cluster.nowMs - fromMs) / Math.max(1, atMs - fromMs)
      yield undefined
    }
  }

  /** Gives up long work that is under way. */
  halt(): void {
    const { work } = this
    this.work = undefined
    this.restMs = 0
    this.progress = null
    work?.return()
  }

  /** Whether cluster time goes on by itself, or there is something to work on. */
  get needsTime(): boolean {
    return this.playing || this.isBusy || this.isAtWork
  }

  /** Whether somebody waits for the wall clock, not for the cluster's. */
  get isAtWork(): boolean {
    return (this.isBusy && this.restMs === 0) || this.open.commands.isBusy || this.background.isBusy
  }

  get isBusy(): boolean {
    return this.work !== undefined
  }

  /**
   * Time passed outside: work goes on, or the cluster's clock follows at its speed. Spends about `budgetMs` of wall time, and as much on
   * answers in the making.
   */
  tick(passedMs: number, budgetMs = 12): void {
    const isLate = this.lateIn(budgetMs)
    this.restMs = Math.max(0, this.restMs - passedMs)
    try {
      if (this.work) this.workOn(isLate)
      else this.open.commands.goOn(isLate)
      if (!this.work && this.playing && !isLate()) this.open.commands.advance(this.open.cluster.nowMs + passedMs * this.speed, isLate)
    } catch (error) {
      this.fail(error, 'running the cluster', true)
    }
    if (this.background.isBusy) this.background.work(this.wallMs(), this.lateIn(budgetMs))
    if (this.canShow()) this.flush()
  }

  private lateIn(budgetMs: number): () => boolean {
    const stopAt = this.wallMs() + budgetMs
    return () => this.wallMs() >= stopAt
  }

  private workOn(isLate: () => boolean): void {
    const { work } = this
    while (work && this.work === work && this.restMs === 0) {
      const { done, value } = work.next()
      if (done) {
        if (this.work === work) this.halt()
        return
      }
      this.restMs = value ?? 0
      if (isLate()) return
    }
  }

  /**
   * Something in the engine is wrong: says so, and what the user had done last. With `takesBack` the cluster is put back to before that.
   */
  fail(error: unknown, during: string, takesBack: boolean): void {
    const { open } = this
    this.playing = false
    this.halt()
    // before the commands end: one that only looked would be forgotten then, and what was done before it taken back in its place
    const undone = takesBack ? open.history.rollBack() : undefined
    open.commands.interruptAll()
    if (undone) open.played = undone.played
    if (takesBack) this.flush(true)
    this.emit({ type: 'failure', message: error instanceof Error ? error.message : String(error), action: cut(undone?.action ?? during) })
  }

  /** Before anything that can be undone: remembers the cluster as it is. `action` says what the user does. */
  remember(action: string): Moment {
    return this.open.history.remember({ action, played: this.open.played })
  }

  output(shellId: number, stream: Output['stream'], text: string, by?: EchoedBy): void {
    this.emit({ type: 'output', shellId, stream, text, ...(by && { by }) })
  }

  /** Runs a shell line, or several one after the other; `done` is told the exit status once it has ended. */
  runLine(shellId: number, line: string, options: Omit<Requests['shell']['in'], 'line'>, done: (exit: number) => void): void {
    const { cluster, commands } = this.open
    const cause = cluster.begin(line)
    const said = { wrong: '' }
    commands.start(shellId, this.runningLine(shellId, line, options, said), cause, (exit) => {
      // who looks for nothing finds nothing: that is no refusal
      if (exit !== 0 && exit !== interrupted && said.wrong) cluster.refuse(cause, cut(said.wrong))
      done(exit)
    })
  }

  /** `said.wrong` = the first line of what it complains of, come to the point. */
  private *runningLine(
    shellId: number,
    line: string,
    { stdin, files, echo, history }: Omit<Requests['shell']['in'], 'line'>,
    said: { wrong: string },
  ): Running {
    const { terminal } = this.open
    const io = {
      out: (text: string) => this.output(shellId, 'out', text),
      err: (text: string, kind: 'err' | 'aside' = 'err') => {
        if (kind === 'err') said.wrong ||= reasonIn(text.trimStart()).split('\n', 1)[0] ?? ''
        this.output(shellId, kind, text)
      },
      stdin,
      history,
      readFile: (name: string) => (files && Object.hasOwn(files, name) ? files[name] : undefined),
      edit: (text: string, name: string) => this.emit({ type: 'edit', name, text }),
    }
    let status = 0
    for (const command of echo === 'typed' ? splitCommands(line) : [line]) {
      if (echo) this.output(shellId, 'echo', stdin === undefined ? command : withText(command, stdin), echo)
      status = yield* terminal.run(command, io)
    }
    return status
  }

  fault(fault: Fault, text: string): void {
    this.open.cluster.fault(fault, text)
  }

  flush(reset = false): void {
    const frame = this.open.director.frame(this, reset)
    if (frame) this.emit(frame)
  }

  exists(kind: Kind, name: string): boolean {
    return (this.open.cluster.core.state.tables[kind] as ReadonlyMap<string, unknown>).has(name)
  }
}
