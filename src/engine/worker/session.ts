import type { Kind } from '#k8s/types.ts'
import { isKubernetesVersion, type KubernetesVersion, newestVersion, versions } from '#k8s/version.ts'
import type { Fault, Output, Reply, Request, RequestName, Requests, WorkerMessage } from '#protocol/messages.ts'
import { Commands } from '#scenario/commands.ts'
import type { Scenario } from '#scenario/format.ts'
import { beginScenario } from '#scenario/play.ts'
import { readScenario, ScenarioError } from '#scenario/read.ts'
import { createTerminal, type Terminal } from '#scenario/terminal.ts'
import { Cluster } from '../cluster.ts'
import { populateDefaultCluster } from '../default-cluster.ts'
import { Director } from './director.ts'
import { History } from './history.ts'
import { Refusal } from './refusal.ts'
import { requestHandlers } from './requests.ts'

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

/**
 * What the worker does, without a worker: requests in, messages out. `tick` is called with the wall-clock time that passed;
 * nothing here reads a clock of its own.
 */
export class Session {
  open!: Open
  playing = true
  speed = 1
  /** Cluster time to run to although the clock is paused or slow (`skip`); undefined when there is none. */
  target: number | undefined
  private reached: (() => void) | undefined
  readonly emit: Emit
  private readonly wallMs: () => number

  constructor(emit: Emit, wallMs: () => number) {
    this.emit = emit
    this.wallMs = wallMs
    this.openCluster({})
  }

  /** Replaces the cluster. Throws Refusal or ScenarioError before anything is given up. */
  openCluster({ scenario: text, version, seed = 1, playing = true }: Requests['open']['in']): void {
    const scenario = text === undefined ? undefined : readScenario(text)
    const wanted = version ?? scenario?.version ?? newestVersion
    if (!isKubernetesVersion(wanted)) throw new Refusal(`Kubernetes ${wanted} is not known here; choose one of ${versions.join(', ')}`)
    const cluster = new Cluster({ version: wanted as KubernetesVersion, seed })
    if (scenario) beginScenario(cluster, scenario)
    else populateDefaultCluster(cluster)
    const commands = new Commands(cluster)
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
    this.halt()
  }

  handle(request: Request): void {
    const { id, type } = request
    const reply = (message: Reply) => this.emit(message)
    try {
      const handler = requestHandlers[type] as (session: Session, input: Request, done: (result: Requests[RequestName]['out']) => void) => void
      handler(this, request, (result) => {
        this.flush()
        reply({ type: 'reply', id, ok: true, result })
      })
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof ScenarioError)) this.fail(error, type)
      const line = error instanceof ScenarioError ? error.line : undefined
      reply({ type: 'reply', id, ok: false, error: { message: error instanceof Error ? error.message : String(error), ...(line && { line }) } })
    }
    this.flush()
  }

  /** Runs the cluster to this time as fast as it can, in portions; `reached` is told when it is there or something stopped it. */
  runTo(atMs: number, reached: () => void): void {
    this.arrive()
    this.target = atMs
    this.reached = reached
    this.tick(0)
  }

  private arrive(): void {
    const { reached } = this
    this.target = undefined
    this.reached = undefined
    reached?.()
  }

  /** Gives up a skip that is under way. */
  halt(): void {
    this.arrive()
  }

  /** Whether cluster time goes on by itself. */
  get needsTime(): boolean {
    return this.playing || this.target !== undefined
  }

  /** Time passed outside: the cluster's clock follows at its speed. Spends at most `budgetMs` of wall time. */
  tick(passedMs: number, budgetMs = 12): void {
    const { cluster, commands } = this.open
    const end = this.target ?? (this.playing ? cluster.nowMs + passedMs * this.speed : undefined)
    if (end === undefined) return
    const stopAt = this.wallMs() + budgetMs
    try {
      const done = commands.advance(end, () => this.wallMs() >= stopAt)
      if (done) this.arrive()
    } catch (error) {
      this.fail(error, 'running the cluster')
    }
    this.flush()
  }

  /** Something in the engine is wrong: say so, and put the cluster back to before the last thing the user did. */
  fail(error: unknown, action: string): void {
    this.open.commands.interruptAll()
    this.playing = false
    this.halt()
    this.open.history.rollBack()
    this.emit({ type: 'failure', message: error instanceof Error ? `${error.message}` : String(error), action })
  }

  /** Before anything that can be undone: remembers the cluster as it is. */
  remember(): void {
    this.open.history.remember()
  }

  output(shellId: number, stream: Output['stream'], text: string): void {
    this.emit({ type: 'output', shellId, stream, text })
  }

  /** Runs a shell line; `done` is told its exit status once it has ended. */
  runLine(
    shellId: number,
    line: string,
    options: { stdin?: string; files?: Record<string, string>; echo?: boolean },
    done: (exit: number) => void,
  ): void {
    const { cluster, commands, terminal } = this.open
    if (options.echo) this.output(shellId, 'echo', line)
    const running = terminal.run(line, {
      out: (text) => this.output(shellId, 'out', text),
      err: (text) => this.output(shellId, 'err', text),
      stdin: options.stdin,
      readFile: (name) => options.files?.[name],
      edit: (text, name) => this.emit({ type: 'edit', name, text }),
    })
    commands.start(shellId, running, cluster.begin(line), done)
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
